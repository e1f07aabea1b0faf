package org.aegishydra.replayer.statistics;

import java.util.Arrays;
import org.hipparchus.distribution.continuous.TDistribution;
import org.hipparchus.stat.descriptive.moment.Mean;
import org.hipparchus.stat.descriptive.moment.Variance;

/**
 * Whether a figure is larger than one that was measured at another time, by more than a tolerance: the test of Welch (1947, The
 * Generalization of "Student's" Problem) on logarithms, one-sided. What the machine did differently at the two times is in it,
 * which is what the tolerance is for.
 *
 * @param ratio the geometric mean after, divided by that before.
 * @param pValue the chance of seeing so much if the increase were no larger than the tolerance.
 * @param smallest the smallest increase, as a share of the figure, that would have been shown in four of five comparisons, if the
 *     figures vary as these do: 0.1 is a tenth; above the tolerance.
 */
public record Increase(double ratio, double pValue, double smallest) {
    /**
     * Compares two groups of figures.
     *
     * @param before figures above 0, 2 at least.
     * @param after likewise.
     * @param tolerance the increase that is of no interest: 0.1 is a tenth.
     * @param error the p-value up to which an increase counts as shown.
     */
    public static Increase of(double[] before, double[] after, double tolerance, double error) {
        final double[] logBefore = Arrays.stream(before).map(Math::log).toArray();
        final double[] logAfter = Arrays.stream(after).map(Math::log).toArray();
        final double increase = new Mean().evaluate(logAfter) - new Mean().evaluate(logBefore);
        final double beyond = increase - Math.log1p(tolerance);
        final double varianceBefore = new Variance().evaluate(logBefore) / before.length;
        final double varianceAfter = new Variance().evaluate(logAfter) / after.length;
        final double variance = varianceBefore + varianceAfter;
        if (variance == 0) {
            // Figures that never vary leave the test nothing to judge by, and nothing to doubt.
            return new Increase(Math.exp(increase), beyond > 0 ? 0 : 1, tolerance);
        }
        final TDistribution t = new TDistribution(variance
                * variance
                / (varianceBefore * varianceBefore / (before.length - 1)
                        + varianceAfter * varianceAfter / (after.length - 1)));
        final double standardError = Math.sqrt(variance);
        final double shown =
                (t.inverseCumulativeProbability(1 - error) + t.inverseCumulativeProbability(PairedRatio.POWER))
                        * standardError;
        return new Increase(
                Math.exp(increase),
                t.cumulativeProbability(-beyond / standardError),
                Math.expm1(Math.log1p(tolerance) + shown));
    }
}
