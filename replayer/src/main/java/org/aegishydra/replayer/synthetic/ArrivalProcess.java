package org.aegishydra.replayer.synthetic;

/**
 * Self-exciting arrivals, so that events come in bursts: a Hawkes process (Hawkes 1971) whose kernel is a sum of two
 * exponentials, a fast one for what answers at once and a slow one for busy seconds, as short forms of the slowly
 * decaying kernels that are measured in markets (Hardiman, Bercot and Bouchaud 2013; Bacry, Mastromatteo and Muzy 2015).
 * An event excites by a heavy-tailed mark: most hardly, one in ten thousand a burst of over a hundred times the mean rate.
 *
 * <p>Drawn exactly, without thinning (Dassios and Zhao 2013, algorithm 3.1): between events the intensity is a sum of
 * independent ones, so the next event is the earliest of theirs. Used by one thread.
 */
final class ArrivalProcess {
    /** The share of events that other events set off, by kernel. */
    private static final double[] BRANCHING_RATIOS = {0.3, 0.2};

    /** How fast what a kernel excites dies out, as a multiple of the mean rate. */
    private static final double[] DECAYS_PER_MEAN_RATE = {30, 0.02};

    /** Tail of the marks: Pareto, cut off. */
    private static final double MARK_ALPHA = 1.3;

    private static final double MAX_MARK = 2_000;

    private static final double NS_PER_SECOND = 1e9;

    private final Draws draws;
    private final double backgroundPerSecond;
    private final double[] decaysPerSecond;
    private final double[] jumpsPerSecond;
    private final double[] excitationsPerSecond;
    private double fractionNs;
    private long nextNs;

    ArrivalProcess(Draws draws, double meanPerSecond, long startNs) {
        this.draws = draws;
        final int kernels = BRANCHING_RATIOS.length;
        decaysPerSecond = new double[kernels];
        jumpsPerSecond = new double[kernels];
        excitationsPerSecond = new double[kernels];
        double background = meanPerSecond;
        for (int k = 0; k < kernels; k++) {
            decaysPerSecond[k] = meanPerSecond * DECAYS_PER_MEAN_RATE[k];
            jumpsPerSecond[k] = BRANCHING_RATIOS[k] * decaysPerSecond[k];
            excitationsPerSecond[k] = meanPerSecond * BRANCHING_RATIOS[k];
            background -= excitationsPerSecond[k];
        }
        backgroundPerSecond = background;
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
        for (int k = 0; k < decaysPerSecond.length; k++) {
            // The excitation alone may never bring another event: its integral to infinity is finite.
            final double left = 1 - decaysPerSecond[k] * draws.exponential() / excitationsPerSecond[k];
            if (left > 0) {
                waitSeconds = Math.min(waitSeconds, -StrictMath.log(left) / decaysPerSecond[k]);
            }
        }
        final double mark = draws.cutPareto(MARK_ALPHA, MAX_MARK);
        for (int k = 0; k < decaysPerSecond.length; k++) {
            final double kept = StrictMath.exp(-decaysPerSecond[k] * waitSeconds);
            excitationsPerSecond[k] = excitationsPerSecond[k] * kept + jumpsPerSecond[k] * mark;
        }
        final double waitNs = waitSeconds * NS_PER_SECOND + fractionNs;
        final long wholeNs = (long) waitNs;
        fractionNs = waitNs - wholeNs;
        nextNs += wholeNs;
    }
}
