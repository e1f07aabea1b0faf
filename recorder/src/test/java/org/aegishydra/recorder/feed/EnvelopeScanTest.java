package org.aegishydra.recorder.feed;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.Test;

class EnvelopeScanTest {
    private static byte[] bytes(String message) {
        return message.getBytes(StandardCharsets.UTF_8);
    }

    @Test
    void shouldFindTheSequenceNumberAtEitherEnd() {
        final String events = "\"events\":[" + "{\"type\":\"update\"},".repeat(100) + "{}]";
        assertEquals(
                41,
                EnvelopeScan.sequenceNumber(
                        bytes("{\"channel\":\"l2_data\",\"timestamp\":\"t\",\"sequence_num\":41," + events + "}")));
        assertEquals(42, EnvelopeScan.sequenceNumber(bytes("{" + events + ", \"sequence_num\" : 42 }")));
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
            assertEquals(EnvelopeScan.NO_NUMBER, EnvelopeScan.sequenceNumber(bytes(message)), message);
        }
    }

    @Test
    void shouldTellAnErrorFromOtherMessages() {
        assertTrue(EnvelopeScan.isError(bytes("{\"type\":\"error\",\"message\":\"m\"}")));
        assertTrue(EnvelopeScan.isError(bytes("{\"message\":\"m\",\"type\":\"error\"}")));
        assertFalse(EnvelopeScan.isError(bytes("{\"channel\":\"user\",\"events\":[{\"type\":\"error\"}]}")));
        assertFalse(EnvelopeScan.isError(bytes("{\"type\":\"ticker\"}")));
        assertFalse(EnvelopeScan.isError(bytes("")));
        assertFalse(EnvelopeScan.isError(bytes("{\"type\":")));
    }
}
