package org.aegishydra.analysis.statistics;

import com.fasterxml.jackson.databind.PropertyNamingStrategies.SnakeCaseStrategy;
import com.fasterxml.jackson.databind.annotation.JsonNaming;

/** How a quantity is distributed: quantiles to three significant digits. All zero where there was nothing to measure. */
@JsonNaming(SnakeCaseStrategy.class)
public record Quantiles(long count, double mean, double p10, double p50, double p90, double p99, double max) {}
