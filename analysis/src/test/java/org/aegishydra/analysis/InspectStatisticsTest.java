package org.aegishydra.analysis;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import com.fasterxml.jackson.databind.JsonNode;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.aegishydra.core.command.Program;
import org.aegishydra.core.journal.RecordKind;
import org.aegishydra.recorder.ImportMain;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class InspectStatisticsTest {
    private static final Path DATA = Path.of(System.getProperty("aegis.home", ".."), "..", "shared", "data");
    private static final double EXACT = 1e-9;

    @TempDir
    Path directory;

    private static String book(long sequence, String type, String... levels) {
        final StringBuilder text = new StringBuilder("{\"channel\":\"l2_data\",\"timestamp\":\"2026-08-09T12:00:00Z\",")
                .append("\"sequence_num\":" + sequence + ",\"events\":[{\"type\":\"" + type)
                .append("\",\"product_id\":\"ABC-USD\",\"updates\":[");
        for (int i = 0; i < levels.length; i++) {
            final String[] level = levels[i].split(" ", 3);
            text.append(i > 0 ? "," : "")
                    .append("{\"side\":\"" + level[0] + "\",\"event_time\":\"2026-08-09T12:00:00Z\",")
                    .append("\"price_level\":\"" + level[1] + "\",\"new_quantity\":\"" + level[2] + "\"}");
        }
        return text.append("]}]}").toString();
    }

    private static JsonNode statistics(Path journal) {
        final Inspection inspection = Inspection.of(journal, "--statistics", "--json");
        assertEquals(0, inspection.exitCode(), inspection.err());
        return inspection.json().get("journals").get(0);
    }

    private static double number(JsonNode node, String... path) {
        JsonNode at = node;
        for (final String name : path) {
            at = at.get(name);
        }
        return at.doubleValue();
    }

    private Path small() {
        final Path journal = directory.resolve("small");
        // A millisecond apart; the update at the end comes after 997 ms of silence.
        try (Recording recording = new Recording(journal)) {
            recording
                    .fact(RecordKind.CONNECTED, Map.of("url", "wss://here"))
                    .advancedTrade(book(0, "snapshot", "bid 100.00 1", "bid 99.01 2", "offer 100.10 1", "offer 102 3"))
                    .advancedTrade(book(1, "update", "bid 100.00 2", "bid 99.01 2", "bid 90.00 0", "offer 102 0"))
                    .advancedTrade(book(2, "update", "bid 100.05 1"))
                    .at(Recording.NOON_NS + 1_001_000_000L)
                    .advancedTrade(book(3, "update", "bid 100.05 0"));
        }
        return journal;
    }

    @Test
    void shouldTellWhatUpdatesDidToABook() {
        final JsonNode market = statistics(small());
        assertEquals(1, number(market, "seconds"), EXACT);
        assertEquals(4, number(market, "messages_per_second"), EXACT);
        // Three of four messages in the first 10 ms.
        assertEquals(75, number(market, "burst_ratio", "10_ms"), EXACT);
        assertEquals(998, number(market, "message_gap_ms", "max"), EXACT);
        assertEquals(3, number(market, "message_bytes", "l2_data", "count"), EXACT);
        assertEquals(1, number(market, "message_bytes", "l2_data snapshot", "count"), EXACT);

        final JsonNode product = market.get("products").get("ABC-USD");
        assertEquals(4, number(product, "snapshot_levels"), EXACT);
        assertEquals(3, number(product, "updates_per_second"), EXACT);
        assertEquals(6, number(product, "levels_per_second"), EXACT);
        assertEquals(2, number(product, "levels_per_update", "mean"), EXACT);
        assertEquals(4, number(product, "levels_per_update", "max"), EXACT);
        assertEquals(1 / 6.0, number(product, "added_share"), EXACT);
        assertEquals(1 / 6.0, number(product, "resized_share"), EXACT);
        assertEquals(1 / 6.0, number(product, "unchanged_share"), EXACT);
        assertEquals(2 / 6.0, number(product, "removed_share"), EXACT);
        assertEquals(1 / 6.0, number(product, "removed_absent_share"), EXACT);
        assertEquals(2 / 6.0, number(product, "at_touch_share"), EXACT);
        assertEquals(1 / 6.0, number(product, "inside_spread_share"), EXACT);
        assertEquals(1_000, number(product, "distance_bps", "max"), 0.1);
        assertEquals(2, number(product, "touch_moves_per_second"), EXACT);
        assertEquals(10, number(product, "spread_ticks", "max"), EXACT);
        assertEquals(5, number(product, "spread_ticks", "p10"), EXACT);
        assertEquals((100.075 / 100.05 - 1) * 1e4, number(product, "mid_range_bps"), 1e-6);
    }

    @Test
    void shouldPutJournalsSideBySide() {
        final Path journal = small();
        final Path other = directory.resolve("other");
        try (Recording recording = new Recording(other)) {
            recording.match("XYZ-USD", 1).match("XYZ-USD", 2);
        }
        final Inspection both = Inspection.of(journal, "--statistics", "--beside", other.toString());
        assertEquals(0, both.exitCode(), both.err());
        assertTrue(both.out().lines().anyMatch(line -> line.matches("\\| +\\| +small \\| +other \\|")), both.out());
        assertTrue(both.out().lines().anyMatch(line -> line.matches("\\| match +\\| +- \\| .*\\|")), both.out());
        final JsonNode second = Inspection.of(journal, "--statistics", "--beside", other.toString(), "--json")
                .json()
                .get("journals")
                .get(1);
        assertEquals(other.toString(), second.get("journal").textValue());
        assertEquals(2_000, number(second, "products", "XYZ-USD", "trades_per_second"), EXACT);
    }

    @Test
    void shouldRefuseStatisticsOfNothingAndWithAReport() {
        final Path journal = small();
        for (final List<String> wrong : List.of(
                List.of("--statistics", "--books"),
                List.of("--beside", "elsewhere"),
                List.of("--statistics", "--beside", directory.resolve("none").toString()))) {
            final Inspection inspection = Inspection.of(journal, wrong.toArray(String[]::new));
            assertEquals(Program.WRONG_USAGE, inspection.exitCode(), wrong::toString);
            assertTrue(inspection.err().contains(wrong.get(wrong.size() - 1)), inspection.err());
        }
    }

    /** The figures are those of an independent computation over the same file. */
    @Test
    void shouldMeasureTheAdvancedTradeCapture() {
        assumeTrue(Files.isDirectory(DATA), () -> "skipped: no captures in " + DATA.normalize());
        final Path journal = directory.resolve("capture");
        final String capture =
                DATA.resolve("advanced-trade-2026-08-09.jsonl.gz").toString();
        final String[] arguments = {capture, "--journal", journal.toString(), "--json"};
        assertEquals(0, Program.run(new ImportMain(), arguments));

        final JsonNode market = statistics(journal);
        assertEquals(24.247, number(market, "seconds"), 0.001);
        assertEquals(829.243, number(market, "message_bytes", "l2_data", "mean"), 0.001);
        assertEquals(5_079_379, number(market, "message_bytes", "l2_data snapshot", "max"), EXACT);
        final JsonNode bitcoin = market.get("products").get("BTC-USD");
        assertEquals(46_000, number(bitcoin, "snapshot_levels"), EXACT);
        assertEquals(399 / 24.24703, number(bitcoin, "updates_per_second"), 0.001);
        assertEquals(0.2585, number(bitcoin, "added_share"), 0.0001);
        assertEquals(0.2549, number(bitcoin, "removed_share"), 0.0001);
        assertEquals(0.4611, number(bitcoin, "resized_share"), 0.0001);
        assertEquals(0.0114, number(bitcoin, "unchanged_share"), 0.0001);
        assertEquals(0.0140, number(bitcoin, "removed_absent_share"), 0.0001);
        assertEquals(17.21, number(bitcoin, "distance_bps", "p50"), 0.02);
        assertEquals(0, number(bitcoin, "touch_moves_per_second"), EXACT);
        final JsonNode ether = market.get("products").get("ETH-USD");
        assertEquals(7.8316, number(ether, "levels_per_update", "mean"), 0.0001);
        assertEquals(7, number(ether, "spread_ticks", "p50"), EXACT);
        assertEquals(32 / 24.24703, number(ether, "trades_per_second"), 0.001);
        assertEquals(0.9638, number(ether, "mid_range_bps"), 0.001);
    }
}
