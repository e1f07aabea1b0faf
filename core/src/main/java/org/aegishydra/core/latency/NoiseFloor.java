package org.aegishydra.core.latency;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.locks.LockSupport;
import org.HdrHistogram.Histogram;

/**
 * The machine's own noise: a thread that sleeps a millisecond at a time and records by how much it wakes late (the idea of
 * Gil Tene's jHiccup). A latency below this floor says nothing about the program. At each wake-up it also reads the
 * {@link ThreadCounters} of the thread that it watches, from outside, so that the watched one pays nothing; what happened
 * to that one is kept as {@link StallWindow}s. Start, then stop; not restartable.
 */
public final class NoiseFloor implements AutoCloseable {
    private static final long INTERVAL_NS = 1_000_000L;
    private static final long MAX_NS = 60_000_000_000L;

    /** Below this, a window holds what every wake-up and every time slice takes. */
    private static final long NOTABLE_NS = 100_000L;

    /** The latest ones are kept: 16 seconds of a machine on which there is always something, hours of a quiet one. */
    private static final int MAX_WINDOWS = 1 << 14;

    private static final int FIELDS = 3 + ThreadCounters.COUNT;

    private final Histogram lateness = new Histogram(MAX_NS, 3);
    private final long[] windows = new long[MAX_WINDOWS * FIELDS];
    private final Thread thread = new Thread(this::measure, "noise-floor");
    private final ThreadCounters watched;
    private final long[] before = new long[ThreadCounters.COUNT];
    private final long[] now = new long[ThreadCounters.COUNT];
    private final long[] changes = new long[ThreadCounters.COUNT];
    private long windowCount;
    private volatile boolean running = true;

    private NoiseFloor(ThreadCounters watched) {
        this.watched = watched;
    }

    /** Measures the machine's noise, and watches what the platform does to the calling thread. */
    public static NoiseFloor beside() {
        final NoiseFloor floor = new NoiseFloor(ThreadCounters.ofThisThread());
        floor.thread.setDaemon(true);
        floor.thread.start();
        return floor;
    }

    private void measure() {
        long fromNs = System.nanoTime();
        watched.copyTo(before);
        boolean last;
        do {
            // Whatever happened before the stop is read once more.
            last = !running;
            final long sleptNs = System.nanoTime();
            LockSupport.parkNanos(INTERVAL_NS);
            final long nowNs = System.nanoTime();
            final long lateNs = Math.min(Math.max(nowNs - sleptNs - INTERVAL_NS, 0), MAX_NS);
            lateness.recordValue(lateNs);
            watched.read();
            watched.copyTo(now);
            keepIfNotable(fromNs, nowNs, lateNs);
            System.arraycopy(now, 0, before, 0, now.length);
            fromNs = nowNs;
        } while (!last);
    }

    private void keepIfNotable(long fromNs, long toNs, long lateNs) {
        boolean notable = lateNs >= NOTABLE_NS;
        for (int i = 0; i < now.length; i++) {
            final boolean known = now[i] != ThreadCounters.UNKNOWN;
            changes[i] = known ? now[i] - before[i] : ThreadCounters.UNKNOWN;
            notable |= changes[i] >= (i == ThreadCounters.RUN_DELAY_NS ? NOTABLE_NS : 1);
        }
        if (notable) {
            final int at = (int) (windowCount % MAX_WINDOWS) * FIELDS;
            windows[at] = fromNs;
            windows[at + 1] = toNs;
            windows[at + 2] = lateNs;
            System.arraycopy(changes, 0, windows, at + 3, changes.length);
            windowCount++;
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

    /** The lateness of the wake-ups, in nanoseconds; once stopped. */
    public Histogram lateness() {
        return lateness;
    }

    /** What the platform did to the watched thread, in order of time, the latest 16,384 windows; once stopped. */
    public List<StallWindow> windows() {
        final List<StallWindow> kept = new ArrayList<>();
        for (long i = Math.max(0, windowCount - MAX_WINDOWS); i < windowCount; i++) {
            final int at = (int) (i % MAX_WINDOWS) * FIELDS;
            kept.add(new StallWindow(
                    windows[at],
                    windows[at + 1],
                    windows[at + 2],
                    windows[at + 3],
                    windows[at + 4],
                    windows[at + 5],
                    windows[at + 6]));
        }
        return kept;
    }

    /** How many windows were forgotten, because there were more than are kept; once stopped. */
    public long forgottenWindows() {
        return Math.max(0, windowCount - MAX_WINDOWS);
    }

    @Override
    public void close() {
        stop();
        watched.close();
    }
}
