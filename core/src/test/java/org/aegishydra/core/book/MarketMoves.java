package org.aegishydra.core.book;

import java.util.Arrays;
import java.util.EnumMap;
import java.util.Map;
import java.util.SplittableRandom;
import org.aegishydra.core.coinbase.Side;

/**
 * A market that tries to lose a book its levels: it drifts, jumps, collapses to one tick and rises a thousandfold, empties
 * its sides, sets a level far from all others, comes with a finer price, and again and again changes what lies deep.
 * Deterministic; used by one thread.
 */
final class MarketMoves {
    private static final int REMEMBERED = 2_048;

    /** From prices without a common divisor to such as most multiples of a tick are left out. */
    private static final long[] UNITS = {1, 1, 5, 64, 100, 4_096, 1_000_000};

    private final long seed;
    private final SplittableRandom random;
    private final long[][] remembered = new long[2][REMEMBERED];
    private final Map<Move, Integer> seen = new EnumMap<>(Move.class);

    private ComparedBook book;
    private Move move = Move.DRIFT;
    private long unit;
    private long middle;
    private long largest;

    private enum Move {
        DRIFT,
        JUMP,
        COLLAPSE,
        RISE_THOUSANDFOLD,
        EMPTY_A_SIDE,
        LONE_LEVEL,
        FINER_PRICE,
        RESCALE,
        SNAPSHOT,
        DEEP_CHANGES
    }

    MarketMoves(long seed) {
        this.seed = seed;
        this.random = new SplittableRandom(seed);
    }

    boolean hasMadeEveryMove() {
        return seen.size() == Move.values().length;
    }

    @Override
    public String toString() {
        return "seed " + seed + ", moves " + seen + ", now " + move + " at " + middle + " in units of " + unit;
    }

    /** A snapshot of a new market, and some moves. */
    void nextEpisode(ComparedBook compared) {
        book = compared;
        book.clear();
        unit = UNITS[random.nextInt(UNITS.length)];
        middle = unit * (1 + random.nextLong(1L << random.nextInt(1, 28)));
        largest = 0;
        snapshot();
        for (int moves = random.nextInt(1, 12); moves > 0; moves--) {
            move = Move.values()[random.nextInt(Move.values().length)];
            seen.merge(move, 1, Integer::sum);
            make();
            trade(random.nextInt(600));
        }
        book.compareAll();
    }

    private void make() {
        switch (move) {
            case DRIFT -> drift();
            case JUMP -> middle += unit * random.nextLong(1L << random.nextInt(1, 34));
            case COLLAPSE -> middle = unit;
            case RISE_THOUSANDFOLD -> middle = middle > Long.MAX_VALUE / 4_000 ? unit : middle * 1_000;
            case EMPTY_A_SIDE -> empty(side());
            case LONE_LEVEL -> loneLevel();
            case FINER_PRICE -> {
                unit = Math.max(1, unit / (random.nextBoolean() ? unit : 10));
                set(side(), middle + 1);
            }
            case RESCALE -> {
                if (largest < Long.MAX_VALUE / 10 && middle < Long.MAX_VALUE / 100_000) {
                    final boolean ofPrices = random.nextBoolean();
                    book.rescale(ofPrices ? 10 : 1, random.nextBoolean() ? 10 : 1);
                    rescaled(ofPrices ? 10 : 1);
                }
            }
            case SNAPSHOT -> {
                book.clear();
                snapshot();
            }
            case DEEP_CHANGES -> deepChanges();
            default -> throw new AssertionError(move);
        }
        // Of a market that goes up far enough nothing is left but to begin again.
        if (middle <= 0 || middle > Long.MAX_VALUE / 2) {
            middle = unit * 1_000;
        }
    }

    private void rescaled(long factor) {
        unit *= factor;
        middle *= factor;
        largest *= factor;
        for (final long[] prices : remembered) {
            for (int i = 0; i < prices.length; i++) {
                prices[i] = prices[i] > Long.MAX_VALUE / factor ? 0 : prices[i] * factor;
            }
        }
        if (unit > Long.MAX_VALUE / (1L << 32)) {
            unit = 1;
        }
    }

    private Side side() {
        return random.nextBoolean() ? Side.BID : Side.ASK;
    }

    private void set(Side side, long price) {
        setSize(side, price, random.nextInt(5) < 2 ? 0 : 1 + random.nextLong(1_000));
    }

    private void setSize(Side side, long price, long size) {
        final long[] prices = remembered[side.ordinal()];
        prices[random.nextInt(prices.length)] = price;
        largest = Math.max(largest, price);
        book.set(side, price, size);
        book.compareTouch();
    }

    /** Near the middle mostly, sometimes as far away as prices go, mostly where a level was before. */
    private long price(Side side) {
        if (random.nextInt(3) > 0) {
            return remembered[side.ordinal()][random.nextInt(REMEMBERED)];
        }
        final long distance = unit * random.nextLong(1L << random.nextInt(1, random.nextInt(10) == 0 ? 40 : 18));
        final long price = side == Side.BID ? middle - distance : middle + distance;
        return price < 0 || distance < 0 ? 0 : price;
    }

    private void trade(int changes) {
        for (int i = 0; i < changes; i++) {
            final Side side = side();
            set(side, price(side));
            if (random.nextInt(64) == 0) {
                book.compareTop(random.nextInt(20));
            }
        }
    }

    /** Best first, with prices that come twice and sizes of 0, or in no order. */
    private void snapshot() {
        for (final Side side : Side.values()) {
            final long stepTicks = 1L << random.nextInt(12);
            final int levels = random.nextInt(500);
            long price = middle;
            for (int i = 0; i < levels; i++) {
                setSize(side, Math.max(0, price), random.nextInt(40) == 0 ? 0 : 1 + i);
                final long step = unit * random.nextLong(stepTicks + 1);
                price += side == Side.BID ? -step : step;
            }
        }
    }

    /** By a tick, or by a stretch that no window's edge is safe from. */
    private void drift() {
        final long step = unit * (1L << random.nextInt(20)) * (random.nextBoolean() ? 1 : -1);
        for (int i = random.nextInt(200); i > 0 && middle + step > 0 && middle < Long.MAX_VALUE / 2; i--) {
            middle += step;
            set(Side.BID, middle);
            set(Side.ASK, middle + unit);
            if (random.nextBoolean() && book.levels(Side.BID) > 0) {
                setSize(Side.BID, book.bestPrice(Side.BID), 0);
            }
            if (random.nextBoolean() && book.levels(Side.ASK) > 0) {
                setSize(Side.ASK, book.bestPrice(Side.ASK), 0);
            }
        }
    }

    private void empty(Side side) {
        while (book.levels(side) > 0) {
            setSize(side, book.bestPrice(side), 0);
        }
    }

    private void loneLevel() {
        final long[] prices = {0, 1, Long.MAX_VALUE, Long.MAX_VALUE - 1, Long.MAX_VALUE - 4_096, 1L << 62, unit};
        final long price = prices[random.nextInt(prices.length)];
        final Side side = side();
        setSize(side, price, 7);
        trade(random.nextInt(20));
        if (random.nextInt(4) > 0) {
            setSize(side, price, 0);
        }
    }

    /** Levels at some depth are changed until the book has made up its mind about them. */
    private void deepChanges() {
        final long[] deep = new long[32];
        Arrays.setAll(deep, i -> Math.max(0, middle - unit * random.nextLong(1L << random.nextInt(10, 20))));
        for (int i = 0; i < 1_500; i++) {
            setSize(Side.BID, deep[random.nextInt(deep.length)], 1 + i);
        }
    }
}
