package org.aegishydra.replayer.verify;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;

/**
 * Fix 1 as the system before did it: two I/O threads write what the trading thread has formatted; the state goes to them
 * as a shallow copy of its rows. {@link #QUEUE_LENGTH} writes may wait; when that many do, the trading thread writes itself.
 */
final class BackgroundWrites implements FileWrites {
    /** Writes that may wait. */
    static final int QUEUE_LENGTH = 10_000;

    private static final int IO_THREADS = 2;
    private static final long CLOSE_SECONDS = 60;

    private final SynchronousWrites files = new SynchronousWrites();
    private final ThreadPoolExecutor threads = new ThreadPoolExecutor(
            IO_THREADS,
            IO_THREADS,
            0,
            TimeUnit.SECONDS,
            new ArrayBlockingQueue<>(QUEUE_LENGTH),
            new ThreadPoolExecutor.CallerRunsPolicy());

    @Override
    public void append(Path file, CharSequence text) {
        threads.execute(() -> {
            // Whole writes of the two threads must not mix in a file.
            synchronized (files) {
                files.append(file, text);
            }
        });
    }

    @Override
    public void replace(Path file, Collection<String> rows) {
        final List<String> shallowCopy = new ArrayList<>(rows);
        threads.execute(() -> {
            synchronized (files) {
                files.replace(file, shallowCopy);
            }
        });
    }

    @Override
    public void close() {
        threads.shutdown();
        try {
            if (!threads.awaitTermination(CLOSE_SECONDS, TimeUnit.SECONDS)) {
                throw new IllegalStateException("the I/O threads did not end within " + CLOSE_SECONDS + " s");
            }
        } catch (final InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
