package org.aegishydra.replayer.verify;

import java.util.Locale;
import org.aegishydra.replayer.trial.Trial;

/** Tells on standard error how far a verification has come. */
final class TrialTelling implements Verification.Progress {
    private static final double NS_PER_US = 1e3;

    private double secondsPerTrial;
    private double measured;
    private int trials;

    /** What is planned: where the time left comes from until trials tell better. */
    void schedule(Schedule schedule, int contenders) {
        secondsPerTrial = schedule.roundSeconds() / contenders;
        measured = 0;
        trials = 0;
    }

    @Override
    public void onTrial(int done, int all, Trial trial) {
        measured += trial.wallSeconds();
        trials++;
        final double left = Math.max(secondsPerTrial, measured / trials) * (all - done);
        System.err.printf(
                Locale.ROOT,
                "trial %d%s: %-9s mean %.1f µs, p99 %.1f µs, max %.1f µs, %d spikes in %,d steps, digest %s%s%n",
                done,
                all == 0 ? "" : " of " + all,
                trial.variant(),
                trial.latency().meanNs() / NS_PER_US,
                trial.latency().p99Ns() / NS_PER_US,
                trial.latency().maxNs() / NS_PER_US,
                trial.spikes(),
                trial.steps(),
                trial.digest(),
                all > done ? String.format(Locale.ROOT, "; %.0f s left", left) : "");
    }
}
