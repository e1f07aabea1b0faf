package org.aegishydra.core.latency;

import java.util.List;

/**
 * What was seen of the platform while a thread ran, to explain the times at which that thread was late. A cause is named
 * only if it covers at least half of the time; faults, whose length nobody measures, only if nothing else does. Not changed
 * once it is made.
 */
public final class StallWitnesses {
    private final List<Safepoint> safepoints;
    private final List<StallWindow> windows;

    /**
     * Witnesses of one thread.
     *
     * @param safepoints of its JVM.
     * @param windows of the {@link NoiseFloor} beside it.
     */
    public StallWitnesses(List<Safepoint> safepoints, List<StallWindow> windows) {
        this.safepoints = List.copyOf(safepoints);
        this.windows = List.copyOf(windows);
    }

    /** Why a thread was late from one time to another, on the clock of {@link System#nanoTime()}. */
    public StallCause explain(long fromNs, long toNs) {
        final long halfNs = (toNs - fromNs) / 2;
        long stoodStillNs = 0;
        for (final Safepoint safepoint : safepoints) {
            stoodStillNs += Math.max(0, Math.min(safepoint.endNs(), toNs) - Math.max(safepoint.beginNs(), fromNs));
        }
        if (stoodStillNs >= halfNs) {
            return StallCause.SAFEPOINT;
        }
        long runDelayNs = 0;
        long blockDelayNs = 0;
        long controlLateNs = 0;
        long offCpuNs = 0;
        for (final StallWindow window : windows) {
            if (window.overlaps(fromNs, toNs)) {
                final long sharedNs = Math.min(window.endNs(), toNs) - Math.max(window.beginNs(), fromNs);
                runDelayNs += sharedDelayNs(window, window.runDelayNs(), fromNs, toNs);
                blockDelayNs += sharedDelayNs(window, window.blockDelayNs(), fromNs, toNs);
                offCpuNs += Math.min(Math.max(0, window.offCpuNs()), sharedNs);
                controlLateNs += Math.max(
                        0, Math.min(window.endNs(), toNs) - Math.max(window.endNs() - window.controlLateNs(), fromNs));
            }
        }
        if (runDelayNs >= halfNs) {
            return StallCause.RUN_DELAY;
        }
        if (blockDelayNs >= halfNs) {
            return StallCause.BLOCK_DELAY;
        }
        if (controlLateNs >= halfNs) {
            return StallCause.CONTROL_THREAD;
        }
        if (offCpuNs >= halfNs) {
            return StallCause.OFF_CPU;
        }
        return faults(fromNs, toNs) > 0 ? StallCause.PAGE_FAULTS : StallCause.UNEXPLAINED;
    }

    /** How many page faults the thread took from one time to another, and as many more as in the windows at both ends. */
    public long faults(long fromNs, long toNs) {
        long faults = 0;
        for (final StallWindow window : windows) {
            if (window.overlaps(fromNs, toNs)) {
                faults += Math.max(0, window.minorFaults()) + Math.max(0, window.majorFaults());
            }
        }
        return faults;
    }

    /**
     * The most of a delay that can lie in the time. The kernel counts a delay when it ends, so one that is longer than its window
     * began before that; when in its window a shorter one was, is not known.
     */
    private static long sharedDelayNs(StallWindow window, long delayNs, long fromNs, long toNs) {
        final long beganNs = Math.min(window.beginNs(), window.endNs() - delayNs);
        final long sharedNs = Math.min(window.endNs(), toNs) - Math.max(beganNs, fromNs);
        return Math.min(Math.max(0, delayNs), Math.max(0, sharedNs));
    }
}
