package org.aegishydra.replayer.synthetic;

/**
 * How far from the touch a book's levels lie: dense near it, sparser behind. In quote increments. Immutable.
 */
final class DepthProfile {
    private static final int NEAR_LEVELS = 170;

    private final double nearGapTicks;
    private final double farGapTicks;
    private final double nearMeanTicks;
    private final double farMeanTicks;

    DepthProfile(ProductTraits traits, long startTicks) {
        nearGapTicks = traits.nearGapBps() * 1e-4 * startTicks;
        farGapTicks = traits.farGapBps() * 1e-4 * startTicks;
        nearMeanTicks = meanOfWholeTicks(nearGapTicks);
        farMeanTicks = meanOfWholeTicks(farGapTicks);
    }

    /** The mean of {@link #drawGap}: an exponential cut down to whole ticks is geometric. */
    private static double meanOfWholeTicks(double gapTicks) {
        return 1 + 1 / StrictMath.expm1(1 / gapTicks);
    }

    /** Draws the gap behind a level. */
    long drawGap(Draws draws, int rank) {
        return 1 + (long) (draws.exponential() * (rank < NEAR_LEVELS ? nearGapTicks : farGapTicks));
    }

    double meanGap(int rank) {
        return rank < NEAR_LEVELS ? nearMeanTicks : farMeanTicks;
    }

    /** The mean distance of a level from the touch. */
    double distance(int rank) {
        final int near = Math.min(rank, NEAR_LEVELS);
        return near * nearMeanTicks + (rank - near) * farMeanTicks;
    }
}
