package org.aegishydra.replayer.statistics;

import java.util.Comparator;
import java.util.stream.IntStream;

/**
 * Holm's correction: several claims at once, and a limit on the chance that any of them is wrong (Holm 1979, A Simple
 * Sequentially Rejective Multiple Test Procedure). Stateless.
 */
public final class Holm {
    private Holm() {}

    /** The p-values as they count together: a claim whose adjusted p-value is at most the limit may be made. */
    public static double[] adjusted(double... pValues) {
        final int[] ascending = IntStream.range(0, pValues.length)
                .boxed()
                .sorted(Comparator.comparingDouble(i -> pValues[i]))
                .mapToInt(Integer::intValue)
                .toArray();
        final double[] adjusted = new double[pValues.length];
        double largest = 0;
        for (int rank = 0; rank < ascending.length; rank++) {
            largest = Math.max(largest, Math.min(1, pValues[ascending[rank]] * (pValues.length - rank)));
            adjusted[ascending[rank]] = largest;
        }
        return adjusted;
    }
}
