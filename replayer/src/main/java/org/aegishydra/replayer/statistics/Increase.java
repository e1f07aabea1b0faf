package org.aegishydra.replayer.statistics;

import java.util.Arrays;
import org.hipparchus.stat.descriptive.moment.Mean;
import org.hipparchus.stat.inference.TTest;

/**
 * Whether a figure is larger than one that was measured at another time, by more than a tolerance: Welch's test on logarithms,
 * one-sided. What the machine did differently at the two times is in it, which is what the tolerance is for.
 *
 * @param ratio the geometric mean after, divided by that before.
 * @param pValue the chance of seeing so much if the increase were no larger than the tolerance.
 */
public record Increase(double ratio, double pValue) {
    /**
     * Compares two groups of figures.
     *
     * @param before figures above 0, 2 at least.
     * @param after likewise.
     * @param tolerance the increase that is of no interest: 0.1 is a tenth.
     */
    public static Increase of(double[] before, double[] after, double tolerance) {
        final double[] logBefore = Arrays.stream(before).map(Math::log).toArray();
        final double[] logAfter = Arrays.stream(after).map(Math::log).toArray();
        final double increase = new Mean().evaluate(logAfter) - new Mean().evaluate(logBefore);
        final double[] tolerated =
                Arrays.stream(logBefore).map(log -> log + Math.log1p(tolerance)).toArray();
        final double twoSided = new TTest().tTest(logAfter, tolerated);
        final boolean beyond = increase > Math.log1p(tolerance);
        return new Increase(Math.exp(increase), beyond ? twoSided / 2 : 1 - twoSided / 2);
    }
}
