package org.aegishydra.recorder.capture;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.io.InputStream;
import java.math.BigDecimal;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.zip.GZIPInputStream;
import org.aegishydra.core.journal.RecordKind;
import org.aegishydra.recorder.JournalRecords;
import org.aegishydra.recorder.JournalRecords.Entry;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class RepeatTest {
    private static final Path DATA = Path.of(System.getProperty("aegis.home"), "..", "shared", "data");

    @TempDir
    Path directory;

    private static Path capture(String name) {
        final Path file = DATA.resolve(name);
        assumeTrue(Files.isReadable(file), "no " + name + " beside the checkout");
        return file;
    }

    private static List<String> lines(Path file) throws IOException {
        try (InputStream in = new GZIPInputStream(Files.newInputStream(file))) {
            return List.of(new String(in.readAllBytes(), StandardCharsets.UTF_8).split("\n"));
        }
    }

    private List<Entry> importRepeated(int repeat, Path file) throws IOException {
        final Path journal = directory.resolve("journal");
        final ImportSettings settings = new ImportSettings(List.of(file), journal, null, null, repeat);
        assertTrue(
                new CaptureImport(settings, "test", () -> false, in -> in).run().complete());
        return JournalRecords.of(RecordKind.MESSAGE, JournalRecords.read(journal));
    }

    private List<Entry> importRepeated(int repeat, String... lines) throws IOException {
        return importRepeated(repeat, Files.write(directory.resolve("a.jsonl"), List.of(lines)));
    }

    /** Fails if a number or time that is told apart by a name is lower than the one before it. */
    private static final class NeverBackwards {
        private final Map<String, Long> last = new HashMap<>();

        void see(String name, long value) {
            final Long before = last.put(name, value);
            assertTrue(before == null || value >= before, () -> name + " goes from " + before + " back to " + value);
        }
    }

    @Test
    void shouldKeepTheBytesAndReceiveTimesOfTheAdvancedTradeCapture() throws IOException {
        final List<Entry> messages = importRepeated(1, capture("advanced-trade-2026-08-09.jsonl.gz"));
        assertEquals(
                lines(capture("advanced-trade-2026-08-09.jsonl.gz")),
                messages.stream().map(Entry::text).toList());
        assertEquals(
                lines(capture("advanced-trade-2026-08-09.ts.gz")).stream()
                        .map(time -> new BigDecimal(time).movePointRight(9).longValueExact())
                        .toList(),
                messages.stream().map(Entry::wallNs).toList());
    }

    @Test
    void shouldKeepTheBytesAndReceiveTimesOfTheExchangeCapture() throws IOException {
        final List<Entry> messages = importRepeated(1, capture("exchange-2021-04-17.cryptofeed.gz"));
        final List<String> expected = new ArrayList<>();
        for (final String line : lines(capture("exchange-2021-04-17.cryptofeed.gz"))) {
            if (line.matches("[0-9.]+: .*")) {
                expected.add(line);
            }
        }
        assertEquals(9946, expected.size());
        for (int i = 0; i < expected.size(); i++) {
            final int colon = expected.get(i).indexOf(": ");
            final String time = expected.get(i).substring(0, colon);
            assertEquals(expected.get(i).substring(colon + 2), messages.get(i).text());
            assertEquals(
                    new BigDecimal(time).movePointRight(9).longValueExact(),
                    messages.get(i).wallNs());
        }
    }

    @Test
    void shouldRepeatTheAdvancedTradeCaptureWithoutGapsOrStepsBack() throws IOException {
        final List<Entry> messages = importRepeated(3, capture("advanced-trade-2026-08-09.jsonl.gz"));
        // 8 messages are snapshots and 5 acknowledge subscriptions.
        assertEquals(1030 + 2 * (1030 - 13), messages.size());
        final NeverBackwards order = new NeverBackwards();
        final Map<String, Long> lastTrade = new HashMap<>();
        for (int i = 0; i < messages.size(); i++) {
            final JsonNode message = messages.get(i).json();
            assertEquals(i, message.path("sequence_num").asLong());
            order.see("receive time", messages.get(i).wallNs());
            for (final JsonNode event : message.path("events")) {
                assertTrue(i < 1030 || !event.path("type").asText().equals("snapshot"));
                if (event.has("heartbeat_counter")) {
                    order.see("heartbeat", event.path("heartbeat_counter").asLong());
                    order.see(
                            "current time",
                            Timestamps.parse(event.path("current_time").asText()));
                }
                for (int t = event.path("trades").size() - 1; t >= 0; t--) {
                    final JsonNode trade = event.path("trades").path(t);
                    final String product = trade.path("product_id").asText();
                    order.see(
                            "trade time of " + product,
                            Timestamps.parse(trade.path("time").asText()));
                    final long id = trade.path("trade_id").asLong();
                    final Long before = lastTrade.put(product, id);
                    assertTrue(before == null || id == before + 1, () -> product + " " + before + " then " + id);
                }
            }
        }
    }

    @Test
    void shouldChangeNothingElseWhenRepeating() throws IOException {
        final List<Entry> messages = importRepeated(2, capture("advanced-trade-2026-08-09.jsonl.gz"));
        final List<String> repeated = new ArrayList<>();
        for (final Entry message : messages.subList(0, 1030)) {
            if (!message.text().contains("\"type\":\"snapshot\"")
                    && !message.text().contains("\"channel\":\"subscriptions\"")) {
                repeated.add(withoutMovedDigits(message.text()));
            }
        }
        assertEquals(
                repeated,
                messages.subList(1030, messages.size()).stream()
                        .map(message -> withoutMovedDigits(message.text()))
                        .toList());
    }

    /** Leaves the fractions of times: a pass moves by whole seconds. */
    private static String withoutMovedDigits(String message) {
        return message.replaceAll("\"(sequence_num|heartbeat_counter)\":\\d+", "\"$1\":N")
                .replaceAll("\"trade_id\":\"\\d+\"", "\"trade_id\":\"N\"")
                .replaceAll("20\\d\\d-\\d\\d-\\d\\d([T ])\\d\\d:\\d\\d:\\d\\d", "D$1T");
    }

    @Test
    void shouldRepeatTheExchangeCaptureWithoutGapsOrStepsBack() throws IOException {
        final List<Entry> messages = importRepeated(3, capture("exchange-2021-04-17.cryptofeed.gz"));
        // 10 snapshots, 10 last matches, 10 first tickers and 3 acknowledgements are not repeated.
        assertEquals(9946 + 2 * (9946 - 33), messages.size());
        final NeverBackwards order = new NeverBackwards();
        final Map<String, Long> lastTrade = new HashMap<>();
        for (final Entry entry : messages) {
            final JsonNode message = entry.json();
            final String product = message.path("product_id").asText();
            final String type = message.path("type").asText();
            order.see("receive time", entry.wallNs());
            if (message.has("sequence")) {
                order.see(
                        "sequence of " + product + " " + type,
                        message.path("sequence").asLong());
            }
            if (message.has("time")) {
                order.see(
                        "time of " + product + " " + type,
                        Timestamps.parse(message.path("time").asText()));
            }
            if (type.endsWith("match")) {
                final long id = message.path("trade_id").asLong();
                final Long before = lastTrade.put(product, id);
                assertTrue(before == null || id == before + 1, () -> product + " " + before + " then " + id);
            }
        }
    }

    @Test
    void shouldCutSnapshotsOutOfMessagesThatHoldMore() throws IOException {
        final String first =
                "{\"type\":\"snapshot\",\"product_id\":\"A-B\",\"updates\":[{\"event_time\":\"2026-08-09T21:05:48Z\"}]}";
        final String second =
                "{\"type\":\"update\",\"product_id\":\"A-B\",\"updates\":[{\"event_time\":\"2026-08-09T21:05:48.25Z\"}]}";
        final String head =
                "{\"channel\":\"l2_data\",\"timestamp\":\"2026-08-09T21:05:49Z\",\"sequence_num\":9,\"events\":[";
        final List<Entry> messages = importRepeated(
                2, head + first + " , " + second + "]}", head + second + "," + first + "]}", head + first + "]}");
        assertEquals(5, messages.size());
        final String moved =
                "{\"channel\":\"l2_data\",\"timestamp\":\"2026-08-09T21:05:50Z\",\"sequence_num\":N,\"events\":["
                        + second.replace("48.25", "49.25") + "]}";
        assertEquals(moved.replace("N", "10"), messages.get(3).text());
        assertEquals(moved.replace("N", "11"), messages.get(4).text());
    }

    @Test
    void shouldMoveIdsWhoseProductIsNamedLater() throws IOException {
        final String trade =
                "{\"channel\":\"market_trades\",\"sequence_num\":%d,\"timestamp\":\"2026-08-09T21:05:48Z\","
                        + "\"events\":[{\"type\":\"update\",\"trades\":[{\"trade_id\":\"%d\",\"product_id\":\"%s\"}]}]}";
        final List<Entry> messages = importRepeated(
                3, trade.formatted(0, 98, "A-B"), trade.formatted(1, 7, "C-D"), trade.formatted(2, 99, "A-B"));
        assertEquals(
                List.of(98L, 7L, 99L, 100L, 8L, 101L, 102L, 9L, 103L),
                messages.stream()
                        .map(message -> message.json()
                                .path("events")
                                .path(0)
                                .path("trades")
                                .path(0)
                                .path("trade_id")
                                .asLong())
                        .toList());
    }
}
