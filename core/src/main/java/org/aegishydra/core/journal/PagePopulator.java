package org.aegishydra.core.journal;

import java.io.IOException;
import java.nio.file.FileStore;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import java.util.function.Consumer;
import net.openhft.chronicle.bytes.MappedBytesStore;
import net.openhft.chronicle.core.io.ReferenceOwner;
import net.openhft.posix.PosixAPI;

/**
 * A thread that brings the pages that an appender will write next into its mapping, so that the kernel finds room on the
 * disk and in memory for them before the appender comes there, and not while it waits.
 *
 * <p>It populates the appender's own mapping: one of its own would leave a fault to the appender on each page. It stays
 * within that mapping, which never reaches beyond the file's end, and holds it, so that it cannot be unmapped meanwhile.
 * What is populated takes room on the disk: up to the given distance behind the last record of each cycle file.
 *
 * <p>{@link #wrote} is called by the appender's thread, all else by any.
 */
@SuppressWarnings({
    "ReferenceEquality", // Chronicle's mappings are equal if their bytes are
    "NonAtomicVolatileUpdate" // one thread counts
})
final class PagePopulator implements ReferenceOwner, AutoCloseable {
    /** Linux 5.14 and later; the header files of many systems do not have it yet. */
    private static final int MADV_POPULATE_WRITE = 23;

    static final long SMALLEST_AHEAD_BYTES = 2L << 20;

    /** EINVAL. */
    private static final int UNKNOWN_ADVICE = 22;

    private static final int PAGE_BYTES = 4096;
    private static final long STEP_BYTES = 1L << 20;
    private static final long PARK_NS = 2_000_000;
    private static final long CLOSE_TIMEOUT_MS = TimeUnit.SECONDS.toMillis(10);

    private final Thread thread = new Thread(this::run, "page-populator");
    private final Path directory;
    private final long aheadBytes;
    private final long keepFreeBytes;
    private final Consumer<String> log;
    private volatile MappedBytesStore current;
    private volatile long writtenTo;
    private volatile boolean closed;
    private volatile boolean gaveUp;
    private volatile long populatedBytes;

    /**
     * Starts the thread.
     *
     * @param aheadBytes how far ahead of the last record pages are populated.
     * @param keepFreeBytes nothing is populated while the disk has less room than this.
     * @param log told once if the thread gives up, and why.
     */
    PagePopulator(Path directory, long aheadBytes, long keepFreeBytes, Consumer<String> log) {
        this.directory = directory;
        this.aheadBytes = aheadBytes;
        this.keepFreeBytes = keepFreeBytes;
        this.log = log;
        thread.setDaemon(true);
        thread.start();
    }

    /** Tells how far the appender is. */
    void wrote(MappedBytesStore mapping, long position) {
        writtenTo = position;
        if (mapping != current) {
            current = mapping;
            LockSupport.unpark(thread);
        }
    }

    /** How many bytes the thread has populated so far. */
    long populatedBytes() {
        return populatedBytes;
    }

    private void run() {
        try {
            final FileStore disk = Files.getFileStore(directory);
            MappedBytesStore held = null;
            long populatedTo = 0;
            try {
                while (!closed && !gaveUp) {
                    final MappedBytesStore next = current;
                    if (next != held) {
                        release(held);
                        held = next.tryReserve(this) ? next : null;
                        populatedTo = 0;
                    }
                    if (held != null) {
                        populatedTo = populate(held, Math.max(populatedTo, writtenTo), disk);
                    }
                    LockSupport.parkNanos(PARK_NS);
                }
            } finally {
                release(held);
            }
        } catch (final IOException | RuntimeException | UnsatisfiedLinkError e) {
            giveUp(e.toString());
        }
    }

    private void release(MappedBytesStore held) {
        if (held != null) {
            held.release(this);
        }
    }

    /** Populates as far as is wanted now, in steps, and returns how far it came. */
    private long populate(MappedBytesStore mapping, long from, FileStore disk) throws IOException {
        long position = Math.max(from, mapping.start());
        while (!closed && mapping == current) {
            final long end =
                    Math.min(Math.min(position + STEP_BYTES, writtenTo + aheadBytes), mapping.capacity()) & -PAGE_BYTES;
            // Whole steps only: a system call for each page would be no gain.
            if (end - position < STEP_BYTES / 2 || disk.getUsableSpace() < keepFreeBytes) {
                break;
            }
            final long start = position & -PAGE_BYTES;
            final long address = mapping.addressForRead(start);
            if (PosixAPI.posix().madvise(address, end - start, MADV_POPULATE_WRITE) != 0) {
                final int error = PosixAPI.posix().lastError();
                giveUp(
                        error == UNKNOWN_ADVICE
                                ? "the kernel cannot (Linux 5.14 or later can)"
                                : "the kernel refused with error " + error + "; is the disk full?");
                break;
            }
            populatedBytes += end - start;
            position = end;
        }
        return position;
    }

    private void giveUp(String because) {
        gaveUp = true;
        log.accept("pages are not populated ahead of the writer: " + because);
    }

    @Override
    public void close() {
        closed = true;
        LockSupport.unpark(thread);
        try {
            thread.join(CLOSE_TIMEOUT_MS);
        } catch (final InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
