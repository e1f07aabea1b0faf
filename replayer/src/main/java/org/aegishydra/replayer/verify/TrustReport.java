package org.aegishydra.replayer.verify;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.databind.PropertyNamingStrategies;
import com.fasterxml.jackson.databind.annotation.JsonNaming;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/**
 * How far the verdicts of a verification can be trusted, measured where the answer is known.
 *
 * @param equal of variants that are equal; null if it was not measured.
 * @param stalls of stalls of known length; empty if it was not measured.
 * @param causes of disturbances of known cause; empty likewise.
 */
@JsonNaming(PropertyNamingStrategies.SnakeCaseStrategy.class)
@JsonInclude(JsonInclude.Include.NON_NULL)
record TrustReport(Equal equal, List<Stall> stalls, List<Cause> causes) {

    /**
     * One variant against itself.
     *
     * @param trials the pool that was split, again and again, into two groups.
     * @param rounds trials of a group.
     * @param verifications how many splits were judged.
     * @param wrong those that claimed any difference.
     * @param upperBound of the share of wrong ones, with 95% confidence, were the splits independent; they share the pool.
     */
    @JsonNaming(PropertyNamingStrategies.SnakeCaseStrategy.class)
    record Equal(int trials, int rounds, int verifications, int wrong, double upperBound) {}

    /**
     * A stall of known length in every so many steps.
     *
     * @param found the metrics that were called worse.
     * @param comparisons against the undisturbed variant.
     */
    @JsonNaming(PropertyNamingStrategies.SnakeCaseStrategy.class)
    record Stall(int microseconds, int everySteps, int rounds, List<String> found, List<Comparison> comparisons) {
        /** How many rounds would show what these did not. */
        private String needed() {
            return "not found; "
                    + comparisons.stream()
                            .filter(comparison -> comparison.ratio() > 1 && comparison.roundsNeeded() != null)
                            .min(Comparator.comparing(Comparison::roundsNeeded))
                            .map(comparison -> String.format(
                                    Locale.ROOT,
                                    "%s would need %,d rounds",
                                    comparison.metric().key(),
                                    comparison.roundsNeeded()))
                            .orElse("nor by 10,000 rounds");
        }
    }

    /**
     * Disturbances of one cause.
     *
     * @param injected how many there were; 0 for another process, which is not in the step.
     * @param spikes how many of them were spikes; all spikes, for another process.
     * @param stated how many of these were stated to have which cause.
     */
    @JsonNaming(PropertyNamingStrategies.SnakeCaseStrategy.class)
    record Cause(String injection, long injected, long spikes, Map<String, Long> stated) {}

    /** For a person. */
    String toText() {
        final StringBuilder text = new StringBuilder();
        if (equal != null) {
            text.append(String.format(
                    Locale.ROOT,
                    "equal variants: %,d of %,d verifications of %d rounds claim a difference (%.2f%%, at most %.2f%% with 95%% "
                            + "confidence; %.0f%% by design), from %d trials%n",
                    equal.wrong,
                    equal.verifications,
                    equal.rounds,
                    100.0 * equal.wrong / equal.verifications,
                    100 * equal.upperBound,
                    100 * Comparison.ERROR,
                    equal.trials));
        }
        for (final Stall stall : stalls) {
            text.append(String.format(
                    Locale.ROOT,
                    "stalls of %,d µs in every %,d-th step, %d rounds: %s%n",
                    stall.microseconds,
                    stall.everySteps,
                    stall.rounds,
                    stall.found.isEmpty() ? stall.needed() : "worse in " + String.join(", ", stall.found)));
        }
        for (final Cause cause : causes) {
            text.append(String.format(
                    Locale.ROOT,
                    "%-18s injected %5d, spikes %5d, stated: %s%n",
                    cause.injection,
                    cause.injected,
                    cause.spikes,
                    cause.stated));
        }
        return text.toString();
    }
}
