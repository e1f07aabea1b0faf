package org.aegishydra.core.latency;

import com.fasterxml.jackson.annotation.JsonProperty;
import org.HdrHistogram.Histogram;

/**
 * The figures of a histogram, in nanoseconds.
 *
 * @param count how many values there were.
 */
public record LatencyFigures(
        @JsonProperty("count") long count,
        @JsonProperty("mean_ns") double meanNs,
        @JsonProperty("p50_ns") long p50Ns,
        @JsonProperty("p95_ns") long p95Ns,
        @JsonProperty("p99_ns") long p99Ns,
        @JsonProperty("p999_ns") long p999Ns,
        @JsonProperty("max_ns") long maxNs) {
    /** The figures of a histogram of nanoseconds. */
    public static LatencyFigures of(Histogram histogram) {
        return new LatencyFigures(
                histogram.getTotalCount(),
                histogram.getMean(),
                histogram.getValueAtPercentile(50),
                histogram.getValueAtPercentile(95),
                histogram.getValueAtPercentile(99),
                histogram.getValueAtPercentile(99.9),
                histogram.getMaxValue());
    }
}
