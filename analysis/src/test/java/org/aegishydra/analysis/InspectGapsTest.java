package org.aegishydra.analysis;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.aegishydra.core.journal.RecordKind;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class InspectGapsTest {
    private static final long SECOND_NS = 1_000_000_000L;

    @TempDir
    Path directory;

    private JsonNode gaps() {
        final Inspection inspection = Inspection.of(directory, "--gaps", "--json");
        assertEquals(0, inspection.exitCode(), inspection.err());
        return inspection.json().get("gaps");
    }

    @Test
    void shouldFindHolesInEachConnectionsSequence() {
        try (Recording recording = new Recording(directory)) {
            recording.on(1).heartbeat(0);
            recording.on(2).heartbeat(40);
            recording.on(1).heartbeat(1).heartbeat(5);
            recording.on(2).heartbeat(41).heartbeat(43);
            recording.on(1).heartbeat(6);
        }

        final JsonNode gaps = gaps();

        assertEquals(4, gaps.get("missing_messages").longValue());
        final JsonNode holes = gaps.get("sequence_holes");
        assertEquals(2, holes.get("count").longValue());
        assertEquals(
                "{\"record_sequence\":4,\"time\":\"2026-08-09T12:00:00.003000000Z\",\"connection_id\":1,"
                        + "\"expected\":2,\"got\":5,\"missing\":3,\"malformed\":0}",
                holes.get("list").get(0).toString());
        assertEquals(
                "{\"record_sequence\":6,\"time\":\"2026-08-09T12:00:00.005000000Z\",\"connection_id\":2,"
                        + "\"expected\":42,\"got\":43,\"missing\":1,\"malformed\":0}",
                holes.get("list").get(1).toString());
        assertEquals(0, gaps.get("sequence_steps_back").get("count").longValue());
    }

    @Test
    void shouldTellMalformedMessagesInAHoleFromLostOnes() {
        try (Recording recording = new Recording(directory)) {
            recording
                    .heartbeat(0)
                    .advancedTrade("{\"channel\":\"l2_data\",\"sequence_num\":1")
                    .heartbeat(2);
        }

        final JsonNode hole = gaps().get("sequence_holes").get("list").get(0);

        assertEquals(1, hole.get("missing").longValue());
        assertEquals(1, hole.get("malformed").longValue());
    }

    @Test
    void shouldSeeNoHoleWhereAMalformedMessageHasItsNumber() {
        try (Recording recording = new Recording(directory)) {
            recording
                    .heartbeat(0)
                    .advancedTrade("{\"channel\":\"l2_data\",\"sequence_num\":1}")
                    .heartbeat(2);
        }

        assertEquals(0, gaps().get("sequence_holes").get("count").longValue());
    }

    @Test
    void shouldStartTheSequenceAnewWithANewConnection() {
        try (Recording recording = new Recording(directory)) {
            recording
                    .heartbeat(7)
                    .fact(RecordKind.CONNECTED, Map.of("url", "wss://x"))
                    .heartbeat(0)
                    .on(0)
                    .fact(RecordKind.RECORDER_STARTED, Map.of("version", "1"))
                    .on(1)
                    .heartbeat(0)
                    .heartbeat(0);
        }

        final JsonNode gaps = gaps();

        assertEquals(0, gaps.get("sequence_holes").get("count").longValue());
        final JsonNode back = gaps.get("sequence_steps_back");
        assertEquals(1, back.get("count").longValue());
        assertEquals(
                "{\"record_sequence\":6,\"time\":\"2026-08-09T12:00:00.005000000Z\",\"connection_id\":1,"
                        + "\"expected\":1,\"got\":0}",
                back.get("list").get(0).toString());
    }

    @Test
    void shouldListTheLossesThatTheRecorderNoted() {
        try (Recording recording = new Recording(directory)) {
            recording
                    .on(3)
                    .fact(RecordKind.GAP, Map.of("channel", "heartbeats", "expected", 4, "got", 6))
                    .fact(RecordKind.OVERSIZED, Map.of("limit_bytes", 67_108_864))
                    .fact(RecordKind.INVALID_TEXT, Map.of("reason", "no UTF-8"))
                    .fact(RecordKind.DISCONNECTED, Map.of("code", 1006, "reason", "gone"))
                    .fact(RecordKind.SUBSCRIBED, Map.of());
        }

        final JsonNode gaps = gaps();

        assertEquals(
                "{\"disconnected\":1,\"gap\":1,\"invalid_text\":1,\"oversized\":1}",
                gaps.get("facts_by_kind").toString());
        final JsonNode facts = gaps.get("facts").get("list");
        assertEquals(4, facts.size());
        assertEquals("gap", facts.get(0).get("kind").asText());
        assertEquals(3, facts.get(0).get("connection_id").intValue());
        assertEquals(6, facts.get(0).get("detail").get("got").intValue());
        assertEquals(4, facts.get(3).get("record_sequence").intValue());
        assertEquals(1006, facts.get(3).get("detail").get("code").intValue());
    }

    @Test
    void shouldFindHolesInEachProductsTradeIds() {
        try (Recording recording = new Recording(directory)) {
            recording.match("BTC-USD", 10).match("ETH-USD", 900).match("BTC-USD", 11);
            recording.on(2).match("BTC-USD", 11).match("BTC-USD", 15).match("ETH-USD", 902);
        }

        final JsonNode gaps = gaps();

        assertEquals(
                "{\"BTC-USD\":3,\"ETH-USD\":1}",
                gaps.get("missing_trades_by_product").toString());
        assertEquals(2, gaps.get("trade_id_holes").get("count").longValue());
        assertEquals(
                "{\"record_sequence\":5,\"time\":\"2026-08-09T12:00:00.004000000Z\",\"product\":\"BTC-USD\","
                        + "\"first_missing\":12,\"last_missing\":14,\"missing\":3}",
                gaps.get("trade_id_holes").get("list").get(0).toString());
    }

    @Test
    void shouldTrackTradesOfManyProducts() {
        try (Recording recording = new Recording(directory)) {
            for (int product = 0; product < 100; product++) {
                recording.match("P" + product + "-USD", 0).match("P" + product + "-USD", 2);
            }
        }

        final JsonNode gaps = gaps();

        assertEquals(100, gaps.get("missing_trades_by_product").size());
        assertEquals(100, gaps.get("trade_id_holes").get("count").longValue());
    }

    @Test
    void shouldFindTheLongestSilenceAndStepsBackOfTheClock() {
        try (Recording recording = new Recording(directory)) {
            recording
                    .heartbeat(0)
                    .at(Recording.NOON_NS + 5 * SECOND_NS)
                    .heartbeat(1)
                    .at(Recording.NOON_NS + 2 * SECOND_NS)
                    .heartbeat(2)
                    .heartbeat(3)
                    .at(Recording.NOON_NS + 6 * SECOND_NS)
                    .heartbeat(4);
        }

        final JsonNode gaps = gaps();

        assertEquals(
                "{\"record_sequence\":2,\"time\":\"2026-08-09T12:00:05.000000000Z\",\"duration_ns\":5000000000}",
                gaps.get("longest_silence").toString());
        final JsonNode steps = gaps.get("clock_steps_back");
        assertEquals(1, steps.get("count").longValue());
        assertEquals(
                "{\"record_sequence\":3,\"time\":\"2026-08-09T12:00:02.000000000Z\",\"step_ns\":3000000000}",
                steps.get("list").get(0).toString());
    }

    @Test
    void shouldCountWhatItDoesNotList() {
        try (Recording recording = new Recording(directory)) {
            for (int i = 0; i < 251; i++) {
                recording.heartbeat(2L * i);
            }
        }

        final JsonNode holes = gaps().get("sequence_holes");

        assertEquals(250, holes.get("count").longValue());
        assertEquals(100, holes.get("list_limit").longValue());
        assertEquals(100, holes.get("list").size());
        assertEquals(150, holes.get("not_listed").longValue());
        final Inspection text = Inspection.of(directory, "--gaps");
        assertTrue(
                text.out().contains("Holes in sequence numbers (250 messages missing): 250, the first 100 of them"),
                text.out());
    }

    private Recording book(Recording recording, String type, int sequence) {
        return recording.advancedTrade(
                "{\"channel\":\"l2_data\",\"timestamp\":\"2026-08-09T12:00:00Z\",\"sequence_num\":"
                        + sequence + ",\"events\":[{\"type\":\"" + type + "\",\"product_id\":\"BTC-USD\",\"updates\":[{"
                        + "\"side\":\"bid\",\"event_time\":\"2026-08-09T12:00:00Z\",\"price_level\":\"100\","
                        + "\"new_quantity\":\"" + (sequence + 1) + "\"}]}]}");
    }

    @Test
    void shouldShowATakeoverWhichIsNoGap() {
        try (Recording recording = new Recording(directory)) {
            book(recording.on(1), "snapshot", 0);
            recording.on(2).fact(RecordKind.CONNECTED, Map.of("url", "wss://x"));
            book(recording, "snapshot", 0);
            book(recording.on(1), "update", 1);
            book(recording.on(2), "update", 1);
            recording
                    .fact(RecordKind.TAKEOVER, Map.of("products", List.of("BTC-USD"), "from_record", 6))
                    .on(1)
                    .heartbeat(2)
                    .fact(RecordKind.DISCONNECTED, Map.of("code", 1000));
            book(recording.on(2), "update", 2);
        }

        final Inspection inspection = Inspection.of(directory, "--gaps", "--books", "--json");

        final JsonNode gaps = inspection.json().get("gaps");
        assertEquals("{}", gaps.get("facts_by_kind").toString());
        assertEquals(0, gaps.get("sequence_holes").get("count").longValue());
        assertEquals(1, gaps.get("takeovers").get("count").longValue());
        assertEquals(
                "{\"record_sequence\":6,\"time\":\"2026-08-09T12:00:00.005000000Z\",\"connection_id\":2,"
                        + "\"products\":1,\"overlap_ns\":3000000}",
                gaps.get("takeovers").get("list").get(0).toString());
        assertEquals("{}", gaps.get("forgotten_trades_by_product").toString());
        final JsonNode product = inspection.json().get("products").get("BTC-USD");
        assertTrue(product.get("live").booleanValue());
        assertEquals(
                "[\"100\",\"3\"]",
                inspection.json().get("books").get("BTC-USD").get("best_bid").toString());
        final String text = Inspection.of(directory, "--gaps").out();
        assertTrue(text.contains("Takeovers (a connection replaced another; no gaps): 1"), text);
        assertTrue(text.contains("0.003000"), text);
    }

    @Test
    void shouldListTheEndOfAConnectionThatStillHadAProduct() {
        try (Recording recording = new Recording(directory)) {
            book(recording.on(1), "snapshot", 0);
            recording
                    .on(2)
                    .fact(RecordKind.TAKEOVER, Map.of("products", List.of("ETH-USD"), "from_record", 2))
                    .on(1)
                    .fact(RecordKind.DISCONNECTED, Map.of("code", 1006));
        }

        final JsonNode gaps = gaps();

        assertEquals("{\"disconnected\":1}", gaps.get("facts_by_kind").toString());
        assertEquals(
                0, gaps.get("takeovers").get("list").get(0).get("overlap_ns").longValue());
    }

    @Test
    void shouldMissNoTradeThatAnotherConnectionBrings() {
        try (Recording recording = new Recording(directory)) {
            recording.on(1).match("BTC-USD", 10);
            recording.on(2).match("BTC-USD", 14).match("BTC-USD", 16);
            recording.on(1).match("BTC-USD", 11).match("BTC-USD", 12).match("BTC-USD", 14);
        }

        final JsonNode gaps = gaps();

        assertEquals("{\"BTC-USD\":2}", gaps.get("missing_trades_by_product").toString());
        final JsonNode holes = gaps.get("trade_id_holes").get("list");
        assertEquals(2, holes.size());
        assertEquals(13, holes.get(0).get("first_missing").longValue());
        assertEquals(13, holes.get(0).get("last_missing").longValue());
        assertEquals(15, holes.get(1).get("first_missing").longValue());
    }

    @Test
    void shouldCountTheTradeHolesThatItNoLongerKeepsOpen() {
        try (Recording recording = new Recording(directory)) {
            for (int i = 0; i <= 150; i++) {
                recording.match("BTC-USD", 2L * i);
            }
            recording.on(2).match("BTC-USD", 299).match("BTC-USD", 1);
        }

        final JsonNode gaps = gaps();

        assertEquals("{\"BTC-USD\":149}", gaps.get("missing_trades_by_product").toString());
        assertEquals(149, gaps.get("trade_id_holes").get("count").longValue());
        assertEquals(100, gaps.get("trade_id_holes").get("list").size());
    }
}
