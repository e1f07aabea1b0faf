package org.aegishydra.analysis;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.aegishydra.core.journal.Dialect;
import org.aegishydra.core.journal.JournalFormat;
import org.aegishydra.core.journal.RecordKind;
import org.aegishydra.core.journal.Roll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class InspectReportTest {
    private static final String ADVANCED_TRADE_SNAPSHOT =
            "{\"channel\":\"l2_data\",\"timestamp\":\"2026-08-09T12:00:00Z\",\"sequence_num\":0,\"events\":[{"
                    + "\"type\":\"snapshot\",\"product_id\":\"BTC-USD\",\"updates\":["
                    + "{\"side\":\"bid\",\"event_time\":\"\",\"price_level\":\"100.50\",\"new_quantity\":\"2\"},"
                    + "{\"side\":\"bid\",\"event_time\":\"\",\"price_level\":\"100\",\"new_quantity\":\"1.250\"},"
                    + "{\"side\":\"offer\",\"event_time\":\"\",\"price_level\":\"101\",\"new_quantity\":\"3\"}]}]}";
    private static final String ADVANCED_TRADE_UPDATE =
            "{\"channel\":\"l2_data\",\"timestamp\":\"2026-08-09T12:00:00Z\",\"sequence_num\":1,\"events\":[{"
                    + "\"type\":\"update\",\"product_id\":\"BTC-USD\",\"updates\":["
                    + "{\"side\":\"bid\",\"event_time\":\"\",\"price_level\":\"100.5\",\"new_quantity\":\"0\"},"
                    + "{\"side\":\"bid\",\"event_time\":\"\",\"price_level\":\"99\",\"new_quantity\":\"0\"},"
                    + "{\"side\":\"offer\",\"event_time\":\"\",\"price_level\":\"101\",\"new_quantity\":\"3\"}]}]}";
    private static final String EXCHANGE_SNAPSHOT =
            "{\"type\":\"snapshot\",\"product_id\":\"SKL-GBP\",\"asks\":[],\"bids\":[[\"0.5\",\"12.75\"]]}";

    @TempDir
    Path directory;

    /** Two feeds, one product each, a fact, and messages of each sort. */
    private void record() {
        try (Recording recording = new Recording(directory)) {
            recording
                    .on(0)
                    .fact(RecordKind.RECORDER_STARTED, Map.of("version", "1"))
                    .on(1)
                    .advancedTrade(ADVANCED_TRADE_SNAPSHOT)
                    .advancedTrade(ADVANCED_TRADE_UPDATE)
                    .advancedTrade("{\"channel\":\"candles\",\"sequence_num\":2,\"events\":[]}")
                    .advancedTrade("{\"channel\":\"novelties\",\"sequence_num\":3,\"events\":[]}")
                    .on(2)
                    .exchange(EXCHANGE_SNAPSHOT)
                    .match("SKL-GBP", 7)
                    .match("SKL-GBP", 7)
                    .exchange("{\"type\":\"l2update\",\"product_id\":\"SKL-GBP\",\"changes\":[[\"buy\",\"x\",\"1\"]]}")
                    .exchange("{\"type\":\"done\",\"product_id\":\"SKL-GBP\"}")
                    .exchange("{\"type\":");
        }
    }

    @Test
    void shouldCountRecords() {
        record();

        final Inspection inspection = Inspection.of(directory, "--json");

        assertEquals(0, inspection.exitCode(), inspection.err());
        final JsonNode json = inspection.json();
        assertTrue(json.get("whole").isNull(), "not all was checked");
        assertTrue(json.get("reason").isNull());
        assertFalse(json.get("checksums_verified").booleanValue());
        assertFalse(json.has("books"));
        assertFalse(json.has("gaps"));
        final JsonNode records = json.get("records");
        assertEquals(11, records.get("count").longValue());
        assertEquals(1, records.get("first_sequence").longValue());
        assertEquals(11, records.get("last_sequence").longValue());
        assertEquals("2026-08-09T12:00:00.000000000Z", records.get("first_time").asText());
        assertEquals("2026-08-09T12:00:00.010000000Z", records.get("last_time").asText());
        assertEquals(
                "{\"message\":10,\"recorder_started\":1}", records.get("kinds").toString());
        assertEquals(
                json.get("messages").get("payload_bytes").longValue() + "{\"version\":\"1\"}".length(),
                records.get("payload_bytes").longValue());
        final JsonNode file = json.get("cycle_files").get(0);
        assertEquals("20260809F.cq4", file.get("name").asText());
        assertEquals("2026-08-09", file.get("cycle").asText());
    }

    @Test
    void shouldCountMessagesByWhatTheyAre() {
        record();

        final JsonNode json = Inspection.of(directory, "--json").json();

        final JsonNode messages = json.get("messages");
        assertEquals(10, messages.get("count").longValue());
        assertEquals(5, messages.get("decoded").longValue());
        assertEquals(2, messages.get("not_needed").longValue());
        assertEquals(1, messages.get("unknown").longValue());
        assertEquals(2, messages.get("malformed").longValue());
        assertEquals(
                "{\"candles\":1,\"done\":1,\"l2_data\":2,\"match\":2,\"snapshot\":1}",
                messages.get("kinds").toString());
        assertEquals(
                "{\"advanced-trade\":4,\"exchange\":6}",
                messages.get("dialects").toString());
        assertEquals(
                ADVANCED_TRADE_SNAPSHOT.length(), messages.get("largest_bytes").longValue());
        assertEquals(2, messages.get("largest_record_sequence").longValue());
        final JsonNode products = json.get("products");
        assertEquals(
                "{\"level_updates\":6,\"snapshots\":1,\"trades\":0,\"live\":true}",
                products.get("BTC-USD").toString());
        // The malformed update leaves the book as it is, and no longer trusted; the second match repeats the first.
        assertEquals(
                "{\"level_updates\":1,\"snapshots\":1,\"trades\":1,\"live\":false}",
                products.get("SKL-GBP").toString());
    }

    @Test
    void shouldListTheFirstMalformedMessagesWithTheirReasons() {
        try (Recording recording = new Recording(directory)) {
            recording.exchange("{\"type\":\"ticker\",\"product_id\":\"A-B\",\"price\":\"many\"}");
            for (int i = 0; i < 29; i++) {
                recording.advancedTrade("no message");
            }
        }

        final JsonNode messages = Inspection.of(directory, "--json").json().get("messages");

        assertEquals(30, messages.get("count").longValue());
        assertEquals(30, messages.get("malformed").longValue());
        final JsonNode malformed = messages.get("malformed_messages");
        assertEquals(30, malformed.get("count").longValue());
        assertEquals(10, malformed.get("list_limit").longValue());
        assertEquals(20, malformed.get("not_listed").longValue());
        assertEquals(10, malformed.get("list").size());
        final JsonNode first = malformed.get("list").get(0);
        assertEquals(1, first.get("record_sequence").longValue());
        assertEquals("exchange", first.get("dialect").asText());
        assertEquals(1, first.get("connection_id").intValue());
        assertTrue(first.get("reason").asText().matches("not a number at byte \\d+"), first.toString());
        final JsonNode second = malformed.get("list").get(1);
        assertEquals(2, second.get("record_sequence").longValue());
        assertTrue(second.get("reason").asText().endsWith(" at byte 0"), second.toString());
    }

    @Test
    void shouldTellTheBooksAtTheEnd() {
        record();

        final JsonNode books =
                Inspection.of(directory, "--books", "--json").json().get("books");

        assertEquals(2, books.size());
        // printf 'bid 100 1.25\nask 101 3\n' | sha256sum
        assertEquals(
                "{\"level_updates\":6,\"bid_levels\":1,\"ask_levels\":1,\"best_bid\":[\"100\",\"1.25\"],"
                        + "\"best_ask\":[\"101\",\"3\"],"
                        + "\"sha256\":\"f329c8868972f83b2d3afb06d39611fcc5564e9cad9aeb8b5821dec3d82d9b90\"}",
                books.get("BTC-USD").toString());
        // printf 'bid 0.5 12.75\n' | sha256sum
        assertEquals(
                "{\"level_updates\":1,\"bid_levels\":1,\"ask_levels\":0,\"best_bid\":[\"0.5\",\"12.75\"],"
                        + "\"best_ask\":null,"
                        + "\"sha256\":\"1f70bda4f7ac4fb82d29f55101a6c2d7a6662064af6c51ac6a7dbe0d8a0edb28\"}",
                books.get("SKL-GBP").toString());
    }

    @Test
    void shouldPrintTablesForPeople() {
        record();

        final Inspection inspection = Inspection.of(directory, "--books", "--gaps", "--verify");

        assertEquals(0, inspection.exitCode(), inspection.err());
        for (final String expected : List.of(
                "yes: no record is missing, every CRC-32C is right",
                "11, 1 to 11",
                "2026-08-09T12:00:00.000000000Z to 2026-08-09T12:00:00.010000000Z",
                "| l2_data ",
                "| (malformed) ",
                "Malformed messages: 2",
                "1.25 at 100",
                "Holes in sequence numbers (0 messages missing): 0",
                "Longest silence: 0.001000 s before record 2")) {
            assertTrue(inspection.out().contains(expected), () -> "no <" + expected + "> in:\n" + inspection.out());
        }
        assertEquals("", inspection.err(), "no progress where there is no terminal");
    }

    @Test
    void shouldReadJournalsOfEveryFormat() {
        for (final JournalFormat format : List.of(
                JournalFormat.RUN,
                JournalFormat.MARKET,
                JournalFormat.RUN.withRoll(Roll.HOURLY),
                JournalFormat.MARKET.withRoll(Roll.FIVE_MINUTELY),
                JournalFormat.MARKET.withRoll(Roll.MINUTELY))) {
            final Path journal = directory.resolve(format.roll().optionName() + format.blockSizeBytes());
            try (Recording recording = new Recording(journal, format)) {
                for (int day = 0; day < 3; day++) {
                    recording.at(Recording.NOON_NS + day * Recording.DAY_NS);
                    for (int i = 0; i < 1000; i++) {
                        recording.append(RecordKind.STEP, Dialect.NONE, new byte[100]);
                    }
                }
            }

            final JsonNode json = Inspection.of(journal, "--json", "--verify").json();

            assertTrue(json.get("whole").booleanValue(), json.toString());
            assertEquals("{\"step\":3000}", json.get("records").get("kinds").toString());
            assertEquals(3, json.get("cycle_files").size());
            final String cycle = json.get("cycle_files").get(2).get("cycle").asText();
            assertTrue(cycle.matches("2026-08-11(T12(:00)?)?"), cycle);
            assertEquals(0, json.get("messages").get("count").longValue());
        }
    }

    @Test
    void shouldRefuseADirectoryWithoutAJournalInOneLine() {
        final Path missing = directory.resolve("nowhere");
        for (final Path journal : List.of(directory, missing)) {
            final Inspection inspection = Inspection.of(journal, "--json");
            assertEquals(2, inspection.exitCode());
            assertEquals("", inspection.out());
            assertEquals(1, inspection.err().lines().count(), inspection.err());
            assertTrue(inspection.err().contains("--journal " + journal + ": holds no journal"), inspection.err());
        }
        assertFalse(Files.exists(missing), "an inspection makes nothing");
        assertEquals(2, Inspection.run(List.of("--json")).exitCode(), "--journal is required");
    }

    @Test
    void shouldShowHelpWithAnExample() {
        final Inspection help = Inspection.run(List.of("--help"));
        assertEquals(0, help.exitCode());
        assertTrue(help.out().contains("aegis inspect --journal journal --verify --gaps"), help.out());
    }
}
