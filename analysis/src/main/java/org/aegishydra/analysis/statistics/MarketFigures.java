package org.aegishydra.analysis.statistics;

import com.fasterxml.jackson.databind.PropertyNamingStrategies.SnakeCaseStrategy;
import com.fasterxml.jackson.databind.annotation.JsonNaming;
import java.util.Map;

/**
 * How a recorded market behaves.
 *
 * @param seconds from the first message to the last, by receive time.
 * @param burstRatio by the length of a window: how many times the mean message rate the busiest one had.
 * @param messageGapMs receive times between two messages.
 * @param messageBytes by channel or type; Advanced Trade's snapshots apart from its updates.
 * @param products by name.
 */
@JsonNaming(SnakeCaseStrategy.class)
public record MarketFigures(
        String journal,
        double seconds,
        long messages,
        double messagesPerSecond,
        Map<String, Double> burstRatio,
        Quantiles messageGapMs,
        Map<String, Quantiles> messageBytes,
        Map<String, ProductFigures> products) {}
