package org.aegishydra.replayer.verify;

import com.fasterxml.jackson.annotation.JsonProperty;
import com.fasterxml.jackson.annotation.JsonValue;
import com.fasterxml.jackson.databind.PropertyNamingStrategies;
import com.fasterxml.jackson.databind.annotation.JsonNaming;
import java.util.List;
import org.aegishydra.replayer.statistics.PairedRatio;
import org.aegishydra.replayer.trial.Trial;

/**
 * One metric of one variant against another, over the rounds.
 *
 * @param ratio the variant's figure divided by the other's: below 1 is better.
 * @param low the lower end of the ratio's interval, which holds the true ratio in 99 of 100 verifications; by itself, not
 *     together with the other comparisons.
 * @param high the upper end.
 * @param pValue of Student's t on the rounds' log-ratios, two-sided.
 * @param adjustedPValue the same, corrected by Holm's method over all that this verification compares.
 * @param signFlipPValue of the exact sign-flip test.
 * @param smallestEffect the smallest change that these rounds would have shown in four of five verifications: 0.1 is a tenth;
 *     null if they are fewer than {@value Schedule#LEAST_ROUNDS}, which show none.
 * @param roundsNeeded how many rounds would show a change as large as the one that was seen; null if over 10,000.
 */
@JsonNaming(PropertyNamingStrategies.SnakeCaseStrategy.class)
record Comparison(
        String variant,
        String against,
        Metric metric,
        double ratio,
        double low,
        double high,
        @JsonProperty("p_value") double pValue,
        @JsonProperty("adjusted_p_value") double adjustedPValue,
        @JsonProperty("sign_flip_p_value") double signFlipPValue,
        Finding verdict,
        Double smallestEffect,
        Integer roundsNeeded) {
    /** The chance, by design, that a verification of two equal variants claims any difference. */
    static final double ERROR = 0.01;

    /** What is claimed. */
    enum Finding {
        /** Less than the other's. */
        IMPROVED("improved"),
        /** More than the other's. */
        WORSE("worse"),
        /** Not shown to differ. */
        NO_EFFECT_SHOWN("no effect shown"),
        /** Not shown to differ, and in most rounds the sleeping thread was as late: what was measured is the machine. */
        MACHINE_TOO_NOISY("machine too noisy");

        private final String displayName;

        Finding(String displayName) {
            this.displayName = displayName;
        }

        /** The words in tables and JSON. */
        @JsonValue
        String displayName() {
            return displayName;
        }

        /** Whether a difference is claimed. */
        boolean isClaim() {
            return this == IMPROVED || this == WORSE;
        }
    }

    /** Two variants whose trials are paired by rounds, before it is known what else is compared. */
    record Pairing(Metric metric, List<Trial> variant, List<Trial> against) {
        PairedRatio ratio() {
            double variance = 0;
            for (int i = 0; i < variant.size(); i++) {
                variance += metric.leastLogVariance(variant.get(i)) + metric.leastLogVariance(against.get(i));
            }
            return PairedRatio.of(figures(against), figures(variant), Math.sqrt(variance / variant.size()));
        }

        private double[] figures(List<Trial> trials) {
            return trials.stream().mapToDouble(metric::of).toArray();
        }

        /** In more than half of the rounds: a quiet one, or a noisy one, says little of the machine. */
        private boolean isInNoise() {
            int noisy = 0;
            for (int i = 0; i < variant.size(); i++) {
                final double floor = Math.min(metric.noiseFloor(variant.get(i)), metric.noiseFloor(against.get(i)));
                noisy += floor >= Math.max(metric.of(variant.get(i)), metric.of(against.get(i))) ? 1 : 0;
            }
            return noisy > variant.size() / 2;
        }
    }

    /**
     * The comparison, once it is known how it counts among the others.
     *
     * @param adjustedPValue corrected by Holm's method.
     * @param comparisons how many there are: the smallest effect is that of the one with the strictest limit.
     */
    static Comparison of(Pairing pairing, PairedRatio ratio, double adjustedPValue, int comparisons) {
        final boolean enough = ratio.rounds() >= Schedule.LEAST_ROUNDS;
        final boolean claimed = enough && adjustedPValue <= ERROR && ratio.isConfirmed(ERROR);
        final Finding finding;
        if (claimed) {
            finding = ratio.ratio() < 1 ? Finding.IMPROVED : Finding.WORSE;
        } else {
            finding = pairing.isInNoise() ? Finding.MACHINE_TOO_NOISY : Finding.NO_EFFECT_SHOWN;
        }
        final int needed = ratio.roundsNeeded(ERROR / comparisons);
        return new Comparison(
                pairing.variant().get(0).variant(),
                pairing.against().get(0).variant(),
                pairing.metric(),
                ratio.ratio(),
                ratio.low(ERROR),
                ratio.high(ERROR),
                ratio.pValue(),
                adjustedPValue,
                ratio.signFlipPValue(),
                finding,
                enough ? ratio.smallestEffect(ERROR / comparisons) : null,
                needed < 0 ? null : Math.max(needed, Schedule.LEAST_ROUNDS));
    }
}
