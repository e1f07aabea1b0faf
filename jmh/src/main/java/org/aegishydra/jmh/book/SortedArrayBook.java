package org.aegishydra.jmh.book;

import org.aegishydra.core.book.OrderBook;
import org.aegishydra.core.coinbase.Side;

/** A peer: a book of two sorted arrays, one a side. Used by one thread. */
public final class SortedArrayBook implements OrderBook {
    private final SortedArraySide bids = new SortedArraySide(true);
    private final SortedArraySide asks = new SortedArraySide(false);

    private SortedArraySide side(Side side) {
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
