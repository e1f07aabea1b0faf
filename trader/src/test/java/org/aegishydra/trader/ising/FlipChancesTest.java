package org.aegishydra.trader.ising;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.math.BigDecimal;
import java.math.MathContext;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class FlipChancesTest {
    private static final MathContext DIGITS = new MathContext(60);
    private static final BigDecimal ONE = new BigDecimal(2).pow(63);
    private static final BigDecimal TOLERANCE = BigDecimal.ONE.divide(new BigDecimal(2).pow(50));

    @ParameterizedTest
    @CsvSource({
        "2.27, 0",
        "2.27, 0.5",
        "2.27, -0.5",
        "1.5, 0",
        "2, 0.001",
        "3, -2.5",
        "0.7, 5",
        "100, -0.3",
        "2.27, 2",
        "2.27, -4"
    })
    void shouldBeExactToFiftyBinaryPlaces(double temperature, double field) {
        final FlipChances chances = new FlipChances(temperature);
        chances.setField(field);
        for (int n = 0; n < FlipChances.CLASSES; n++) {
            final BigDecimal local = new BigDecimal(field).add(new BigDecimal(2 * n - 4));
            final BigDecimal cost =
                    local.abs().multiply(BigDecimal.valueOf(2)).divide(new BigDecimal(temperature), DIGITS);
            final BigDecimal found = new BigDecimal(chances.chance(n)).divide(ONE);
            assertTrue(
                    found.subtract(expOfMinus(cost)).abs().compareTo(TOLERANCE) < 0,
                    "with " + n + " neighbours up: " + found);
            assertEquals(local.signum() < 0 ? -1 : 0, chances.downwards(n));
            long joined = 0;
            for (int place = 0; place < FlipChances.PLACES; place++) {
                final long word = chances.place(n, place);
                assertTrue(word == 0 || word == -1);
                joined = 2 * joined - word;
            }
            assertEquals(chances.chance(n), joined);
        }
    }

    /** By its series, after the argument was halved until that converges fast. */
    private static BigDecimal expOfMinus(BigDecimal value) {
        final int halvings = 12;
        final BigDecimal small = value.negate().divide(new BigDecimal(1 << halvings), DIGITS);
        BigDecimal sum = BigDecimal.ONE;
        BigDecimal term = BigDecimal.ONE;
        for (int i = 1; i < 60; i++) {
            term = term.multiply(small).divide(new BigDecimal(i), DIGITS);
            sum = sum.add(term, DIGITS);
        }
        for (int i = 0; i < halvings; i++) {
            sum = sum.multiply(sum, DIGITS);
        }
        return sum;
    }
}
