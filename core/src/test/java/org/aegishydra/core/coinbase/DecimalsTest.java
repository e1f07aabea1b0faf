package org.aegishydra.core.coinbase;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.math.BigDecimal;
import java.math.BigInteger;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class DecimalsTest {
    private static final BigInteger LARGEST = BigInteger.valueOf(Long.MAX_VALUE);

    /** Numbers of any length up to 63 bits, the short ones as often as the long ones. */
    private static long randomNumber(SplittableRandom random) {
        return random.nextLong() >>> (1 + random.nextInt(63));
    }

    @Test
    void shouldKnowThePowersOfTen() {
        for (int exponent = 0; exponent <= Decimals.MAX_SCALE; exponent++) {
            assertEquals(BigInteger.TEN.pow(exponent), BigInteger.valueOf(Decimals.powerOfTen(exponent)));
        }
    }

    @Test
    void shouldSayExactlyWhichProductsFit() {
        final SplittableRandom random = new SplittableRandom(1);
        for (int i = 0; i < 100_000; i++) {
            final int exponent = random.nextInt(Decimals.MAX_SCALE + 1);
            final long edge = Long.MAX_VALUE / Decimals.powerOfTen(exponent);
            final long value =
                    random.nextBoolean() ? randomNumber(random) : edge + (exponent > 0 ? random.nextInt(2) : 0);
            final boolean expected = BigInteger.valueOf(value)
                            .multiply(BigInteger.TEN.pow(exponent))
                            .compareTo(LARGEST)
                    <= 0;
            assertEquals(
                    expected, Decimals.fits(value, exponent), () -> value + " times ten to the power of " + exponent);
        }
        assertEquals(false, Decimals.fits(1, Decimals.MAX_SCALE + 1));
    }

    @Test
    void shouldPrintTheSameNumberPlainly() {
        final SplittableRandom random = new SplittableRandom(2);
        for (int i = 0; i < 100_000; i++) {
            final long value = randomNumber(random);
            final int scale = random.nextInt(Decimals.MAX_SCALE + 1);
            final String plain = Decimals.plain(value, scale);
            assertEquals(0, BigDecimal.valueOf(value, scale).compareTo(new BigDecimal(plain)), plain);
            assertEquals(-1, plain.indexOf('E'), plain);
            assertEquals(false, plain.indexOf('.') >= 0 && plain.endsWith("0"), plain);
        }
    }

    @ParameterizedTest
    @CsvSource({
        "0, 0, 0",
        "0, 8, 0",
        "6508366, 2, 65083.66",
        "6508300, 2, 65083",
        "6500000, 2, 65000",
        "1, 18, 0.000000000000000001",
        "9223372036854775807, 0, 9223372036854775807",
        "9223372036854775807, 18, 9.223372036854775807",
        "-150, 2, -1.5"
    })
    void shouldPrintNeitherExponentsNorTrailingZeros(long value, int scale, String plain) {
        assertEquals(plain, Decimals.plain(value, scale));
    }
}
