package org.aegishydra.core.latency;

import java.lang.management.GarbageCollectorMXBean;
import java.lang.management.ManagementFactory;
import java.lang.management.ThreadMXBean;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.locks.LockSupport;
import org.HdrHistogram.Histogram;

/**
 * The machine's own noise: a thread that sleeps a millisecond at a time and records by how much it wakes late (the idea of
 * Gil Tene's jHiccup). A latency below this floor says nothing about the program; so a wake-up that this JVM's own collection
 * held up is not recorded. At each wake-up it also reads the {@link ThreadCounters} of the thread that it watches, from
 * outside, so that the watched one pays nothing; what happened to that one is kept as {@link StallWindow}s. Start, then stop;
 * not restartable.
 */
public final class NoiseFloor implements AutoCloseable {
    private static final long INTERVAL_NS = 1_000_000L;
    private static final long MAX_NS = 60_000_000_000L;

    /** Below this, a window holds what every wake-up and every time slice takes. */
    private static final long NOTABLE_NS = 100_000L;

    /** The latest ones are kept: 16 seconds of a machine on which there is always something, hours of a quiet one. */
    private static final int MAX_WINDOWS = 1 << 14;

    /** Two minutes beside a thread that never sleeps, whose every time slice is a window on a busy machine. */
    private static final int MAX_WINDOWS_OF_BUSY_THREAD = 1 << 17;

    private static final int FIELDS = 4 + ThreadCounters.COUNT;
    private static final ThreadMXBean THREADS = ManagementFactory.getThreadMXBean();
    private static final List<GarbageCollectorMXBean> COLLECTORS = ManagementFactory.getGarbageCollectorMXBeans();

    private final Histogram lateness = new Histogram(MAX_NS, 3);
    private final int maxWindows;
    private final long[] windows;
    private final Thread thread = new Thread(this::measure, "noise-floor");
    private final ThreadCounters watched;

    /** Of the watched thread, if it is one that never sleeps; else 0. */
    private final long busyThreadId;

    private final long[] before = new long[ThreadCounters.COUNT];
    private final long[] now = new long[ThreadCounters.COUNT];
    private final long[] changes = new long[ThreadCounters.COUNT];
    private long windowCount;
    private volatile boolean running = true;

    private NoiseFloor(ThreadCounters watched, long busyThreadId, int maxWindows) {
        this.watched = watched;
        this.busyThreadId = busyThreadId;
        this.maxWindows = maxWindows;
        this.windows = new long[maxWindows * FIELDS];
    }

    /** Measures the machine's noise, and watches what the platform does to the calling thread. */
    public static NoiseFloor beside() {
        return start(new NoiseFloor(ThreadCounters.ofThisThread(), 0, MAX_WINDOWS));
    }

    /** The same beside a thread that never sleeps: whenever it does not run, that was not its own will. */
    public static NoiseFloor besideBusyThread() {
        return start(new NoiseFloor(
                ThreadCounters.ofThisThread(), Thread.currentThread().getId(), MAX_WINDOWS_OF_BUSY_THREAD));
    }

    private static NoiseFloor start(NoiseFloor floor) {
        floor.thread.setDaemon(true);
        floor.thread.start();
        return floor;
    }

    private void measure() {
        final TimerSlack slack = TimerSlack.least();
        try {
            measureUntilStopped();
        } finally {
            slack.close();
        }
    }

    private void measureUntilStopped() {
        long fromNs = System.nanoTime();
        long collections = collections();
        watched.copyTo(before);
        long cpuNs = cpuTimeNs();
        boolean last;
        do {
            // Whatever happened before the stop is read once more.
            last = !running;
            final long sleptNs = System.nanoTime();
            LockSupport.parkNanos(INTERVAL_NS);
            final long nowNs = System.nanoTime();
            final long lateNs = Math.min(Math.max(nowNs - sleptNs - INTERVAL_NS, 0), MAX_NS);
            final long collectionsNow = collections();
            if (collectionsNow == collections) {
                lateness.recordValue(lateNs);
            }
            collections = collectionsNow;
            watched.read();
            watched.copyTo(now);
            final long cpuNowNs = cpuTimeNs();
            keepIfNotable(fromNs, nowNs, lateNs, cpuNowNs < 0 ? cpuNowNs : cpuNowNs - cpuNs);
            cpuNs = cpuNowNs;
            System.arraycopy(now, 0, before, 0, now.length);
            fromNs = nowNs;
        } while (!last);
    }

    /** One that held this thread up was counted before it let it go on. */
    private static long collections() {
        long collections = 0;
        for (int i = 0; i < COLLECTORS.size(); i++) {
            collections += COLLECTORS.get(i).getCollectionCount();
        }
        return collections;
    }

    /** Below zero if it is not known, or not asked for. */
    private long cpuTimeNs() {
        return busyThreadId == 0 ? ThreadCounters.UNKNOWN : THREADS.getThreadCpuTime(busyThreadId);
    }

    private void keepIfNotable(long fromNs, long toNs, long lateNs, long ranNs) {
        boolean notable = lateNs >= NOTABLE_NS;
        for (int i = 0; i < now.length; i++) {
            final boolean known = now[i] != ThreadCounters.UNKNOWN;
            changes[i] = known ? now[i] - before[i] : ThreadCounters.UNKNOWN;
            notable |= changes[i] >= (i == ThreadCounters.RUN_DELAY_NS ? NOTABLE_NS : 1);
        }
        long offCpuNs = ThreadCounters.UNKNOWN;
        if (ranNs >= 0) {
            offCpuNs = Math.max(0, toNs - fromNs - ranNs - Math.max(0, changes[ThreadCounters.RUN_DELAY_NS]));
            notable |= offCpuNs >= NOTABLE_NS;
        }
        if (notable) {
            final int at = (int) (windowCount % maxWindows) * FIELDS;
            windows[at] = fromNs;
            windows[at + 1] = toNs;
            windows[at + 2] = lateNs;
            windows[at + 3] = offCpuNs;
            System.arraycopy(changes, 0, windows, at + 4, changes.length);
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

    /** What the platform did to the watched thread, in order of time, the latest windows; once stopped. */
    public List<StallWindow> windows() {
        final List<StallWindow> kept = new ArrayList<>();
        for (long i = forgottenWindows(); i < windowCount; i++) {
            final int at = (int) (i % maxWindows) * FIELDS;
            kept.add(new StallWindow(
                    windows[at],
                    windows[at + 1],
                    windows[at + 2],
                    windows[at + 4],
                    windows[at + 5],
                    windows[at + 6],
                    windows[at + 7],
                    windows[at + 3]));
        }
        return kept;
    }

    /** How many windows were forgotten, because there were more than are kept; once stopped. */
    public long forgottenWindows() {
        return Math.max(0, windowCount - maxWindows);
    }

    @Override
    public void close() {
        stop();
        watched.close();
    }
}
