package org.aegishydra.core.run;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.aegishydra.core.latency.LatencyFigures;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class RunSummaryTest {
    private static final ObjectMapper JSON = new ObjectMapper();

    @TempDir
    Path directory;

    private static RunSummary sample() {
        final Map<String, Long> messages = new LinkedHashMap<>();
        messages.put("l2_data", 4L);
        messages.put("malformed", 1L);
        final LatencyFigures figures = new LatencyFigures(4, 1.5, 1, 2, 3, 4, 5);
        return new RunSummary(
                "live",
                "live",
                "data/btc",
                1,
                JSON.createObjectNode().put("strategy", "order-flow"),
                new RunSummary.Range(1, 5, 5, "2026-08-09T12:00:00Z", "2026-08-09T12:00:01Z", 1.0),
                messages,
                4,
                new RunSummary.Decisions(9, 3, 2, 1, 4, 1, 1, 1, Map.of("order_rate", 1L)),
                new RunSummary.Digest("00ff", "0a0b", "0c0d", 1, 5, "abcd", -3),
                Map.of("Loop", figures),
                figures,
                2,
                5.0,
                figures,
                List.of(new RunSummary.ProductResult("BTC-USD", true, 0.25, 1, 10, 3, 0, "-0.5", 99.5, "132.25")),
                new RunSummary.TradingThread("spin", 1, 100),
                new RunSummary.Machine("jvm", "os", 2, 1L << 30, List.of("G1")));
    }

    @Test
    void shouldComeBackAsItWasWritten() {
        final Path file = directory.resolve("summary.json");
        sample().write(file);
        assertEquals(sample(), RunSummary.read(file));
    }

    @Test
    void shouldReadASummaryOfBeforeLatenessWasMeasured() throws IOException {
        final Path file = directory.resolve("summary.json");
        sample().write(file);
        final ObjectNode json = (ObjectNode) JSON.readTree(file.toFile());
        json.remove("lateness");
        JSON.writeValue(file.toFile(), json);
        assertNull(RunSummary.read(file).lateness());
        assertEquals(sample().digest(), RunSummary.read(file).digest());
    }

    @Test
    void shouldHaveTheKeysThatScriptsRead() throws IOException {
        final Path file = directory.resolve("summary.json");
        sample().write(file);
        final JsonNode json = JSON.readTree(file.toFile());
        for (final String path : List.of(
                "/mode",
                "/range/first_record",
                "/range/last_event_time",
                "/messages/l2_data",
                "/steps",
                "/decisions/multi_level_orders",
                "/decisions/partial_fills",
                "/decisions/refusals/order_rate",
                "/digest/value",
                "/digest/first_record",
                "/latency/Loop/p999_ns",
                "/latency/Loop/max_ns",
                "/lateness/p99_ns",
                "/spike_threshold_ms",
                "/noise_floor/mean_ns",
                "/trading_thread/idle",
                "/trading_thread/cpu",
                "/trading_thread/warm_up_records",
                "/products/0/level_updates",
                "/products/0/scale_widenings",
                "/machine/max_heap_bytes")) {
            assertTrue(!json.at(path).isMissingNode(), path);
        }
    }
}
