package org.aegishydra.replayer;

import com.fasterxml.jackson.databind.PropertyNamingStrategies;
import com.fasterxml.jackson.databind.annotation.JsonNaming;
import java.util.Locale;
import org.aegishydra.core.latency.LatencyFigures;
import org.aegishydra.core.run.RunSummary;

/**
 * What {@code aegis replay --into} handed over.
 *
 * @param journal the recording's directory.
 * @param into the new journal's directory.
 * @param payloadBytes the payloads of the records.
 * @param seconds how long it took.
 * @param complete whether all of the range was handed over.
 * @param lateness how late records were handed over against when they were due; null at max.
 * @param ownLateness the same of the records that were waited for, the others having come due while one before them was
 *     written; null at max.
 */
@JsonNaming(PropertyNamingStrategies.SnakeCaseStrategy.class)
record RelaySummary(
        String journal,
        String into,
        String pace,
        RunSummary.Range range,
        long payloadBytes,
        double seconds,
        boolean complete,
        LatencyFigures lateness,
        LatencyFigures ownLateness) {
    private static final double NS_PER_US = 1e3;

    /** Several lines, each ended. */
    String toText() {
        final StringBuilder text = new StringBuilder(String.format(
                Locale.ROOT,
                "%s %d records, %d to %d (%.1f s of market time, %.1f MB), to %s in %.1f s%n",
                complete ? "handed over" : "stopped: handed over",
                range.records(),
                range.firstRecord(),
                range.lastRecord(),
                range.seconds(),
                payloadBytes / 1e6,
                into,
                seconds));
        if (lateness != null) {
            line(text, "lateness", lateness);
            line(text, "its own", ownLateness);
        }
        return text.toString();
    }

    private static void line(StringBuilder text, String name, LatencyFigures figures) {
        text.append(String.format(
                Locale.ROOT,
                "%-8s  p50 %.1f µs, p99 %.1f µs, p99.9 %.1f µs, max %.1f µs (%d records)%n",
                name,
                figures.p50Ns() / NS_PER_US,
                figures.p99Ns() / NS_PER_US,
                figures.p999Ns() / NS_PER_US,
                figures.maxNs() / NS_PER_US,
                figures.count()));
    }
}
