package org.aegishydra.recorder.feed;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.charset.StandardCharsets;
import org.aegishydra.core.coinbase.MarketDataListener;
import org.junit.jupiter.api.Test;

class EnvelopeScanTest {
    private static byte[] bytes(String message) {
        return message.getBytes(StandardCharsets.UTF_8);
    }

    private static EnvelopeScan scanned(byte[] message) {
        final EnvelopeScan envelope = new EnvelopeScan();
        envelope.scan(bytes("{\"channel\":\"before\",\"timestamp\":\"2026-08-09T21:05:48Z\",\"sequence_num\":1}"));
        envelope.scan(message);
        return envelope;
    }

    @Test
    void shouldFindTheSequenceNumberAtEitherEnd() {
        final String events = "\"events\":[" + "{\"type\":\"update\"},".repeat(100) + "{}]";
        assertEquals(
                41,
                scanned(bytes("{\"channel\":\"l2_data\",\"timestamp\":\"t\",\"sequence_num\":41," + events + "}"))
                        .sequenceNumber());
        assertEquals(
                42, scanned(bytes("{" + events + ", \"sequence_num\" : 42 }")).sequenceNumber());
    }

    @Test
    void shouldFindNoNumberWhereThereIsNone() {
        for (final String message : new String[] {
            "",
            "{}",
            "{\"type\":\"error\"}",
            "{\"sequence_num\"",
            "{\"sequence_num\":",
            "{\"sequence_num\":\"a\"}",
            "{" + " ".repeat(600) + "\"sequence_num\":1," + " ".repeat(600) + "}"
        }) {
            assertEquals(EnvelopeScan.NO_NUMBER, scanned(bytes(message)).sequenceNumber(), message);
        }
    }

    @Test
    void shouldTellAnErrorFromOtherMessages() {
        assertTrue(scanned(bytes("{\"type\":\"error\",\"message\":\"m\"}")).isError());
        assertTrue(scanned(bytes("{\"message\":\"m\",\"type\":\"error\"}")).isError());
        assertFalse(scanned(bytes("{\"channel\":\"user\",\"events\":[{\"type\":\"error\"}]}"))
                .isError());
        assertFalse(scanned(bytes("{\"type\":\"ticker\"}")).isError());
        assertFalse(scanned(bytes("")).isError());
        assertFalse(scanned(bytes("{\"type\":")).isError());
    }

    @Test
    void shouldFindChannelAndTime() {
        final EnvelopeScan envelope = scanned(
                bytes(
                        "{\"channel\":\"heartbeats\",\"timestamp\":\"1970-01-01T00:00:01.5Z\",\"sequence_num\":0,\"events\":[]}"));
        assertEquals("heartbeats", envelope.channel());
        assertTrue(envelope.isHeartbeat());
        assertEquals(1_500_000_000L, envelope.timestampNs());
    }

    @Test
    void shouldTakeNoTextForAField() {
        final EnvelopeScan envelope = scanned(
                bytes("{\"note\":\"say \\\"channel\\\":\\\"heartbeats\\\", \\\"timestamp\\\" \",\"timestamp\":5}"));
        assertEquals("", envelope.channel());
        assertFalse(envelope.isHeartbeat());
        assertEquals(MarketDataListener.NO_TIME, envelope.timestampNs());
    }
}
