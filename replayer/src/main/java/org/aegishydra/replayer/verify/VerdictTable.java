package org.aegishydra.replayer.verify;

import java.util.List;
import java.util.Locale;
import java.util.Map;

/** A verdict for a person. Stateless. */
final class VerdictTable {
    private static final double NS_PER_US = 1e3;

    private VerdictTable() {}

    static String of(Verdict verdict, double spikeThresholdMs) {
        final StringBuilder text = new StringBuilder();
        figures(text, verdict, spikeThresholdMs);
        for (final ContenderResult result : verdict.contenders()) {
            if (!result.equal()) {
                text.append(result.name()).append(" decides something else, so its latencies get no verdict: ");
                text.append(result.firstDifference()).append('\n');
            }
        }
        comparisons(text, verdict);
        if (verdict.ablation() != null) {
            ablation(text, verdict.ablation());
        }
        return text.toString();
    }

    private static void figures(StringBuilder text, Verdict verdict, double spikeThresholdMs) {
        line(
                text,
                "%-10s %-7s %9s %10s %10s %10s %10s %10s %10s %11s %6s",
                "variant",
                "digest",
                "decisions",
                "mean µs",
                "p50 µs",
                "p95 µs",
                "p99 µs",
                "p99.9 µs",
                "max µs",
                "spikes/100k",
                "busy");
        for (final ContenderResult result : verdict.contenders()) {
            final Map<String, Spread> metrics = result.metrics();
            line(
                    text,
                    "%-10s %-7s %9d %10.1f %10.1f %10.1f %10.1f %10.1f %10.1f %11.0f %5.0f%%",
                    result.name(),
                    result.equal() ? "equal" : "DIFFERS",
                    result.decisions(),
                    microseconds(metrics, "mean"),
                    microseconds(metrics, "p50"),
                    microseconds(metrics, "p95"),
                    microseconds(metrics, "p99"),
                    microseconds(metrics, "p999"),
                    microseconds(metrics, "max"),
                    metrics.get("spikes_per_100k").median(),
                    result.busyShare() * 100);
        }
        line(
                text,
                "%d rounds, each figure the median over them; a spike is a step over %.1f ms",
                verdict.rounds(),
                spikeThresholdMs);
    }

    private static double microseconds(Map<String, Spread> metrics, String name) {
        return metrics.get(name).median() / NS_PER_US;
    }

    private static void comparisons(StringBuilder text, Verdict verdict) {
        if (verdict.comparisons().isEmpty()) {
            return;
        }
        line(
                text,
                "%n%-10s %-10s %-15s %7s %17s %9s %9s  %-17s %9s %7s",
                "variant",
                "against",
                "metric",
                "ratio",
                "99% interval",
                "p (Holm)",
                "sign flip",
                "verdict",
                "smallest",
                "rounds");
        for (final Comparison comparison : verdict.comparisons()) {
            line(
                    text,
                    "%-10s %-10s %-15s %7.3f %17s %9.2g %9.2g  %-17s %9s %7s",
                    comparison.variant(),
                    comparison.against(),
                    comparison.metric().key(),
                    comparison.ratio(),
                    interval(comparison),
                    comparison.adjustedPValue(),
                    comparison.signFlipPValue(),
                    comparison.verdict().displayName(),
                    comparison.smallestEffect() == null
                            ? "-"
                            : String.format(Locale.ROOT, "%.0f%%", comparison.smallestEffect() * 100),
                    roundsNeeded(comparison));
        }
        line(
                text,
                "a verdict is wrong in %.0f of 100 verifications of equal variants, by design; smallest: the change that these "
                        + "rounds would have%nshown in four of five verifications; rounds: how many would show what was seen",
                Comparison.ERROR * 100);
    }

    /** More than a verification takes are none to ask for. */
    private static String roundsNeeded(Comparison comparison) {
        final Integer needed = comparison.roundsNeeded();
        return needed == null || needed > Schedule.MOST_ROUNDS ? "over " + Schedule.MOST_ROUNDS : needed.toString();
    }

    private static String interval(Comparison comparison) {
        return String.format(Locale.ROOT, "[%.3f, %.3f]", comparison.low(), comparison.high());
    }

    private static void ablation(StringBuilder text, List<Verdict.FixContribution> ablation) {
        line(text, "%nEach fix by itself: p99 with it alone added to legacy, and with it alone taken from aegis");
        line(text, "%-3s %-32s %-26s %-30s %-30s", "fix", "", "claimed", "legacy+k / legacy", "aegis-k / aegis");
        for (final Verdict.FixContribution fix : ablation) {
            line(
                    text,
                    "%-3d %-32s %-26s %-30s %-30s",
                    fix.fix(),
                    fix.title(),
                    fix.claim(),
                    p99(fix.fromLegacy()),
                    p99(fix.fromAegis()));
        }
    }

    private static String p99(List<Comparison> comparisons) {
        return comparisons.stream()
                .filter(comparison -> comparison.metric() == Metric.P99)
                .map(comparison -> String.format(
                        Locale.ROOT,
                        "%.3f %s %s",
                        comparison.ratio(),
                        interval(comparison),
                        comparison.verdict().isClaim() ? comparison.verdict().displayName() : ""))
                .findFirst()
                .orElse("-");
    }

    private static void line(StringBuilder text, String format, Object... values) {
        text.append(String.format(Locale.ROOT, format + "%n", values));
    }
}
