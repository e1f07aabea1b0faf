package org.aegishydra.trader.strategy;

import org.aegishydra.core.coinbase.Side;
import org.aegishydra.core.latency.HotPath;
import org.aegishydra.core.run.OrderIntent;

/**
 * What a strategy wants to do in a step: up to {@link #CAPACITY} orders, which go to the risk guard in this order when the
 * strategy has returned. An order takes what the book offers up to its limit price at once; the rest is cancelled.
 * Used by the trading thread.
 */
@HotPath
public final class OrderRequests {
    /** The most orders in a step; what a strategy asks for beyond is an error of the strategy. */
    public static final int CAPACITY = 4;

    private final Side[] sides = new Side[CAPACITY];
    private final OrderIntent[] intents = new OrderIntent[CAPACITY];
    private final long[] sizes = new long[CAPACITY];
    private final long[] limits = new long[CAPACITY];
    private int count;

    /** Opens a position or adds to it: BID buys. A size of 0 or less asks for nothing. */
    public void enter(Side side, long size, long limitPrice) {
        add(side, OrderIntent.ENTER, size, limitPrice);
    }

    /** Closes a position, in whole or in part: ASK sells what was bought. A size of 0 or less asks for nothing. */
    public void exit(Side side, long size, long limitPrice) {
        add(side, OrderIntent.EXIT, size, limitPrice);
    }

    private void add(Side side, OrderIntent intent, long size, long limitPrice) {
        if (size <= 0) {
            return;
        }
        if (count == CAPACITY) {
            throw new IllegalStateException("a strategy asked for more orders in a step than are allowed");
        }
        sides[count] = side;
        intents[count] = intent;
        sizes[count] = size;
        limits[count] = limitPrice;
        count++;
    }

    /** Forgets all requests; for the engine. */
    public void clear() {
        count = 0;
    }

    public int count() {
        return count;
    }

    public Side side(int index) {
        return sides[index];
    }

    public OrderIntent intent(int index) {
        return intents[index];
    }

    public long size(int index) {
        return sizes[index];
    }

    public long limitPrice(int index) {
        return limits[index];
    }
}
