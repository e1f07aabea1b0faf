package org.aegishydra.analysis;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.math.BigDecimal;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.zip.GZIPInputStream;
import org.aegishydra.core.journal.JournalFormat;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Real captures end in the books that an independent program computed. */
class InspectCapturesTest {
    private static final Path DATA = Path.of(System.getProperty("aegis.home", ".."), "..", "shared", "data");
    private static final ObjectMapper JSON = new ObjectMapper();

    @TempDir
    Path directory;

    @BeforeAll
    static void needsTheCaptures() {
        assumeTrue(Files.isDirectory(DATA), () -> "skipped: no captures in " + DATA.normalize());
    }

    private static List<String> lines(String name) throws IOException {
        final Path file = DATA.resolve(name);
        if (!name.endsWith(".gz")) {
            return Files.readAllLines(file);
        }
        try (BufferedReader reader = new BufferedReader(
                new InputStreamReader(new GZIPInputStream(Files.newInputStream(file)), StandardCharsets.UTF_8))) {
            return reader.lines().toList();
        }
    }

    private static long ns(String seconds) {
        return new BigDecimal(seconds).movePointRight(9).longValueExact();
    }

    private JsonNode inspect() {
        final Inspection inspection = Inspection.of(directory, "--verify", "--books", "--gaps", "--json");
        assertEquals(0, inspection.exitCode(), inspection.err());
        assertTrue(inspection.json().get("whole").booleanValue());
        return inspection.json();
    }

    private static void assertExpected(String capture, JsonNode json) throws IOException {
        final JsonNode expected =
                JSON.readTree(DATA.resolve("expected-books.json").toFile()).get(capture);
        assertEquals(expected.get("books"), json.get("books"));
        assertEquals(expected.get("kinds"), json.get("messages").get("kinds"));
        assertEquals(expected.get("messages"), json.get("messages").get("count"));
        assertEquals(expected.get("malformed"), json.get("messages").get("malformed"));
        assertEquals(0, json.get("messages").get("unknown").longValue());
    }

    @Test
    void shouldEndInTheBooksOfTheAdvancedTradeCapture() throws IOException {
        final String capture = "advanced-trade-2026-08-09.jsonl.gz";
        final List<String> times = lines("advanced-trade-2026-08-09.ts.gz");
        final List<String> messages = lines(capture);
        try (Recording recording = new Recording(directory, JournalFormat.MARKET)) {
            for (int i = 0; i < messages.size(); i++) {
                recording.at(ns(times.get(i))).advancedTrade(messages.get(i));
            }
        }

        final JsonNode json = inspect();

        assertExpected(capture, json);
        assertEquals(5_079_379, json.get("messages").get("largest_bytes").longValue());
        assertTrue(json.get("products").get("BTC-USD").get("live").booleanValue());
        final JsonNode gaps = json.get("gaps");
        assertEquals(0, gaps.get("missing_messages").longValue());
        assertEquals(0, gaps.get("sequence_steps_back").get("count").longValue());
    }

    @Test
    void shouldEndInTheBooksOfTheExchangeCapture() throws IOException {
        final String capture = "exchange-2021-04-17.cryptofeed.gz";
        try (Recording recording = new Recording(directory, JournalFormat.MARKET)) {
            for (final String line : lines(capture)) {
                final int colon = line.indexOf(": ");
                if (colon > 0 && line.substring(0, colon).matches("[0-9.]+")) {
                    recording.at(ns(line.substring(0, colon))).exchange(line.substring(colon + 2));
                }
            }
        }

        assertExpected(capture, inspect());
    }

    @Test
    void shouldTakeAccountOfEveryFixture() throws IOException {
        final List<String> advancedTrade = lines("fixtures-advanced-trade.jsonl");
        final List<String> exchange = lines("fixtures-exchange.jsonl");
        try (Recording recording = new Recording(directory)) {
            advancedTrade.forEach(recording::advancedTrade);
            exchange.forEach(recording.on(2)::exchange);
        }

        final JsonNode messages = inspect().get("messages");

        assertEquals(62, messages.get("count").longValue());
        assertEquals(49, messages.get("decoded").longValue());
        assertEquals(12, messages.get("not_needed").longValue());
        assertEquals(0, messages.get("unknown").longValue());
        assertEquals(1, messages.get("malformed").longValue());
        // The snapshot with the size "0.-10000".
        final JsonNode malformed =
                messages.get("malformed_messages").get("list").get(0);
        assertEquals(
                exchange.indexOf(exchange.stream()
                                .filter(line -> line.contains("0.-10000"))
                                .findFirst()
                                .orElseThrow())
                        + advancedTrade.size()
                        + 1,
                malformed.get("record_sequence").intValue());
        assertEquals("not a number at byte 129", malformed.get("reason").asText());
    }
}
