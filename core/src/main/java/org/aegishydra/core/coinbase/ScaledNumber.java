package org.aegishydra.core.coinbase;

import org.aegishydra.core.latency.HotPath;

/**
 * A decimal of up to eight digits on either side of its point, read as a whole multiple of ten to the power of minus a given scale.
 * No branch depends on how many digits there are. Used by one thread.
 */
@HotPath
final class ScaledNumber {
    /** So that eight digits before the point fit a {@code long} with it. */
    private static final int MAX_SCALE = 10;

    private static final int POINT_BIT = 2;

    private int scale;
    private long unit;
    private long always;
    private long value;
    private long end;
    private long errors;

    void scale(int newScale) {
        scale = newScale;
        unit = Decimals.powerOfTen(newScale);
        always = newScale > MAX_SCALE ? 1 : 0;
    }

    /** What the number is worth, if there is no error. */
    long value() {
        return value;
    }

    /** The address behind the last digit. */
    long end() {
        return end;
    }

    /**
     * Not zero if this was no such number, or one that needs a finer scale. What stands behind it is not checked: unless that is a
     * quote, nothing was read.
     */
    long errors() {
        return errors;
    }

    /** Reads what begins at an address in a message whose last eight bytes are at another, which is at most one byte before. */
    void read(long address, long lastWord) {
        final long before = MessageBytes.wordBefore(lastWord, address);
        final int wholes = Digits.leading(before);
        final int mark = (int) (before >>> (wholes << 3)) & 0xFF;
        // Of a point and a quote, the point has this bit.
        final int pointed = (mark >>> POINT_BIT) & 1;
        final long behindPoint = address + wholes + pointed;
        final long behind = MessageBytes.wordBefore(lastWord, behindPoint);
        final int decimals = Digits.leading(behind);
        final long wholeValues = Digits.lastOf(before, wholes);
        final long decimalValues = Digits.lastOf(behind, decimals) & -pointed;
        end = behindPoint + decimals;
        // Without a point there is nothing behind it, and what looks like one must be one.
        final int misplaced = pointed == 0 ? decimals : mark ^ '.';
        errors = Digits.errors(wholeValues) | Digits.errors(decimalValues) | misplaced | always;
        final int missing = scale - decimals;
        final long fraction = Digits.number(decimalValues);
        value = Digits.number(wholeValues) * unit
                + (missing >= 0 ? fraction * Decimals.powerOfTen(missing) : withoutZeros(fraction, -missing));
    }

    private long withoutZeros(long fraction, int digits) {
        final long power = Decimals.powerOfTen(digits);
        final long quotient = fraction / power;
        errors |= fraction - quotient * power;
        return quotient;
    }
}
