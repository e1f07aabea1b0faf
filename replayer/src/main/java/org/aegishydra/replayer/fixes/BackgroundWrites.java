package org.aegishydra.replayer.fixes;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicReference;

/**
 * Fix 1 as the system before did it: two I/O threads write what the trading thread has formatted; the state goes to them
 * as a shallow copy of its rows. A file belongs to one of the threads, so that its rows stay in order.
 * {@link #QUEUE_LENGTH} writes may wait for a thread; when that many do, the trading thread waits, too.
 */
final class BackgroundWrites implements FileWrites {
    /** Writes that may wait for a thread. */
    static final int QUEUE_LENGTH = 10_000;

    private static final int IO_THREADS = 2;
    private static final long CLOSE_SECONDS = 60;

    private final SynchronousWrites files = new SynchronousWrites();
    private final List<ThreadPoolExecutor> threads = new ArrayList<>();
    private final Map<Path, ThreadPoolExecutor> threadsByFile = new HashMap<>();
    private final AtomicReference<RuntimeException> firstFailure = new AtomicReference<>();

    BackgroundWrites() {
        for (int i = 0; i < IO_THREADS; i++) {
            threads.add(new ThreadPoolExecutor(
                    1,
                    1,
                    0,
                    TimeUnit.SECONDS,
                    new ArrayBlockingQueue<>(QUEUE_LENGTH),
                    BackgroundWrites::putWhenThereIsRoom));
        }
    }

    private static void putWhenThereIsRoom(Runnable write, ThreadPoolExecutor thread) {
        try {
            thread.getQueue().put(write);
        } catch (final InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException("interrupted while writes were waiting", e);
        }
    }

    @Override
    public void append(Path file, CharSequence text) {
        execute(file, () -> files.append(file, text));
    }

    @Override
    public void replace(Path file, Collection<String> rows) {
        final List<String> shallowCopy = new ArrayList<>(rows);
        execute(file, () -> files.replace(file, shallowCopy));
    }

    @Override
    public long waiting() {
        long waiting = 0;
        for (final ThreadPoolExecutor thread : threads) {
            waiting += thread.getQueue().size();
        }
        return waiting;
    }

    private void execute(Path file, Runnable write) {
        threadsByFile
                .computeIfAbsent(file, newFile -> threads.get(threadsByFile.size() % IO_THREADS))
                .execute(() -> {
                    try {
                        write.run();
                    } catch (final RuntimeException e) {
                        firstFailure.compareAndSet(null, e);
                    }
                });
    }

    /**
     * Waits until everything is written.
     *
     * @throws RuntimeException if a write failed: the first failure.
     */
    @Override
    public void close() {
        threads.forEach(ThreadPoolExecutor::shutdown);
        try {
            for (final ThreadPoolExecutor thread : threads) {
                if (!thread.awaitTermination(CLOSE_SECONDS, TimeUnit.SECONDS)) {
                    throw new IllegalStateException("the I/O threads did not end within " + CLOSE_SECONDS + " s");
                }
            }
        } catch (final InterruptedException e) {
            Thread.currentThread().interrupt();
        }
        if (firstFailure.get() != null) {
            throw firstFailure.get();
        }
    }
}
