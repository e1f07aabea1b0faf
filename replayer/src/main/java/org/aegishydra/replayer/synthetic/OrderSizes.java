package org.aegishydra.replayer.synthetic;

/**
 * How much rests on a level and how much a taker wants, in base increments: log-normal in money, larger near the touch,
 * as measured in a recording of 2026; now and then a round number, as people type them. Used by one thread.
 */
final class OrderSizes {
    /** Levels this close to the touch show the pressure. */
    private static final int NEAR_LEVELS = 25;

    private static final int MIDDLE_LEVELS = 300;

    private static final double NEAR_MEDIAN_MONEY = 4_000;
    private static final double NEAR_SIGMA = 1.2;
    private static final double MIDDLE_MEDIAN_MONEY = 1_500;
    private static final double MIDDLE_SIGMA = 1.5;
    private static final double FAR_MEDIAN_MONEY = 50;
    private static final double FAR_SIGMA = 2.0;
    private static final double TAKER_MEDIAN_MONEY = 60;
    private static final double TAKER_SIGMA = 2.0;
    private static final double MAX_MONEY = 5_000_000;
    private static final double PRESSURE_WEIGHT = 0.9;
    private static final double ROUND_PROBABILITY = 0.15;

    private final Draws draws;
    private final double incrementsPerMoney;

    /** @param incrementsPerMoney base increments that one unit of the quote currency buys at the start price. */
    OrderSizes(Draws draws, double incrementsPerMoney) {
        this.draws = draws;
        this.incrementsPerMoney = incrementsPerMoney;
    }

    /**
     * The size of a level.
     *
     * @param rank its distance from the touch in levels.
     * @param support the pressure as this side feels it: over 0 makes its levels heavier.
     */
    long resting(int rank, double support) {
        if (rank >= MIDDLE_LEVELS) {
            return increments(draws.logNormal(FAR_MEDIAN_MONEY, FAR_SIGMA));
        }
        if (rank >= NEAR_LEVELS) {
            return increments(draws.logNormal(MIDDLE_MEDIAN_MONEY, MIDDLE_SIGMA));
        }
        final double lean = StrictMath.exp(PRESSURE_WEIGHT * support);
        return increments(draws.logNormal(NEAR_MEDIAN_MONEY * lean, NEAR_SIGMA));
    }

    long taking() {
        return increments(draws.logNormal(TAKER_MEDIAN_MONEY, TAKER_SIGMA));
    }

    private long increments(double money) {
        final long size = Math.max(1, (long) (StrictMath.min(money, MAX_MONEY) * incrementsPerMoney));
        return draws.chance(ROUND_PROBABILITY) ? round(size) : size;
    }

    /** Cuts a number down to its first two digits. */
    private static long round(long size) {
        long unit = 1;
        while (size / unit >= 100) {
            unit *= 10;
        }
        return size / unit * unit;
    }
}
