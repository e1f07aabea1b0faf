package org.aegishydra.core.coinbase;

import org.aegishydra.core.latency.HotPath;
import org.agrona.DirectBuffer;

/**
 * The text of a non-negative decimal as a mantissa times ten to the power of minus a scale from 0 to
 * {@link Decimals#MAX_SCALE}, exact or not at all. Zeros at the end count as what they are worth: nothing behind the
 * point, and before an exponent as part of it. Used by one thread.
 */
@HotPath
final class JsonDecimal {
    private static final String NO_NUMBER = "not a number";

    /** Beyond what the digits of a message could make up for. */
    private static final long MAX_EXPONENT = 10_000_000_000L;

    private long mantissa;
    private int scale;

    /** Zeros read that no other digit followed so far; not in the mantissa. */
    private int zeros;

    private boolean fits;

    long mantissa() {
        return mantissa;
    }

    int scale() {
        return scale;
    }

    /** Reads a number. Returns null, or why the text is none. */
    String parse(DirectBuffer text, int offset, int length) {
        final int limit = offset + length;
        mantissa = 0;
        zeros = 0;
        fits = true;
        int at = digits(text, offset, limit);
        if (at == offset) {
            return NO_NUMBER;
        }
        int decimals = 0;
        if (at < limit && text.getByte(at) == '.') {
            final int from = at + 1;
            at = digits(text, from, limit);
            decimals = at - from;
            if (decimals == 0) {
                return NO_NUMBER;
            }
        }
        long exponent = 0;
        if (at < limit) {
            if ((text.getByte(at) | 0x20) != 'e') {
                return NO_NUMBER;
            }
            exponent = exponent(text, at + 1, limit);
            if (exponent == Long.MIN_VALUE) {
                return NO_NUMBER;
            }
        }
        return place(decimals - zeros - exponent);
    }

    private int digits(DirectBuffer text, int from, int limit) {
        int at = from;
        for (; at < limit; at++) {
            final int digit = text.getByte(at) - '0';
            if (digit < 0 || digit > 9) {
                break;
            }
            if (digit == 0) {
                zeros++;
            } else {
                append(digit);
            }
        }
        return at;
    }

    private void append(int digit) {
        for (; zeros > 0; zeros--) {
            timesTenPlus(0);
        }
        timesTenPlus(digit);
    }

    private void timesTenPlus(int digit) {
        if (mantissa > (Long.MAX_VALUE - digit) / 10) {
            fits = false;
        } else {
            mantissa = mantissa * 10 + digit;
        }
    }

    private static long exponent(DirectBuffer text, int from, int limit) {
        int at = from;
        final boolean negative = at < limit && text.getByte(at) == '-';
        if (negative || (at < limit && text.getByte(at) == '+')) {
            at++;
        }
        if (at == limit) {
            return Long.MIN_VALUE;
        }
        long exponent = 0;
        for (; at < limit; at++) {
            final int digit = text.getByte(at) - '0';
            if (digit < 0 || digit > 9) {
                return Long.MIN_VALUE;
            }
            exponent = Math.min(exponent * 10 + digit, MAX_EXPONENT);
        }
        return negative ? -exponent : exponent;
    }

    private String place(long decimals) {
        scale = 0;
        if (mantissa == 0 && fits) {
            return null;
        }
        if (decimals > Decimals.MAX_SCALE) {
            return "a number with too many decimals";
        }
        for (long missing = -decimals; missing > 0 && fits; missing--) {
            timesTenPlus(0);
        }
        scale = (int) Math.max(decimals, 0);
        return fits ? null : "a number that does not fit";
    }
}
