package org.aegishydra.analysis;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.aegishydra.core.command.Program;
import org.aegishydra.recorder.ImportMain;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Real captures, imported and inspected as a user would, end in the books that an independent program computed. */
class InspectCapturesTest {
    private static final Path DATA = Path.of(System.getProperty("aegis.home", ".."), "..", "shared", "data");
    private static final ObjectMapper JSON = new ObjectMapper();

    @TempDir
    Path directory;

    @BeforeAll
    static void needsTheCaptures() {
        assumeTrue(Files.isDirectory(DATA), () -> "skipped: no captures in " + DATA.normalize());
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

    private void importCapture(String name) {
        final String[] arguments = {DATA.resolve(name).toString(), "--journal", directory.toString(), "--json"};
        assertEquals(Program.DONE, Program.run(new ImportMain(), arguments));
    }

    @Test
    void shouldEndInTheBooksOfTheAdvancedTradeCapture() throws IOException {
        final String capture = "advanced-trade-2026-08-09.jsonl.gz";
        importCapture(capture);

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
        importCapture(capture);

        assertExpected(capture, inspect());
    }

    @Test
    void shouldTakeAccountOfEveryFixture() throws IOException {
        final List<String> advancedTrade = Files.readAllLines(DATA.resolve("fixtures-advanced-trade.jsonl"));
        final List<String> exchange = Files.readAllLines(DATA.resolve("fixtures-exchange.jsonl"));
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
