package org.aegishydra.core.latency;

import java.util.concurrent.locks.LockSupport;
import org.HdrHistogram.Histogram;

/**
 * The machine's own noise: a thread that sleeps a millisecond at a time and records by how much it wakes late (the idea of
 * Gil Tene's jHiccup). A latency below this floor says nothing about the program. Start, then stop; not restartable.
 */
public final class NoiseFloor implements AutoCloseable {
    private static final long INTERVAL_NS = 1_000_000L;
    private static final long MAX_NS = 60_000_000_000L;

    private final Histogram lateness = new Histogram(MAX_NS, 3);
    private final Thread thread = new Thread(this::measure, "noise-floor");
    private volatile boolean running = true;

    /** Starts measuring. */
    public NoiseFloor start() {
        thread.setDaemon(true);
        thread.start();
        return this;
    }

    private void measure() {
        while (running) {
            final long beforeNs = System.nanoTime();
            LockSupport.parkNanos(INTERVAL_NS);
            final long lateNs = System.nanoTime() - beforeNs - INTERVAL_NS;
            lateness.recordValue(Math.min(Math.max(lateNs, 0), MAX_NS));
        }
    }

    /** Stops measuring and returns the lateness of the wake-ups. */
    public LatencyFigures stop() {
        running = false;
        LockSupport.unpark(thread);
        try {
            thread.join();
        } catch (final InterruptedException e) {
            Thread.currentThread().interrupt();
        }
        return LatencyFigures.of(lateness);
    }

    @Override
    public void close() {
        stop();
    }
}
