package org.aegishydra.recorder.feed;

import java.time.Duration;
import java.util.random.RandomGenerator;

/**
 * How long to wait before the next attempt: twice as long after each failure, up to a limit, and in each case a random
 * part of it less, so that many clients do not come back at once. For one thread.
 */
public final class BackOff {
    /**
     * The bounds of the waiting time.
     *
     * @param first the longest wait after the first failure.
     * @param longest the longest wait at all.
     */
    public record Limits(Duration first, Duration longest) {
        /** For Coinbase, which takes eight connections a second. */
        public static final Limits DEFAULT = new Limits(Duration.ofMillis(500), Duration.ofSeconds(30));
    }

    private static final long GOOD_AFTER_MS = 10_000;

    private final Limits limits;
    private final RandomGenerator random;
    private int failures;

    BackOff(Limits limits, RandomGenerator random) {
        this.limits = limits;
        this.random = random;
    }

    /** The wait after one more failure: between half and all of the doubled time. */
    long nextDelayMs() {
        final long doubled = limits.first().toMillis() << Math.min(failures, 20);
        failures++;
        final long ceiling = Math.max(1, Math.min(doubled, limits.longest().toMillis()));
        return ceiling - random.nextLong(ceiling / 2 + 1);
    }

    /** All is well: the next failure is a first one. */
    void reset() {
        failures = 0;
    }

    /** A connection that lived this long was no failure. */
    long goodAfterMs() {
        return Math.min(GOOD_AFTER_MS, limits.longest().toMillis());
    }
}
