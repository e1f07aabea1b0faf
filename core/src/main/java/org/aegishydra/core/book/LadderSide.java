package org.aegishydra.core.book;

import org.aegishydra.core.coinbase.Side;
import org.aegishydra.core.latency.HotPath;

/**
 * One side of a {@link LadderOrderBook}: the levels of a window around the best price in {@link NearLevels}, all others in
 * {@link FarLevels}. Where the window lies and how wide it is decides how fast a level is found, and nothing else.
 *
 * <p>A level's key is its price in ticks on the bid side, and on the ask side how far that is below the largest
 * {@code long}: the better the larger, and never negative. A tick is the greatest common divisor of all prices that were
 * set since the side was empty; a price that is no multiple of it makes it finer, and all levels are set anew, 63 times at
 * most. In a snapshot that happens at the first few prices; in a book whose thousands of levels all lay on a coarser grid it
 * would take tens of milliseconds, once.
 *
 * <p>The window follows the best price a bounded number of steps a change: a step takes 64 keys in or out. It grows while
 * one set in 16 or more changes a level too deep for it, up to {@link NearLevels#MOST_KEYS}, and shrinks by half when
 * the side is cleared and there was none. Used by one thread.
 */
@HotPath
final class LadderSide {
    private static final int WORD_BITS = 6;

    /** One more than the index of the word that holds the largest key. */
    private static final long WORDS_OF_ALL_KEYS = 1L << (63 - WORD_BITS);

    /** The most words, and the most levels but for those of one word, that a change moves into the window or out of it. */
    private static final int MOST_MOVES = 64;

    private static final int MISSES_TO_GROW = 64;
    private static final long SETS_A_MISS_TO_GROW = 16;
    private static final long LEAST_SETS_TO_SHRINK = 1 << 12;

    private final long flip;
    private final FarLevels far = new FarLevels();
    private NearLevels near = new NearLevels(NearLevels.LEAST_KEYS);

    /** The window: keys from this one on, and how many; both are multiples of 64. */
    private long low;

    private long span;

    /** Whether the window is still on its way. */
    private boolean moving;

    private long best = KeyTree.NONE;

    /** 0 before there was a price but 0. A price times the inverse, turned right by the twos, is its number of ticks. */
    private long tick;

    private long inverse;
    private int twos;
    private long mostTicks;

    private long sets;
    private int misses;
    private long setsBeforeMisses;
    private boolean missed;

    /** Where levels are while they are set anew: few as a rule, and at every snapshot. */
    private long[] movedPrices = new long[64];

    private long[] movedSizes = new long[64];

    LadderSide(Side side) {
        flip = side == Side.BID ? 0 : Long.MAX_VALUE;
        setTick(0);
    }

    void clear() {
        if (near.keys() > NearLevels.LEAST_KEYS && sets >= LEAST_SETS_TO_SHRINK && !missed) {
            near = new NearLevels(near.keys() / 2);
        }
        sets = 0;
        misses = 0;
        setsBeforeMisses = 0;
        missed = false;
        far.reset();
        clearLevels();
        setTick(0);
    }

    private void clearLevels() {
        near.clear();
        far.clear();
        best = KeyTree.NONE;
        span = 0;
        moving = false;
    }

    int count() {
        return near.count() + far.count();
    }

    /** How many of them are in the window. */
    int nearCount() {
        return near.count();
    }

    long set(long price, long size) {
        long ticks = Long.rotateRight(price * inverse, twos);
        if (Long.compareUnsigned(ticks, mostTicks) > 0) {
            refineTick(price);
            ticks = price / tick;
        }
        final long key = ticks ^ flip;
        final long height = key - low;
        sets++;
        final long before;
        if (Long.compareUnsigned(height, span) < 0) {
            before = near.set(key, size);
        } else {
            before = setFar(key, size);
        }
        if (key >= best) {
            setBest(key, size);
        }
        return before;
    }

    private void setBest(long key, long size) {
        if (size != 0) {
            if (key == best) {
                return;
            }
            best = key;
        } else if (key == best) {
            best = below(key);
        }
        follow();
    }

    private long setFar(long key, long size) {
        final long before = far.set(key, size);
        // The levels of a snapshot are new; that most of them are far says nothing about what changes later.
        if (before != 0 && key < low && best - key < NearLevels.MOST_KEYS / 8 * 7) {
            missed = true;
            misses++;
            if (misses == MISSES_TO_GROW) {
                if (sets - setsBeforeMisses < MISSES_TO_GROW * SETS_A_MISS_TO_GROW) {
                    grow();
                }
                misses = 0;
                setsBeforeMisses = sets;
            }
        }
        // A key that is to be the best makes the window follow once it is.
        if (moving && key < best) {
            follow();
        }
        return before;
    }

    private void grow() {
        if (near.keys() == NearLevels.MOST_KEYS) {
            return;
        }
        final NearLevels larger = new NearLevels(2 * near.keys());
        for (long word = low >>> WORD_BITS; word < (low >>> WORD_BITS) + (span >>> WORD_BITS); word++) {
            near.copyTo(larger, word);
        }
        near = larger;
        moving = true;
    }

