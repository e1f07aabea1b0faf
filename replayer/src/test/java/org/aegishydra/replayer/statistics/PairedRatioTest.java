package org.aegishydra.replayer.statistics;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.Random;
import org.junit.jupiter.api.Test;

class PairedRatioTest {
    private static final double[] ONES = {1, 1, 1, 1};

    /** The differences of the logarithms are 0.1 to 0.4: mean 0.25, t = 3.873 with 3 degrees of freedom. */
    private static final double[] RISING = {Math.exp(0.1), Math.exp(0.2), Math.exp(0.3), Math.exp(0.4)};

    @Test
    void shouldGiveTheFiguresOfAPairedTTestOnLogarithms() {
        final PairedRatio ratio = PairedRatio.of(ONES, RISING);
        assertEquals(Math.exp(0.25), ratio.ratio(), 1e-12);
        assertEquals(0.03047, ratio.pValue(), 1e-5);
        assertEquals(Math.exp(0.25 - 3.18245 * 0.0645497), ratio.low(0.05), 1e-5);
        assertEquals(Math.exp(0.25 + 3.18245 * 0.0645497), ratio.high(0.05), 1e-5);
        assertEquals(2.0 / 16, ratio.signFlipPValue());
        assertTrue(ratio.isConfirmed(0.01), "four rounds cannot agree better");
        assertFalse(
                PairedRatio.of(ONES, new double[] {2, 2, 2, 0.999}).isConfirmed(0.01),
                "where the error is out of reach, all have to agree");
    }

    @Test
    void shouldBeTheSameTheOtherWayRound() {
        final PairedRatio there = PairedRatio.of(ONES, RISING);
        final PairedRatio back = PairedRatio.of(RISING, ONES);
        assertEquals(1 / there.ratio(), back.ratio(), 1e-12);
        assertEquals(there.pValue(), back.pValue(), 1e-12);
        assertEquals(there.roundsNeeded(0.01), back.roundsNeeded(0.01));
    }

    @Test
    void shouldSayHowManyRoundsWouldShowWhatWasSeen() {
        final PairedRatio ratio = PairedRatio.of(ONES, RISING);
        final int needed = ratio.roundsNeeded(0.01);
        assertTrue(needed > 4 && needed < 20, "rounds " + needed);
        assertTrue(ratio.smallestEffect(0.01) > ratio.ratio() - 1, "four rounds do not suffice");
        assertEquals(
                -1,
                PairedRatio.of(ONES, new double[] {1.1, 1 / 1.1, 1.2, 1 / 1.2}).roundsNeeded(0.01));
    }

    @Test
    void shouldClaimNothingWhereNothingDiffers() {
        final PairedRatio none = PairedRatio.of(ONES, ONES);
        assertEquals(1, none.ratio());
        assertEquals(1, none.pValue());
        final PairedRatio exact = PairedRatio.of(ONES, new double[] {2, 2, 2, 2});
        assertEquals(2, exact.ratio(), 1e-12);
        assertEquals(exact.signFlipPValue(), exact.pValue(), "Student's t has nothing to judge by");
    }

    @Test
    void shouldNotTakeCountsForMoreExactThanTheyCanBe() {
        final double[] doubled = {2, 2, 2, 2};
        assertTrue(PairedRatio.of(ONES, doubled, 1).pValue() > 0.1, "one event more in each of four rounds");
        assertTrue(PairedRatio.of(ONES, doubled, 0.01).pValue() < 1e-4, "10,000 events more");
        assertEquals(
                PairedRatio.of(ONES, RISING).pValue(),
                PairedRatio.of(ONES, RISING, 0.01).pValue(),
                "they vary more");
    }

    @Test
    void shouldRefuseFiguresThatHaveNoRatio() {
        assertThrows(IllegalArgumentException.class, () -> PairedRatio.of(ONES, new double[] {1, 1, 0, 1}));
        assertThrows(IllegalArgumentException.class, () -> PairedRatio.of(ONES, new double[] {1, 1, 1}));
        assertThrows(IllegalArgumentException.class, () -> PairedRatio.of(new double[2], new double[2]));
    }

    /** As a verification does it: four figures, ten rounds, equal sides whose noise has a heavy tail. */
    @Test
    void shouldSeldomClaimADifferenceBetweenEqualSides() {
        final Random random = new Random(7);
        final int verifications = 4_000;
        int wrong = 0;
        for (int i = 0; i < verifications; i++) {
            final PairedRatio[] ratios = new PairedRatio[4];
            final double[] pValues = new double[4];
            for (int metric = 0; metric < 4; metric++) {
                ratios[metric] = PairedRatio.of(noisy(random, metric), noisy(random, metric));
                pValues[metric] = ratios[metric].pValue();
            }
            final double[] adjusted = Holm.adjusted(pValues);
            boolean claimed = false;
            for (int metric = 0; metric < 4; metric++) {
                claimed |= adjusted[metric] <= 0.01 && ratios[metric].isConfirmed(0.01);
            }
            wrong += claimed ? 1 : 0;
        }
        assertTrue(wrong <= verifications * 0.013, wrong + " of " + verifications);
    }

    private static double[] noisy(Random random, int metric) {
        final double[] figures = new double[10];
        for (int round = 0; round < figures.length; round++) {
            final double spike = random.nextInt(5) == 0 ? random.nextDouble() * metric : 0;
            figures[round] = Math.exp(0.1 * random.nextGaussian() + spike);
        }
        return figures;
    }

    @Test
    void shouldCorrectSeveralClaimsAsHolmDid() {
        assertArrayEquals(new double[] {0.03, 0.06, 0.06, 0.02}, Holm.adjusted(0.01, 0.04, 0.03, 0.005), 1e-12);
        assertArrayEquals(new double[] {1, 1}, Holm.adjusted(0.7, 0.9));
        assertArrayEquals(new double[] {}, Holm.adjusted());
    }
}
