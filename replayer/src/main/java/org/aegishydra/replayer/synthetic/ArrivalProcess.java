package org.aegishydra.replayer.synthetic;

/**
 * Self-exciting arrivals: a Hawkes process (Hawkes 1971) with an exponential kernel, so that events come in bursts.
 * Drawn exactly, without thinning (Dassios and Zhao 2013, algorithm 3.1). Used by one thread.
 */
final class ArrivalProcess {
    /** The share of events that another event set off. */
    private static final double BRANCHING_RATIO = 0.75;

    /** How fast a burst dies out, as a multiple of the mean rate: its events come about this much closer together. */
    private static final double DECAY_PER_MEAN_RATE = 10;

    private static final double NS_PER_SECOND = 1e9;

    private final Draws draws;
    private final double backgroundPerSecond;
    private final double decayPerSecond;
    private final double jumpPerSecond;
    private double excitationPerSecond;
    private double fractionNs;
    private long nextNs;

    ArrivalProcess(Draws draws, double meanPerSecond, long startNs) {
        this.draws = draws;
        backgroundPerSecond = meanPerSecond * (1 - BRANCHING_RATIO);
        decayPerSecond = meanPerSecond * DECAY_PER_MEAN_RATE;
        jumpPerSecond = BRANCHING_RATIO * decayPerSecond;
        excitationPerSecond = meanPerSecond * BRANCHING_RATIO;
        nextNs = startNs;
        advance();
    }

    /** When the next event comes. */
    long nextNs() {
        return nextNs;
    }

    /** Goes on to the event after it. */
    void advance() {
        double waitSeconds = draws.exponential() / backgroundPerSecond;
        if (excitationPerSecond > 0) {
            // The excitation alone may never bring another event: its integral to infinity is finite.
            final double left = 1 - decayPerSecond * draws.exponential() / excitationPerSecond;
            if (left > 0) {
                waitSeconds = Math.min(waitSeconds, -StrictMath.log(left) / decayPerSecond);
            }
        }
        excitationPerSecond = excitationPerSecond * StrictMath.exp(-decayPerSecond * waitSeconds) + jumpPerSecond;
        final double waitNs = waitSeconds * NS_PER_SECOND + fractionNs;
        final long wholeNs = (long) waitNs;
        fractionNs = waitNs - wholeNs;
        nextNs += wholeNs;
    }
}
