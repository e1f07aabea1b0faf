package org.aegishydra.replayer.synthetic;

/**
 * Where the book's quotes gather: a price that nobody sees. A hidden pressure (an Ornstein-Uhlenbeck process with unit
 * variance) pushes it and shows in the book first, so that an imbalance near the touch tells something about the next
 * seconds; noise moves it too, and it comes back to its start over some minutes. Where
 * it drifts, so does what it comes back to. The touch does not follow every step of it. Used by one thread.
 */
final class FairPrice {
    private static final double PRESSURE_SECONDS = 8;
    private static final double DRIFT_BPS_PER_SECOND = 0.5;
    private static final double NOISE_BPS_PER_ROOT_SECOND = 0.3;
    private static final double REVERSION_SECONDS = 600;
    private static final double NS_PER_SECOND = 1e9;
    private static final double SECONDS_PER_MINUTE = 60;
    private static final double BPS = 1e-4;

    /** A gap without messages moves the price as if it had been this long. */
    private static final double LONGEST_STEP_SECONDS = 5;

    private final Draws draws;
    private final double startTicks;
    private final double trendPerSecond;
    private final double stickinessBps;
    private double pressure;
    private double offsetBps;
    private double trend;
    private double quotedTicks;

    /**
     * A price at its start.
     *
     * @param trendBpsPerMinute how fast it drifts, below 0 downwards; 0 for not at all.
     * @param stickinessBps how far it goes before the quotes follow.
     */
    FairPrice(Draws draws, long startTicks, double trendBpsPerMinute, double stickinessBps) {
        this.draws = draws;
        this.startTicks = startTicks;
        this.stickinessBps = stickinessBps;
        trendPerSecond = trendBpsPerMinute * BPS / SECONDS_PER_MINUTE;
        pressure = draws.gaussian();
        quotedTicks = startTicks;
    }

    void advance(long elapsedNs) {
        final double seconds = Math.min(LONGEST_STEP_SECONDS, elapsedNs / NS_PER_SECOND);
        final double kept = StrictMath.exp(-seconds / PRESSURE_SECONDS);
        offsetBps += DRIFT_BPS_PER_SECOND * pressure * seconds
                + NOISE_BPS_PER_ROOT_SECOND * StrictMath.sqrt(seconds) * draws.gaussian()
                - offsetBps * seconds / REVERSION_SECONDS;
        trend += trendPerSecond * seconds;
        final double ticks = startTicks * StrictMath.exp(trend) * (1 + offsetBps * BPS);
        if (Math.abs(ticks - quotedTicks) > stickinessBps * BPS * quotedTicks) {
            quotedTicks = ticks;
        }
        pressure = pressure * kept + StrictMath.sqrt(1 - kept * kept) * draws.gaussian();
    }

    /** The price in quote increments, as the quotes last followed it. */
    double ticks() {
        return quotedTicks;
    }

    /** Over 0: buyers are stronger. Standard deviation 1. */
    double pressure() {
        return pressure;
    }
}
