package org.aegishydra.replayer.verify;

import com.fasterxml.jackson.databind.PropertyNamingStrategies;
import com.fasterxml.jackson.databind.annotation.JsonNaming;
import java.util.Arrays;

/**
 * A figure over rounds.
 *
 * @param median the middle one, the mean of the middle two for an even number.
 * @param lowest the lowest.
 * @param highest the highest.
 */
@JsonNaming(PropertyNamingStrategies.SnakeCaseStrategy.class)
public record Spread(double median, double lowest, double highest) {
    /** The spread of at least one value. */
    static Spread of(double... values) {
        final double[] sorted = values.clone();
        Arrays.sort(sorted);
        final int middle = sorted.length / 2;
        final double median = sorted.length % 2 == 1 ? sorted[middle] : (sorted[middle - 1] + sorted[middle]) / 2;
        return new Spread(median, sorted[0], sorted[sorted.length - 1]);
    }
}
