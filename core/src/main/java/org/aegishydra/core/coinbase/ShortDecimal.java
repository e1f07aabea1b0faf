package org.aegishydra.core.coinbase;

import org.aegishydra.core.latency.HotPath;

/**
 * A decimal of up to eight digits on either side of its point, from its text. No branch depends on how many digits there
 * are. Used by one thread.
 */
@HotPath
final class ShortDecimal {
    /** The finest scale in which eight digits before the point fit a {@code long} with those behind it. */
    static final int MAX_SCALE = 10;

    private int wholes;
    private long whole;
    private long fraction;
    private int decimals;
    private long end;
    private long errors;

    /** How many digits stand before the point. */
    int wholes() {
        return wholes;
    }

    /** How many digits stand behind the point. */
    int decimals() {
        return decimals;
    }

    /** The address behind the last digit. */
    long end() {
        return end;
    }

    /** Not zero if this was no such decimal. What stands behind it is not checked: unless that is a quote, nothing was read. */
    long errors() {
        return errors;
    }

    /** Reads what begins at an address in a message whose last eight bytes are at another, which is at most one byte before. */
    void read(long address, long lastWord) {
        final long before = MessageBytes.wordBefore(lastWord, address);
        wholes = Digits.leading(before);
        // All bits if a point follows, else none.
        final int pointed = Digits.ifPoint((int) (before >>> (wholes << 3)) & 0xFF);
        final long behindPoint = address + wholes - pointed;
        final long behind = MessageBytes.wordBefore(lastWord, behindPoint);
        decimals = Digits.leading(behind) & pointed;
        end = behindPoint + decimals;
        final long wholeValues = Digits.lastOf(before, wholes);
        final long fractionValues = Digits.lastOf(behind, decimals) & pointed;
        errors = Digits.errors(wholeValues, fractionValues);
        whole = Digits.number(wholeValues);
        fraction = Digits.number(fractionValues);
    }

    /**
     * What the decimal is worth in a scale of up to {@link #MAX_SCALE}, or {@link MarketDataListener#NO_VALUE} if it needs a
     * finer one.
     *
     * @param unit ten to the power of the scale.
     */
    long value(int scale, long unit) {
        final int missing = scale - decimals;
        return missing >= 0 ? whole * unit + fraction * Decimals.powerOfTen(missing) : coarser(unit, -missing);
    }

    private long coarser(long unit, int zeros) {
        final long power = Decimals.powerOfTen(zeros);
        final long kept = fraction / power;
        return kept * power == fraction ? whole * unit + kept : MarketDataListener.NO_VALUE;
    }
}
