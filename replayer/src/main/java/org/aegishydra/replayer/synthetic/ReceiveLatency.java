package org.aegishydra.replayer.synthetic;

/**
 * How long after its event time a synthetic message is received: some hundred microseconds, now and then several
 * milliseconds; order is kept. Seeded. Used by one thread.
 */
public final class ReceiveLatency {
    private static final double MEDIAN_NS = 250_000;
    private static final double SIGMA = 0.35;
    private static final double SPIKE_PROBABILITY = 1.0 / 2_000;
    private static final double SPIKE_NS = 3_000_000;

    /** Messages of one connection are handed over one after the other. */
    private static final long LEAST_GAP_NS = 500;

    private final Draws draws;
    private long lastReceivedNs;

    public ReceiveLatency(long seed) {
        draws = Draws.stream(seed, SyntheticMarket.LATENCY, 0);
    }

    /** When a message of this event time is received; always after the one before it. */
    public long receivedNs(long eventTimeNs) {
        double latencyNs = draws.logNormal(MEDIAN_NS, SIGMA);
        if (draws.chance(SPIKE_PROBABILITY)) {
            latencyNs += SPIKE_NS * (1 + draws.exponential());
        }
        lastReceivedNs = Math.max(lastReceivedNs + LEAST_GAP_NS, eventTimeNs + (long) latencyNs);
        return lastReceivedNs;
    }
}
