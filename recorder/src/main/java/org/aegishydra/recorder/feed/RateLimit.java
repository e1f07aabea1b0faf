package org.aegishydra.recorder.feed;

import java.util.Arrays;
import java.util.concurrent.TimeUnit;

/** At most so many events in any second. Used by one thread. */
final class RateLimit {
    private static final long PERIOD_NS = TimeUnit.SECONDS.toNanos(1);

    private final long[] lastNs;
    private int next;

    RateLimit(int eventsPerSecond, long nowNs) {
        lastNs = new long[eventsPerSecond];
        Arrays.fill(lastNs, nowNs - PERIOD_NS);
    }

    /** Whether an event may happen now. */
    boolean allows(long nowNs) {
        return nowNs - lastNs[next] >= PERIOD_NS;
    }

    /** An event happened. */
    void note(long nowNs) {
        lastNs[next] = nowNs;
        next = (next + 1) % lastNs.length;
    }
}
