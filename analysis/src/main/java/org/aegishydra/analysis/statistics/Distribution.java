package org.aegishydra.analysis.statistics;

import org.HdrHistogram.Histogram;

/** How a quantity is distributed: quantiles to three significant digits, mean and maximum exact. Used by one thread. */
final class Distribution {
    private static final int DIGITS = 3;

    private final Histogram histogram = new Histogram(DIGITS);
    private double sum;
    private long max;

    /** @param value at least 0. */
    void add(long value) {
        histogram.recordValue(value);
        sum += value;
        max = Math.max(max, value);
    }

    long count() {
        return histogram.getTotalCount();
    }

    long max() {
        return max;
    }

    /** @param unit how many of the values' steps make one of the quantity's units. */
    Quantiles quantiles(double unit) {
        return new Quantiles(
                count(),
                count() == 0 ? 0 : sum / count() / unit,
                at(10, unit),
                at(50, unit),
                at(90, unit),
                at(99, unit),
                max / unit);
    }

    private double at(double percentile, double unit) {
        return Math.min(max, histogram.getValueAtPercentile(percentile)) / unit;
    }
}
