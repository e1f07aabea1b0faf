package org.aegishydra.core.coinbase;

import java.math.BigDecimal;

/** Powers of ten and plain decimal text for fixed-point {@code long}s. Stateless. */
public final class Decimals {
    /** The most decimals of a fixed-point number. */
    public static final int MAX_SCALE = 18;

    private static final long[] POWERS = new long[MAX_SCALE + 1];
    private static final long[] LARGEST = new long[MAX_SCALE + 1];

    static {
        POWERS[0] = 1;
        LARGEST[0] = Long.MAX_VALUE;
        for (int i = 1; i <= MAX_SCALE; i++) {
            POWERS[i] = POWERS[i - 1] * 10;
            LARGEST[i] = Long.MAX_VALUE / POWERS[i];
        }
    }

    private Decimals() {}

    /** Ten to the power of an exponent from 0 to {@link #MAX_SCALE}. */
    public static long powerOfTen(int exponent) {
        return POWERS[exponent];
    }

    /** Whether a non-negative number times ten to this power fits a {@code long}. */
    public static boolean fits(long value, int exponent) {
        return exponent <= MAX_SCALE && value <= LARGEST[exponent];
    }

    /** Plain decimal text: no exponent, no trailing zeros. */
    public static String plain(long value, int scale) {
        final BigDecimal decimal = BigDecimal.valueOf(value, scale);
        return decimal.signum() == 0 ? "0" : decimal.stripTrailingZeros().toPlainString();
    }
}
