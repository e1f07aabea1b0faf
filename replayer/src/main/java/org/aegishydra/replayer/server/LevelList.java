package org.aegishydra.replayer.server;

import java.util.Arrays;
import org.aegishydra.core.book.OrderBook;
import org.aegishydra.core.coinbase.Side;

/** Levels of one product on their way into a message, in its scales: bids first, each side from the best. Used by one thread. */
final class LevelList {
    private Side[] sides = new Side[16];
    private long[] prices = new long[16];
    private long[] sizes = new long[16];
    private int count;

    /** All levels of a book. */
    static LevelList of(OrderBook book) {
        final LevelList all = new LevelList();
        for (final Side side : Side.values()) {
            all.add(side, new SideLevels(book, side));
        }
        return all;
    }

    /** What makes one book of another: the levels that differ, with size 0 where there is to be none. */
    static LevelList difference(OrderBook from, OrderBook to) {
        final LevelList changes = new LevelList();
        for (final Side side : Side.values()) {
            changes.addDifference(side, new SideLevels(from, side), new SideLevels(to, side));
        }
        return changes;
    }

    /** One side of a book, the best level first. */
    private static final class SideLevels {
        private final long[] prices;
        private final long[] sizes;

        private SideLevels(OrderBook book, Side side) {
            prices = new long[book.levels(side)];
            sizes = new long[prices.length];
            book.top(side, prices.length, prices, sizes);
        }
    }

    private void add(Side side, SideLevels levels) {
        for (int i = 0; i < levels.prices.length; i++) {
            add(side, levels.prices[i], levels.sizes[i]);
        }
    }

    private void addDifference(Side side, SideLevels from, SideLevels to) {
        int old = 0;
        int now = 0;
        while (old < from.prices.length || now < to.prices.length) {
            final int order = order(side, from.prices, old, to.prices, now);
            if (order < 0) {
                add(side, from.prices[old++], 0);
            } else if (order > 0) {
                add(side, to.prices[now], to.sizes[now++]);
            } else {
                if (from.sizes[old] != to.sizes[now]) {
                    add(side, to.prices[now], to.sizes[now]);
                }
                old++;
                now++;
            }
        }
    }

    /** Which of two levels is the better one; below 0 for the first. A side that is used up has only worse ones. */
    private static int order(Side side, long[] from, int old, long[] to, int now) {
        if (old == from.length || now == to.length) {
            return old == from.length ? 1 : -1;
        }
        final int ascending = Long.compare(from[old], to[now]);
        return side == Side.BID ? -ascending : ascending;
    }

    private void add(Side side, long price, long size) {
        if (count == sides.length) {
            sides = Arrays.copyOf(sides, count * 2);
            prices = Arrays.copyOf(prices, count * 2);
            sizes = Arrays.copyOf(sizes, count * 2);
        }
        sides[count] = side;
        prices[count] = price;
        sizes[count] = size;
        count++;
    }

    int count() {
        return count;
    }

    Side side(int index) {
        return sides[index];
    }

    long price(int index) {
        return prices[index];
    }

    long size(int index) {
        return sizes[index];
    }
}
