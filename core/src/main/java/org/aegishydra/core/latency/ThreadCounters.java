package org.aegishydra.core.latency;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;

/**
 * What Linux counts of a thread: how long it was ready to run and had no CPU, how long it waited for a block device, and the
 * page faults that it took (proc(5), {@code schedstat} and {@code stat}). Made by the thread that it is about, so that the
 * kernel knows which one is meant; read by one thread, best by another one: a reading takes microseconds. It allocates
 * nothing.
 *
 * <p>Where the kernel does not tell, all counters stay {@link #UNKNOWN}; the delay of block devices does where {@code
 * kernel.task_delayacct} is off, as it is by default.
 */
public final class ThreadCounters implements AutoCloseable {
    /** A counter that the kernel does not keep. */
    public static final long UNKNOWN = -1;

    /** How many counters {@link #copyTo} copies. */
    static final int COUNT = 4;

    /** Where {@link #copyTo} puts {@link #runDelayNs()}; block delay, minor and major faults follow. */
    static final int RUN_DELAY_NS = 0;

    private static final Path THREAD = Path.of("/proc/thread-self");
    private static final Path DELAY_ACCOUNTING = Path.of("/proc/sys/kernel/task_delayacct");

    /** Block delay is counted in clock ticks (USER_HZ), of which Linux shows 100 a second on every architecture of ours. */
    private static final long TICK_NS = 10_000_000L;

    private static final int BUFFER_BYTES = 1024;

    /** Places in {@code stat}, counted from the state, the first field behind the name. */
    private static final int MINOR_FAULTS = 7;

    private static final int MAJOR_FAULTS = 9;
    private static final int BLOCK_DELAY_TICKS = 39;

    private final FileChannel schedstat;
    private final FileChannel stat;
    private final boolean countsBlockDelay;
    private final ByteBuffer text = ByteBuffer.allocateDirect(BUFFER_BYTES);
    private long runDelayNs = UNKNOWN;
    private long blockDelayNs = UNKNOWN;
    private long minorFaults = UNKNOWN;
    private long majorFaults = UNKNOWN;

    private ThreadCounters(FileChannel schedstat, FileChannel stat, boolean countsBlockDelay) {
        this.schedstat = schedstat;
        this.stat = stat;
        this.countsBlockDelay = countsBlockDelay;
    }

    /** The counters of the calling thread, read once. */
    public static ThreadCounters ofThisThread() {
        FileChannel schedstat = null;
        FileChannel stat = null;
        try {
            schedstat = FileChannel.open(THREAD.resolve("schedstat"), StandardOpenOption.READ);
            stat = FileChannel.open(THREAD.resolve("stat"), StandardOpenOption.READ);
        } catch (final IOException e) {
            // Another kernel, or one that tells less: what was opened is read, the rest stays unknown.
        }
        final ThreadCounters counters = new ThreadCounters(schedstat, stat, countsBlockDelay());
        counters.read();
        return counters;
    }

    private static boolean countsBlockDelay() {
        try {
            return Files.readString(DELAY_ACCOUNTING).trim().equals("1");
        } catch (final IOException e) {
            return false;
        }
    }

    /** Reads the counters as they are now. */
    public void read() {
        if (fill(schedstat)) {
            number();
            runDelayNs = number();
        }
        if (fill(stat)) {
            skipName();
            for (int field = 0; field <= BLOCK_DELAY_TICKS; field++) {
                final long value = number();
                if (field == MINOR_FAULTS) {
                    minorFaults = value;
                } else if (field == MAJOR_FAULTS) {
                    majorFaults = value;
                } else if (field == BLOCK_DELAY_TICKS && countsBlockDelay) {
                    blockDelayNs = value * TICK_NS;
                }
            }
        }
    }

    private boolean fill(FileChannel file) {
        if (file == null) {
            return false;
        }
        text.clear();
        try {
            final int length = file.read(text, 0);
            text.flip();
            return length > 0;
        } catch (final IOException e) {
            text.limit(0);
            return false;
        }
    }

    /** A thread's name stands in parentheses and may hold any characters, these among them. */
    private void skipName() {
        int at = text.limit() - 1;
        while (at > 0 && text.get(at) != ')') {
            at--;
        }
        text.position(at + 1);
    }

    /** The next field; 0 for one that is no number. */
    private long number() {
        while (text.hasRemaining() && text.get(text.position()) <= ' ') {
            text.get();
        }
        long value = 0;
        while (text.hasRemaining()) {
            final byte character = text.get();
            if (character <= ' ') {
                break;
            }
            value = character >= '0' && character <= '9' ? value * 10 + character - '0' : 0;
        }
        return value;
    }

    /** How long the thread was ready and had no CPU, in ns since it began. */
    public long runDelayNs() {
        return runDelayNs;
    }

    /** How long the thread waited for a block device, in ns since it began, in steps of 10 ms. */
    public long blockDelayNs() {
        return blockDelayNs;
    }

    /** Page faults that needed no reading from a device. */
    public long minorFaults() {
        return minorFaults;
    }

    /** Page faults that waited for a device. */
    public long majorFaults() {
        return majorFaults;
    }

    /** Copies the {@value #COUNT} counters into an array. */
    void copyTo(long[] values) {
        values[RUN_DELAY_NS] = runDelayNs;
        values[RUN_DELAY_NS + 1] = blockDelayNs;
        values[RUN_DELAY_NS + 2] = minorFaults;
        values[RUN_DELAY_NS + 3] = majorFaults;
    }

    @Override
    public void close() {
        try {
            if (schedstat != null) {
                schedstat.close();
            }
            if (stat != null) {
                stat.close();
            }
        } catch (final IOException e) {
            throw new java.io.UncheckedIOException("cannot close the thread's counters", e);
        }
    }
}
