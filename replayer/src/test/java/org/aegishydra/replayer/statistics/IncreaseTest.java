package org.aegishydra.replayer.statistics;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.Arrays;
import java.util.Random;
import org.hipparchus.stat.inference.TTest;
import org.junit.jupiter.api.Test;

class IncreaseTest {
    private static final double ERROR = 0.001;
    private static final double[] BEFORE = {100, 101, 99, 100, 102, 98, 100, 101};
    private static final double[] TENTH_MORE = {110, 111, 109, 110, 112, 108, 110, 111};

    private static Increase of(double[] before, double[] after, double tolerance) {
        return Increase.of(before, after, tolerance, ERROR);
    }

    @Test
    void shouldCallAnIncreaseShownOnlyBeyondTheTolerance() {
        assertTrue(of(BEFORE, TENTH_MORE, 0).pValue() < 1e-6);
        assertFalse(of(BEFORE, TENTH_MORE, 0.15).pValue() < 0.5);
        assertEquals(1.1, of(BEFORE, TENTH_MORE, 0).ratio(), 0.001);
        assertTrue(of(TENTH_MORE, BEFORE, 0).pValue() > 0.999, "an improvement is no failure");
    }

    @Test
    void shouldGiveThePValueOfWelchsTest() {
        final double[] after = {120, 90, 130, 110, 150, 99};
        final double twoSided = new TTest()
                .tTest(
                        Arrays.stream(BEFORE).map(Math::log).toArray(),
                        Arrays.stream(after).map(Math::log).toArray());
        assertEquals(twoSided / 2, of(BEFORE, after, 0).pValue(), 1e-12);
        assertEquals(1 - twoSided / 2, of(after, BEFORE, 0).pValue(), 1e-12);
    }

    /** Both sides have as much variance: 14 degrees of freedom, whose quantiles are 3.78739 and 0.868055. */
    @Test
    void shouldSayWhatItCouldHaveFound() {
        final double[] logs = {0.1, -0.1, 0.1, -0.1, 0.1, -0.1, 0.1, -0.1};
        final double[] figures = Arrays.stream(logs).map(Math::exp).toArray();
        final double standardError = Math.sqrt(2 * (0.08 / 7) / 8);
        assertEquals(
                Math.exp((3.78739 + 0.868055) * standardError) - 1,
                of(figures, figures, 0).smallest(),
                1e-5);
        assertEquals(
                1.15 * Math.exp((3.78739 + 0.868055) * standardError) - 1,
                of(figures, figures, 0.15).smallest(),
                1e-5);
    }

    @Test
    void shouldFindInFourOfFiveComparisonsWhatItSaysThatItCould() {
        final Random random = new Random(7);
        final int comparisons = 2_000;
        double smallest = 0;
        for (int i = 0; i < comparisons; i++) {
            smallest += of(drawn(random, 0), drawn(random, 0), 0.15).smallest() / comparisons;
        }
        int found = 0;
        for (int i = 0; i < comparisons; i++) {
            found += of(drawn(random, 0), drawn(random, Math.log1p(smallest)), 0.15)
                                    .pValue()
                            <= ERROR
                    ? 1
                    : 0;
        }
        assertEquals(0.8, found / (double) comparisons, 0.08);
    }

    private static double[] drawn(Random random, double meanLog) {
        final double[] figures = new double[10];
        for (int i = 0; i < figures.length; i++) {
            figures[i] = Math.exp(meanLog + 0.1 * random.nextGaussian());
        }
        return figures;
    }

    @Test
    void shouldJudgeFiguresThatNeverVary() {
        final double[] one = {1, 1, 1};
        assertEquals(0, of(one, new double[] {2, 2, 2}, 0.15).pValue());
        assertEquals(1, of(one, one, 0).pValue());
        assertEquals(1, of(one, new double[] {1.1, 1.1, 1.1}, 0.15).pValue());
        assertEquals(0.15, of(one, one, 0.15).smallest());
    }
}
