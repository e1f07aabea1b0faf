package org.aegishydra.core.book;

import org.aegishydra.core.coinbase.Side;
import org.aegishydra.core.latency.HotPath;

/**
 * The production book: a ladder of slots, one a tick, around the best price of each side, and hashed levels beyond it. A
 * level costs about the same wherever in the book it is set, the ladder follows the price a few steps at a time, and memory
 * follows what is used. Used by one thread.
 */
@HotPath
public final class LadderOrderBook implements OrderBook {
    private final LadderSide bids = new LadderSide(Side.BID);
    private final LadderSide asks = new LadderSide(Side.ASK);

    private LadderSide side(Side side) {
        return side == Side.BID ? bids : asks;
    }

    @Override
    public void clear() {
        bids.clear();
        asks.clear();
    }

    @Override
    public long set(Side side, long price, long size) {
        return side(side).set(price, size);
    }

    @Override
    public void rescale(long priceFactor, long sizeFactor) {
        bids.rescale(priceFactor, sizeFactor);
        asks.rescale(priceFactor, sizeFactor);
    }

    @Override
    public int levels(Side side) {
        return side(side).count();
    }

    @Override
    public long bestPrice(Side side) {
        return side(side).bestPrice();
    }

    @Override
    public long bestSize(Side side) {
        return side(side).bestSize();
    }

    @Override
    public int top(Side side, int count, long[] prices, long[] sizes) {
        return side(side).top(count, prices, sizes);
    }
}
