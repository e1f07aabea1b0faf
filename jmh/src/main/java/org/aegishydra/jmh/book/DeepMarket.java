package org.aegishydra.jmh.book;

import java.util.SplittableRandom;
import org.aegishydra.core.book.OrderBook;
import org.aegishydra.core.coinbase.Side;

/**
 * One product's levels, as deep and as sparse as a capture's: distances from the touch evenly spread over their magnitudes,
 * up to the largest. From a fixed seed; used by one thread.
 */
final class DeepMarket {
    /** The shapes that the captures have: levels of both sides, and up to how many ticks from the touch most of them lie. */
    enum Shape {
        BTC(46_000, 1 << 23, 6_508_366),
        ETH(23_334, 1 << 18, 191_928),
        THIN(500, 1 << 14, 5_747);

        private final int levels;
        private final int reachTicks;
        private final long middle;

        Shape(int levels, int reachTicks, long middle) {
            this.levels = levels;
            this.reachTicks = reachTicks;
            this.middle = middle;
        }
    }

    private final Shape shape;
    private final SplittableRandom random;
    private final long[][] prices = new long[2][];

    DeepMarket(Shape shape, long seed) {
        this.shape = shape;
        random = new SplittableRandom(seed);
        for (final Side side : Side.values()) {
            prices[side.ordinal()] = random.longs(shape.levels)
                    .map(any -> price(side))
                    .distinct()
                    .limit(shape.levels / 2)
                    .map(price -> side == Side.BID ? -price : price)
                    .sorted()
                    .map(Math::abs)
                    .toArray();
        }
    }

    long middle() {
        return shape.middle;
    }

    long[] prices(Side side) {
        return prices[side.ordinal()];
    }

    private long price(Side side) {
        final double magnitude = Math.log(shape.reachTicks) * Math.pow(random.nextDouble(), 0.25);
        final long ticks = 1 + (long) Math.exp(magnitude);
        return Math.max(1, side == Side.BID ? shape.middle - ticks : shape.middle + ticks);
    }

    /** The whole book, best prices first, as a snapshot brings it. Returns how many levels. */
    int load(OrderBook book) {
        book.clear();
        for (final Side side : Side.values()) {
            for (final long price : prices(side)) {
                book.set(side, price, 1 + (price & 1_023));
            }
        }
        return prices[0].length + prices[1].length;
    }

    /** A change of a level that was there once, of the nearer half mostly: gone, come or changed. */
    void change(OrderBook book) {
        final Side side = random.nextBoolean() ? Side.BID : Side.ASK;
        final long[] all = prices(side);
        final int place = (int) (all.length * Math.pow(random.nextDouble(), 4));
        book.set(side, all[place], random.nextInt(4) == 0 ? 0 : 1 + random.nextLong(1_000));
    }
}
