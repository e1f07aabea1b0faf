package org.aegishydra.replayer.statistics;

import static org.junit.jupiter.api.Assertions.assertEquals;

import org.hipparchus.distribution.discrete.BinomialDistribution;
import org.junit.jupiter.api.Test;

class ShareTest {
    @Test
    void shouldBoundAShareThatWasNeverSeenAsTheRuleOfThreeDoes() {
        // As many misses as were seen have a chance of one in twenty.
        assertEquals(1 - Math.pow(0.05, 1.0 / 100), Share.upperBound(0, 100, 0.95), 1e-9);
        assertEquals(1, Share.upperBound(100, 100, 0.95));
    }

    @Test
    void shouldBeTheShareWithWhichSoFewHitsHaveTheErrorsChance() {
        final double bound = Share.upperBound(7, 60, 0.95);
        assertEquals(0.05, new BinomialDistribution(60, bound).cumulativeProbability(7), 1e-9);
    }
}
