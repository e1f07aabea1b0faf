package org.aegishydra.core.run;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.math.BigDecimal;
import java.math.BigInteger;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class Int128Test {
    private static final int CASES = 20_000;
    private static final BigInteger MAX = BigInteger.ONE.shiftLeft(127).subtract(BigInteger.ONE);
    private static final BigInteger MIN = BigInteger.ONE.shiftLeft(127).negate();
    private static final long[] EDGES = {
        0, 1, -1, 2, -2, 10, 6_508_366, Long.MAX_VALUE, Long.MIN_VALUE, Long.MAX_VALUE - 1, Long.MIN_VALUE + 1, 1L << 32
    };

    private final SplittableRandom random = new SplittableRandom(128);

    /** Numbers of every magnitude, and often one at an edge. */
    private long next() {
        return random.nextInt(4) == 0 ? EDGES[random.nextInt(EDGES.length)] : random.nextLong() >> random.nextInt(64);
    }

    private static Int128 of(BigInteger value) {
        final Int128 number = new Int128();
        number.set(value.shiftRight(64).longValueExact(), value.longValue());
        return number;
    }

    private static BigInteger valueOf(Int128 number) {
        return number.toBigDecimal(0).toBigIntegerExact();
    }

    private static boolean fits(BigInteger value) {
        return value.compareTo(MIN) >= 0 && value.compareTo(MAX) <= 0;
    }

    @Test
    void shouldSumProductsAsExactArithmeticDoes() {
        Int128 number = new Int128();
        BigInteger expected = BigInteger.ZERO;
        int overflows = 0;
        for (int i = 0; i < CASES; i++) {
            final long a = next();
            final long b = next();
            final boolean adds = random.nextBoolean();
            final BigInteger product = BigInteger.valueOf(a).multiply(BigInteger.valueOf(b));
            final BigInteger sum = adds ? expected.add(product) : expected.subtract(product);
            final Int128 now = number;
            if (fits(sum)) {
                change(now, adds, a, b);
                expected = sum;
            } else {
                assertThrows(ArithmeticException.class, () -> change(now, adds, a, b));
                overflows++;
            }
            assertEquals(expected, valueOf(number), "after " + a + " times " + b);
            if (i % 100 == 99) {
                // Starts at another place, now and then right beside the end of the range.
                expected = random.nextBoolean() ? BigInteger.valueOf(next()) : random.nextBoolean() ? MAX : MIN;
                number = of(expected);
            }
        }
        assertEquals(true, overflows > 100, "overflows among the cases: " + overflows);
    }

    private static void change(Int128 number, boolean adds, long a, long b) {
        if (adds) {
            number.addProduct(a, b);
        } else {
            number.subtractProduct(a, b);
        }
    }

    @Test
    void shouldMultiplyAsExactArithmeticDoes() {
        for (int i = 0; i < CASES; i++) {
            final BigInteger value = BigInteger.valueOf(next()).multiply(BigInteger.valueOf(next()));
            final long factor = next();
            final BigInteger product = value.multiply(BigInteger.valueOf(factor));
            final Int128 number = of(value);
            if (fits(product)) {
                number.multiply(factor);
                assertEquals(product, valueOf(number));
            } else {
                assertThrows(ArithmeticException.class, () -> number.multiply(factor));
                assertEquals(value, valueOf(number), "unchanged by what does not fit");
            }
        }
    }

    @Test
    void shouldBeTheNearestDoubleOrOneNextToIt() {
        for (int i = 0; i < CASES; i++) {
            final BigInteger value = BigInteger.valueOf(next()).multiply(BigInteger.valueOf(next()));
            final double nearest = value.doubleValue();
            assertEquals(nearest, of(value).toDouble(), Math.ulp(nearest), value.toString());
        }
    }

    @ParameterizedTest
    @ValueSource(longs = {0, 1, -1, -5, 123_456_789, -123_456_789, -6_508_366_000_000L, Long.MIN_VALUE})
    void shouldBeExactAsADoubleWhereADoubleIs(long value) {
        assertEquals((double) value, of(BigInteger.valueOf(value)).toDouble());
    }

    @Test
    void shouldGiveTheExactDecimal() {
        final Int128 cash = new Int128();
        cash.subtractProduct(6_508_366, 6_500_000_000_000L);
        assertEquals(new BigDecimal("-4230437900.0000000000"), cash.toBigDecimal(10));
        cash.set(0, -1);
        assertEquals(new BigDecimal("1844674407370955.1615"), cash.toBigDecimal(4), "the low half has no sign");
    }

    @Test
    void shouldCopyAnother() {
        final Int128 copy = new Int128();
        copy.set(of(MIN));
        assertEquals(MIN, valueOf(copy));
        assertEquals(Long.MIN_VALUE, copy.high());
        assertEquals(0, copy.low());
    }
}
