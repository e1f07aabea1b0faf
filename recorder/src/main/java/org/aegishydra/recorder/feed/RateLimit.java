package org.aegishydra.recorder.feed;

import java.util.Arrays;
import java.util.concurrent.TimeUnit;

/** At most so many events in any second. Used by one thread. */
final class RateLimit {
    private static final long PERIOD_NS = TimeUnit.SECONDS.toNanos(1);

    private final long[] lastNs;
    private int next;

    RateLimit(int permitsPerSecond, long nowNs) {
        lastNs = new long[permitsPerSecond];
        Arrays.fill(lastNs, nowNs - PERIOD_NS);
    }

    /** Takes a permit if there is one now. */
    boolean tryAcquire(long nowNs) {
        if (nowNs - lastNs[next] < PERIOD_NS) {
            return false;
        }
        lastNs[next] = nowNs;
        next = (next + 1) % lastNs.length;
        return true;
    }
}
