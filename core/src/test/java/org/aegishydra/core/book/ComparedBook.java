package org.aegishydra.core.book;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;

import org.aegishydra.core.coinbase.Side;

/** A book beside the naive one: whatever is done is done to both, and what they answer is compared. */
final class ComparedBook {
    private static final Side[] SIDES = Side.values();

    private final OrderBook book;
    private final NaiveOrderBook expected = new NaiveOrderBook();
    private int updates;

    ComparedBook(OrderBook book) {
        this.book = book;
    }

    /** The levels set so far. */
    int updates() {
        return updates;
    }

    int levels(Side side) {
        return expected.levels(side);
    }

    long bestPrice(Side side) {
        return expected.bestPrice(side);
    }

    void set(Side side, long price, long size) {
        assertEquals(expected.set(side, price, size), book.set(side, price, size), "the size before");
        updates++;
    }

    void clear() {
        book.clear();
        expected.clear();
    }

    void rescale(long priceFactor, long sizeFactor) {
        book.rescale(priceFactor, sizeFactor);
        expected.rescale(priceFactor, sizeFactor);
    }

    void compareTouch() {
        for (final Side side : SIDES) {
            assertEquals(expected.levels(side), book.levels(side));
            assertEquals(expected.bestPrice(side), book.bestPrice(side));
            assertEquals(expected.bestSize(side), book.bestSize(side));
        }
    }

    void compareTop(int count) {
        for (final Side side : SIDES) {
            compareTop(side, count);
        }
    }

    private void compareTop(Side side, int count) {
        final long[] prices = new long[count + 1];
        final long[] sizes = new long[count + 1];
        final long[] expectedPrices = new long[count + 1];
        final long[] expectedSizes = new long[count + 1];
        assertEquals(expected.top(side, count, expectedPrices, expectedSizes), book.top(side, count, prices, sizes));
        assertArrayEquals(expectedPrices, prices);
        assertArrayEquals(expectedSizes, sizes);
    }

    void compareAll() {
        compareTouch();
        compareTop(Math.max(expected.levels(Side.BID), expected.levels(Side.ASK)) + 1);
    }
}
