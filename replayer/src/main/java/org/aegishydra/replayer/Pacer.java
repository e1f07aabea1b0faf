package org.aegishydra.replayer;

import java.util.concurrent.locks.LockSupport;
import java.util.function.BooleanSupplier;
import org.HdrHistogram.Histogram;
import org.aegishydra.core.latency.TimerSlack;

/**
 * Waits until each record of a paced replay is due, and keeps how late it was handed over against that. A record that came
 * due while the one before it was being handled is late because of who handles it; only of the others, which were waited
 * for, the lateness is the pacer's own. No decision depends on either. Used by one thread.
 */
final class Pacer implements AutoCloseable {
    private static final long LONGEST_SLEEP_NS = 100_000_000L;
    private static final long MAX_LATENESS_NS = 3_600_000_000_000L;

    private final Pace pace;
    private final long spinNs;
    private final BooleanSupplier stop;
    private final Histogram lateness = new Histogram(MAX_LATENESS_NS, 3);
    private final Histogram ownLateness = new Histogram(MAX_LATENESS_NS, 3);
    private TimerSlack slack;
    private long startNs;
    private long startEventNs;
    private boolean waited;
    private long waitedNs;

    /**
     * A pacer that has not started.
     *
     * @param stop asked while waiting.
     */
    Pacer(Pace pace, Waiting waiting, BooleanSupplier stop) {
        this.pace = pace;
        this.spinNs = waiting.spinNs();
        this.stop = stop;
    }

    /** The first record is due now. To be called by the thread that waits. */
    void start(long eventTimeNs) {
        slack = TimerSlack.least();
        startEventNs = eventTimeNs;
        startNs = System.nanoTime();
    }

    /** When a record is due, as {@link System#nanoTime()} tells time. */
    long dueNs(long eventTimeNs) {
        return startNs + pace.dueAfterNs(eventTimeNs - startEventNs);
    }

    /** Waits; returns false if the replay was told to stop before the record was due. */
    boolean awaitDue(long dueNs) {
        final long askedNs = System.nanoTime();
        long restNs = dueNs - askedNs;
        waited = restNs > 0;
        while (restNs > 0) {
            if (stop.getAsBoolean()) {
                return false;
            }
            if (restNs > spinNs) {
                LockSupport.parkNanos(Math.min(restNs - spinNs, LONGEST_SLEEP_NS));
            } else {
                Thread.onSpinWait();
            }
            restNs = dueNs - System.nanoTime();
        }
        final long lateNs = Math.min(-restNs, MAX_LATENESS_NS);
        lateness.recordValue(lateNs);
        if (waited) {
            ownLateness.recordValue(lateNs);
            waitedNs += dueNs - restNs - askedNs;
        }
        return true;
    }

    /** Whether the last record was not due yet when it was asked for. */
    boolean hasWaited() {
        return waited;
    }

    /** For how long it has waited, in all. */
    long waitedNs() {
        return waitedNs;
    }

    /** How late each record was handed over, in nanoseconds. */
    Histogram lateness() {
        return lateness;
    }

    /** The same of the records that were waited for. */
    Histogram ownLateness() {
        return ownLateness;
    }

    @Override
    public void close() {
        if (slack != null) {
            slack.close();
        }
    }
}
