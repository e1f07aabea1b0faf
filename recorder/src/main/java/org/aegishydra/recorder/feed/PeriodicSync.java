package org.aegishydra.recorder.feed;

import java.time.Duration;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import org.aegishydra.core.journal.Journal;
import org.aegishydra.core.journal.JournalSync;

/**
 * Makes what was recorded durable, again and again, on a thread of its own: a power cut costs what came since the last
 * time. Appends go on meanwhile.
 */
final class PeriodicSync {
    /** A disk that takes longer for the last sync has failed. */
    private static final long END_LIMIT_MS = 20_000;

    private final Journal journal;
    private final Duration interval;
    private final Consumer<RuntimeException> onFailure;
    private final CountDownLatch ended = new CountDownLatch(1);
    private final Thread thread = new Thread(this::run, "journal-sync");
    private volatile RuntimeException failure;

    /**
     * Begins.
     *
     * @param onFailure told, on that thread, if the disk fails; nothing is made durable any more then.
     */
    PeriodicSync(Journal journal, Duration interval, Consumer<RuntimeException> onFailure) {
        this.journal = journal;
        this.interval = interval;
        this.onFailure = onFailure;
        thread.setDaemon(true);
        thread.start();
    }

    private void run() {
        try (JournalSync sync = new JournalSync(journal)) {
            boolean last;
            do {
                last = ended.await(interval.toNanos(), TimeUnit.NANOSECONDS);
                sync.sync();
            } while (!last);
        } catch (final RuntimeException e) {
            failure = e;
            onFailure.accept(e);
        } catch (final InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    /** Returns after a last sync. */
    void end() throws InterruptedException {
        ended.countDown();
        thread.join(END_LIMIT_MS);
        if (thread.isAlive()) {
            failure = new IllegalStateException("the last sync takes longer than " + END_LIMIT_MS + " ms");
        }
    }

    /** Why not all was made durable; null if it was. */
    RuntimeException failure() {
        return failure;
    }
}