    /**
     * Moves the window some steps to where an eighth of it is above the best level, unless it is about there. Away from
     * the best price it shrinks first, and it grows again from its upper edge downwards.
     */
    private void follow() {
        if (best == KeyTree.NONE) {
            return;
        }
        final long words = near.words();
        final long bestWord = best >>> WORD_BITS;
        long lowWord = low >>> WORD_BITS;
        long spanWords = span >>> WORD_BITS;
        final long above = lowWord + spanWords - 1 - bestWord;
        if (!moving && spanWords == words && above >= words / 16 && above <= words / 4) {
            return;
        }
        final long targetHigh = Math.max(words, Math.min(bestWord + 1 + words / 8, WORDS_OF_ALL_KEYS));
        final long targetLow = targetHigh - words;
        if (near.count() == 0) {
            // Above the best level there is nothing to take in, so a window without levels begins there.
            lowWord = far.count() == 0 ? targetLow : bestWord + 1;
            spanWords = targetHigh - lowWord;
        }
        int moves = 0;
        boolean arrived = false;
        while (moves < MOST_MOVES && !arrived) {
            moves++;
            if (lowWord + spanWords > targetHigh && spanWords > 0) {
                spanWords--;
                moves += near.moveTo(far, lowWord + spanWords);
            } else if (lowWord < targetLow && spanWords > 0) {
                moves += near.moveTo(far, lowWord);
                lowWord++;
                spanWords--;
            } else if (spanWords == 0 && lowWord != targetHigh) {
                lowWord = targetHigh;
            } else if (lowWord + spanWords < targetHigh) {
                moves += near.takeFrom(far, lowWord + spanWords);
                spanWords++;
            } else if (lowWord > targetLow) {
                lowWord--;
                spanWords++;
                moves += near.takeFrom(far, lowWord);
            } else {
                arrived = true;
            }
        }
        moving = !arrived;
        low = lowWord << WORD_BITS;
        span = spanWords << WORD_BITS;
    }

    /** The largest present key below another; {@link KeyTree#NONE} if there is none. */
    private long below(long key) {
        final long height = key - low;
        if (height <= 0) {
            return far.below(key);
        }
        if (height > span && far.count() > 0) {
            final long above = far.below(key);
            if (above - low >= span) {
                return above;
            }
        }
        if (near.count() > 0) {
            final long inside = Math.min(height, span);
            final long distance = near.distanceBelow(low + inside);
            if (distance <= inside) {
                return low + inside - distance;
            }
        }
        return far.count() == 0 ? KeyTree.NONE : far.below(low);
    }

    private long size(long key) {
        return Long.compareUnsigned(key - low, span) < 0 ? near.size(key) : far.size(key);
    }

    private long price(long key) {
        return (key ^ flip) * tick;
    }

    private void setTick(long newTick) {
        tick = newTick;
        twos = newTick == 0 ? 0 : Long.numberOfTrailingZeros(newTick);
        mostTicks = newTick == 0 ? 0 : Long.MAX_VALUE / newTick;
        // Newton's iteration for the inverse of an odd number modulo 2^64, each round doubling the right bits.
        final long odd = newTick == 0 ? 1 : newTick >>> twos;
        inverse = odd;
        for (int bits = 3; bits < Long.SIZE; bits *= 2) {
            inverse *= 2 - odd * inverse;
        }
    }

    private void refineTick(long price) {
        final int count = count();
        if (count > movedPrices.length) {
            movedPrices = new long[2 * count];
            movedSizes = new long[2 * count];
        }
        top(count, movedPrices, movedSizes);
        clearLevels();
        setTick(greatestCommonDivisor(price, tick));
        for (int i = 0; i < count; i++) {
            set(movedPrices[i], movedSizes[i]);
        }
    }

    private static long greatestCommonDivisor(long a, long b) {
        long larger = a;
        long smaller = b;
        while (smaller != 0) {
            final long rest = larger % smaller;
            larger = smaller;
            smaller = rest;
        }
        return larger;
    }

    void rescale(long priceFactor, long sizeFactor) {
        // A tick that does not fit any more has no levels but one at the price 0, which has any tick.
        setTick(tick > Long.MAX_VALUE / priceFactor ? 0 : tick * priceFactor);
        if (sizeFactor != 1) {
            near.multiplySizes(sizeFactor);
            far.multiplySizes(sizeFactor);
        }
    }

    long bestPrice() {
        return best == KeyTree.NONE ? OrderBook.NO_PRICE : price(best);
    }

    long bestSize() {
        return best == KeyTree.NONE ? 0 : size(best);
    }

    int top(int limit, long[] prices, long[] sizes) {
        int copied = 0;
        for (long key = best; key != KeyTree.NONE && copied < limit; key = below(key)) {
            prices[copied] = price(key);
            sizes[copied] = size(key);
            copied++;
        }
        return copied;
    }
}
