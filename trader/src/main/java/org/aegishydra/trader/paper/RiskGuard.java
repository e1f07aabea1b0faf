package org.aegishydra.trader.paper;

import org.aegishydra.core.book.ProductBook;
import org.aegishydra.core.checkpoint.CheckpointException;
import org.aegishydra.core.checkpoint.Checkpointed;
import org.aegishydra.core.checkpoint.StateInput;
import org.aegishydra.core.checkpoint.StateOutput;
import org.aegishydra.core.coinbase.Decimals;
import org.aegishydra.core.coinbase.Side;
import org.aegishydra.core.latency.HotPath;
import org.aegishydra.core.run.OrderIntent;
import org.aegishydra.core.run.RefusalReason;

/**
 * Stands before a gateway and refuses what the limits forbid. Looks at recorded data only, so that a replay refuses the
 * same orders. Used by the trading thread.
 */
@HotPath
public final class RiskGuard implements OrderGateway, Checkpointed {
    private static final long NS_PER_SECOND = 1_000_000_000L;
    private static final double NS_PER_MS = 1e6;

    private final ProductBook product;
    private final PaperAccount account;
    private final DecisionWriter decisions;
    private final OrderGateway gateway;
    private final long maxFeedLatencyNs;
    private final double maxPositionValue;
    private final long[] lastOrderTimesNs;
    private int nextOrderTime;
    private boolean enabled = true;
    private long eventTimeNs;
    private long feedLatencyNs;

    /** A guard before a gateway. */
    public RiskGuard(
            ProductBook product,
            PaperAccount account,
            DecisionWriter decisions,
            OrderGateway gateway,
            RiskSettings limits) {
        this.product = product;
        this.account = account;
        this.decisions = decisions;
        this.gateway = gateway;
        this.maxFeedLatencyNs = (long) (limits.maxFeedLatencyMs() * NS_PER_MS);
        this.maxPositionValue = limits.maxPositionValue();
        this.lastOrderTimesNs = new long[limits.maxOrdersPerSecond()];
        java.util.Arrays.fill(lastOrderTimesNs, Long.MIN_VALUE);
    }

    /** Whether orders pass at all. */
    public void enable(boolean newEnabled) {
        enabled = newEnabled;
    }

    /**
     * All that follows belongs to this step.
     *
     * @param receivedNs when the message was received, ns since the epoch.
     * @param exchangeTimeNs the exchange's own stamp, or NO_TIME; a message without one counts as timely.
     */
    public void startStep(long marketSequence, long step, long newEventTimeNs, long receivedNs, long exchangeTimeNs) {
        eventTimeNs = newEventTimeNs;
        // A stamp from before the epoch is none; NO_TIME is among them.
        feedLatencyNs = exchangeTimeNs < 0 ? 0 : receivedNs - exchangeTimeNs;
        decisions.startStep(marketSequence, step, newEventTimeNs);
    }

    @Override
    public void submit(Side side, OrderIntent intent, long size, long limitPrice) {
        final RefusalReason reason = check(side, intent, size);
        if (reason == RefusalReason.NONE) {
            lastOrderTimesNs[nextOrderTime] = eventTimeNs;
            nextOrderTime = nextOrderTime + 1 == lastOrderTimesNs.length ? 0 : nextOrderTime + 1;
            gateway.submit(side, intent, size, limitPrice);
        } else {
            decisions.refusal(side, intent, reason, limitPrice, size);
        }
    }

    private RefusalReason check(Side side, OrderIntent intent, long size) {
        if (!enabled) {
            return RefusalReason.TRADING_DISABLED;
        }
        if (!product.isLive()) {
            return RefusalReason.BOOK_NOT_LIVE;
        }
        final long oldestNs = lastOrderTimesNs[nextOrderTime];
        if (oldestNs != Long.MIN_VALUE && eventTimeNs - oldestNs < NS_PER_SECOND) {
            return RefusalReason.ORDER_RATE;
        }
        if (intent == OrderIntent.ENTER) {
            if (feedLatencyNs > maxFeedLatencyNs) {
                return RefusalReason.FEED_LATENCY;
            }
            if (positionValueAfter(side, size) > maxPositionValue) {
                return RefusalReason.POSITION_LIMIT;
            }
        }
        return RefusalReason.NONE;
    }

    private double positionValueAfter(Side side, long size) {
        final double position = Math.abs(account.position() + (side == Side.BID ? (double) size : -(double) size));
        final double price = product.book().bestPrice(side.opposite());
        return position
                / Decimals.powerOfTen(product.product().sizeScale())
                * price
                / Decimals.powerOfTen(product.product().priceScale());
    }

    @Override
    public void writeState(StateOutput output) {
        output.putInt(lastOrderTimesNs.length);
        output.putLongs(lastOrderTimesNs, lastOrderTimesNs.length);
        output.putInt(nextOrderTime);
    }

    @Override
    public void readState(StateInput input) {
        if (input.getInt() != lastOrderTimesNs.length) {
            throw new CheckpointException("the order rate's limit was another one");
        }
        input.getLongs(lastOrderTimesNs, lastOrderTimesNs.length);
        nextOrderTime = input.getCount(lastOrderTimesNs.length - 1);
    }
}
