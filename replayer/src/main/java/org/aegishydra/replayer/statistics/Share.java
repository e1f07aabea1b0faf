package org.aegishydra.replayer.statistics;

import org.hipparchus.distribution.continuous.BetaDistribution;

/** A share of trials, each of which came out one way or the other. Stateless. */
public final class Share {
    private Share() {}

    /**
     * The largest share that is compatible with what was seen: the upper end of the one-sided interval of Clopper and Pearson
     * (1934).
     *
     * @param hits how many came out that way.
     * @param trials how many there were, 1 at least.
     * @param confidence for example 0.95.
     */
    public static double upperBound(int hits, int trials, double confidence) {
        return hits >= trials
                ? 1
                : new BetaDistribution(hits + 1.0, (double) trials - hits).inverseCumulativeProbability(confidence);
    }
}
