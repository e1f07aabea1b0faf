package org.aegishydra.replayer.verify;

import java.util.Locale;

/** A verdict for a person. Stateless. */
final class VerdictTable {
    private static final double NS_PER_US = 1e3;

    private VerdictTable() {}

    static String of(Verdict verdict, double spikeThresholdMs) {
        final StringBuilder text = new StringBuilder();
        text.append(String.format(
                Locale.ROOT,
                "%-10s %-7s %9s %22s %22s %12s %12s %18s %20s %20s%n",
                "variant",
                "digest",
                "decisions",
                "p50 µs",
                "p99 µs",
                "p99.9 µs",
                "max µs",
                "spikes/100k",
                "p50 ratio",
                "p99 ratio"));
        for (final Verdict.VariantResult result : verdict.variants()) {
            text.append(String.format(
                    Locale.ROOT,
                    "%-10s %-7s %9d %22s %22s %12.1f %12.1f %18s %20s %20s%n",
                    result.variant(),
                    result.equal() ? "equal" : "DIFFERS",
                    result.decisions(),
                    spread(result.p50Ns(), NS_PER_US, "%.1f"),
                    spread(result.p99Ns(), NS_PER_US, "%.1f"),
                    result.p999Ns().median() / NS_PER_US,
                    result.maxNs().median() / NS_PER_US,
                    spread(result.spikesPer100k(), 1, "%.0f"),
                    spread(result.p50Ratio(), 1, "%.2f"),
                    spread(result.p99Ratio(), 1, "%.2f")));
        }
        text.append(String.format(
                Locale.ROOT,
                "%d rounds; each figure is the median over them [lowest-highest]; ratios are to %s in the same round; a spike "
                        + "is a step over %.1f ms%n",
                verdict.rounds(),
                verdict.variants().get(0).variant(),
                spikeThresholdMs));
        return text.toString();
    }

    private static String spread(Spread spread, double unit, String format) {
        return String.format(
                Locale.ROOT,
                format + " [" + format + "-" + format + "]",
                spread.median() / unit,
                spread.lowest() / unit,
                spread.highest() / unit);
    }
}
