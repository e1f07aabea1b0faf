package org.aegishydra.trader;

import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import org.aegishydra.core.checkpoint.CheckpointFile;
import org.aegishydra.core.checkpoint.StateOutput;

/**
 * Writes checkpoints: the state is copied on the trading thread, which takes as long as copying the books does; a thread of
 * its own brings it to the disk. Used by the trading thread.
 */
final class CheckpointWriter implements AutoCloseable {
    private static final long CLOSE_TIMEOUT_SECONDS = 30;

    private final CheckpointFile file;
    private final Consumer<String> log;
    private final StateOutput state = new StateOutput();
    private final ThreadPoolExecutor writing =
            new ThreadPoolExecutor(1, 1, 0, TimeUnit.SECONDS, new LinkedBlockingQueue<>(), task -> {
                final Thread thread = new Thread(task, "checkpoint");
                thread.setDaemon(true);
                return thread;
            });
    private volatile boolean busy;
    private boolean failureTold;

    /**
     * A writer of one file.
     *
     * @param log told once if it cannot be written.
     */
    CheckpointWriter(CheckpointFile file, Consumer<String> log) {
        this.file = file;
        this.log = log;
        // Now, and not by the first checkpoint: on the trading thread's CPU it would be in its way.
        writing.prestartAllCoreThreads();
    }

    /**
     * Has a state written.
     *
     * @param source writes the state, on this thread.
     * @return false if the one before is still being written; nothing is done then.
     */
    boolean write(Consumer<StateOutput> source) {
        if (busy) {
            return false;
        }
        source.accept(state.clear());
        busy = true;
        writing.execute(this::writeFile);
        return true;
    }

    private void writeFile() {
        try {
            file.write(state);
        } catch (final RuntimeException e) {
            if (!failureTold) {
                failureTold = true;
                log.accept("no checkpoint: " + e.getMessage() + " (" + e.getCause()
                        + "); the run can still be resumed from the one before, or from its first record");
            }
        } finally {
            busy = false;
        }
    }

    /** Waits for the last one. */
    @Override
    public void close() {
        writing.shutdown();
        try {
            if (!writing.awaitTermination(CLOSE_TIMEOUT_SECONDS, TimeUnit.SECONDS)) {
                log.accept("no checkpoint: it was not written within " + CLOSE_TIMEOUT_SECONDS + " s");
            }
        } catch (final InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
