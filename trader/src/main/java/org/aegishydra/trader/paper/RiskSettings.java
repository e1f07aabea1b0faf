package org.aegishydra.trader.paper;

import com.fasterxml.jackson.databind.PropertyNamingStrategies;
import com.fasterxml.jackson.databind.annotation.JsonNaming;
import org.aegishydra.core.command.UsageException;

/**
 * The limits of a {@link RiskGuard}.
 *
 * @param maxOrdersPerSecond in any second of event time, over one product.
 * @param maxFeedLatencyMs from the exchange's own stamp to reception; above it there are no entries.
 * @param maxPositionValue the largest position that an entry may lead to, in the quote currency.
 */
@JsonNaming(PropertyNamingStrategies.SnakeCaseStrategy.class)
public record RiskSettings(int maxOrdersPerSecond, double maxFeedLatencyMs, double maxPositionValue) {
    /** The largest order rate that can be watched. */
    public static final int MAX_ORDERS_PER_SECOND = 1000;

    public RiskSettings {
        if (maxOrdersPerSecond < 1 || maxOrdersPerSecond > MAX_ORDERS_PER_SECOND) {
            throw new UsageException(
                    "--max-orders-per-second " + maxOrdersPerSecond + ": must be from 1 to " + MAX_ORDERS_PER_SECOND);
        }
        if (!(maxFeedLatencyMs > 0)) {
            throw new UsageException("--max-feed-latency-ms " + maxFeedLatencyMs + ": must be greater than 0");
        }
        if (!(maxPositionValue > 0)) {
            throw new UsageException("--max-position-value " + maxPositionValue + ": must be greater than 0");
        }
    }
}
