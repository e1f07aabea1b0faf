package org.aegishydra.replayer.statistics;

import java.util.Arrays;

/**
 * The exact sign-flip (randomisation) test of a paired comparison: if neither side was better, each round's difference could
 * as well have had the other sign, so all 2^n choices of signs are equally likely. It assumes nothing of how the differences
 * are distributed (Fisher 1935, The Design of Experiments, section 21). Stateless.
 */
final class SignFlipTest {
    /** With more, half of the choices of signs would not fit a reasonable array. */
    static final int MAX_ROUNDS = 40;

    /** Sums that are equal but for rounding count as equal. */
    private static final double ROUNDING = 1e-9;

    private SignFlipTest() {}

    /**
     * The share of the choices of signs with which the sum is as far from 0 as it was, or farther: the two-sided p-value.
     *
     * @param differences one a round, 1 to {@value #MAX_ROUNDS}.
     */
    static double pValue(double[] differences) {
        if (differences.length < 1 || differences.length > MAX_ROUNDS) {
            throw new IllegalArgumentException(differences.length + " rounds: must be from 1 to " + MAX_ROUNDS);
        }
        double observed = 0;
        double size = 0;
        for (final double difference : differences) {
            observed += difference;
            size += Math.abs(difference);
        }
        final double limit = Math.abs(observed) - size * ROUNDING;
        // Each choice is one of the first half with one of the second: counted by search, not one by one.
        final int middle = differences.length / 2;
        final double[] first = sums(differences, 0, middle);
        final double[] second = sums(differences, middle, differences.length);
        Arrays.sort(second);
        double asFar = 0;
        for (final double sum : first) {
            asFar += second.length - firstAtLeast(second, limit - sum);
            // The choice with all signs the other way is as likely and as far.
            asFar += second.length - firstAtLeast(second, limit + sum);
        }
        return Math.min(1, asFar / first.length / second.length);
    }

    /** The smallest p-value that so many rounds can give. */
    static double leastPValue(int rounds) {
        return Math.scalb(1.0, 1 - rounds);
    }

    /** The sums with all choices of signs for the differences from one index to another. */
    private static double[] sums(double[] differences, int from, int to) {
        final double[] sums = new double[1 << (to - from)];
        int count = 1;
        for (int i = from; i < to; i++) {
            for (int j = 0; j < count; j++) {
                sums[count + j] = sums[j] - differences[i];
                sums[j] += differences[i];
            }
            count *= 2;
        }
        return sums;
    }

    private static int firstAtLeast(double[] sorted, double limit) {
        int low = 0;
        int high = sorted.length;
        while (low < high) {
            final int middle = (low + high) >>> 1;
            if (sorted[middle] >= limit) {
                high = middle;
            } else {
                low = middle + 1;
            }
        }
        return low;
    }
}
