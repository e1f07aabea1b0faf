package org.aegishydra.core.book;

import org.aegishydra.core.coinbase.Side;
import org.aegishydra.core.latency.HotPath;

/**
 * The production book. A level's size is found by hashing its price; the order of the prices is kept in bits, 64
 * neighbouring prices a word, and 64 such words a rung above. Nothing depends on where in the book a price lies or how far
 * the market has moved: setting a level costs the same everywhere, and memory follows the number of levels. Used by one
 * thread.
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
