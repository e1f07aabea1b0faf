package org.aegishydra.trader;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.Locale;
import java.util.Map;
import org.aegishydra.core.latency.LatencyFigures;
import org.aegishydra.core.run.RunSummary;

/** A run's summary for a person. Stateless. */
public final class SummaryText {
    private static final double NS_PER_US = 1e3;

    private SummaryText() {}

    /** Several lines, each ended. */
    public static String of(RunSummary summary) {
        final StringBuilder text = new StringBuilder();
        final RunSummary.Range range = summary.range();
        final RunSummary.Decisions decisions = summary.decisions();
        line(
                text,
                "%s run over records %d to %d (%.1f s of market time), %d steps",
                summary.mode(),
                range.firstRecord(),
                range.lastRecord(),
                range.seconds(),
                summary.steps());
        line(
                text,
                "decisions  %d: %d entries, %d exits, %d fills, %d orders over more than one level, %d filled in part",
                decisions.total(),
                decisions.entries(),
                decisions.exits(),
                decisions.fills(),
                decisions.multiLevelOrders(),
                decisions.partialFills());
        line(text, "refusals   %s", decisions.refusals().isEmpty() ? "none" : refusals(decisions.refusals()));
        for (final RunSummary.ProductResult product : summary.products()) {
            line(
                    text,
                    "%-10s position %s, capital %.4f, book %s, %s",
                    product.product(),
                    product.position(),
                    product.capital(),
                    product.live() ? "live" : "waiting for a snapshot",
                    product.blindSeconds() == 0
                            ? "never blind"
                            : String.format(
                                    Locale.ROOT,
                                    "blind for %.3f s (%d×)",
                                    product.blindSeconds(),
                                    product.blindPeriods()));
        }
        for (final JsonNode named : summary.settings().path("products")) {
            if (summary.products().stream()
                    .noneMatch(product -> product.product().equals(named.asText()))) {
                line(text, "%-10s never changed in these records: is the name right?", named.asText());
            }
        }
        final long malformed = summary.messages().getOrDefault("malformed", 0L);
        if (malformed > 0) {
            line(text, "malformed  %d messages: see `aegis inspect`", malformed);
        }
        latencies(text, summary);
        line(
                text,
                "digest     %s  (records %d to %d, settings %s, seed %d)",
                summary.digest().value(),
                summary.digest().firstRecord(),
                summary.digest().lastRecord(),
                summary.digest().settings(),
                summary.digest().seed());
        return text.toString();
    }

    private static String refusals(Map<String, Long> refusals) {
        final StringBuilder text = new StringBuilder();
        refusals.forEach((reason, count) -> text.append(text.isEmpty() ? "" : ", ")
                .append(count)
                .append(' ')
                .append(reason));
        return text.toString();
    }

    private static void latencies(StringBuilder text, RunSummary summary) {
        line(
                text,
                "latency    %10s %10s %10s %10s %10s %10s   (µs%s)",
                "mean",
                "p50",
                "p95",
                "p99",
                "p99.9",
                "max",
                summary.latency().containsKey("Receive") ? "" : "; service times, reception is not measured");
        summary.latency().forEach((stage, figures) -> latency(text, stage, figures));
        latency(text, "(noise)", summary.noiseFloor());
        if (summary.lateness() != null) {
            latency(text, "(late)", summary.lateness());
        }
        line(text, "spikes     %d steps over %.1f ms", summary.spikes(), summary.spikeThresholdMs());
    }

    private static void latency(StringBuilder text, String stage, LatencyFigures figures) {
        line(
                text,
                "  %-8s %10.1f %10.1f %10.1f %10.1f %10.1f %10.1f",
                stage,
                figures.meanNs() / NS_PER_US,
                figures.p50Ns() / NS_PER_US,
                figures.p95Ns() / NS_PER_US,
                figures.p99Ns() / NS_PER_US,
                figures.p999Ns() / NS_PER_US,
                figures.maxNs() / NS_PER_US);
    }

    private static void line(StringBuilder text, String format, Object... values) {
        text.append(String.format(Locale.ROOT, format, values)).append('\n');
    }
}
