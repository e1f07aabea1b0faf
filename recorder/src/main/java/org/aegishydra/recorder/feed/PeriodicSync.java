package org.aegishydra.recorder.feed;

import java.time.Duration;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import org.aegishydra.core.journal.Journal;
import org.aegishydra.core.journal.JournalException;
import org.aegishydra.core.journal.JournalSync;

/**
 * Makes what was recorded durable, again and again, on a thread of its own: a power cut costs what came since the last
 * time. Appends go on meanwhile.
 */
final class PeriodicSync {
    private final Journal journal;
    private final Duration interval;
    private final Consumer<JournalException> onFailure;
    private final CountDownLatch ended = new CountDownLatch(1);
    private final Thread thread = new Thread(this::run, "journal-sync");

    /**
     * Begins.
     *
     * @param onFailure told, on that thread, if the disk fails; nothing is made durable any more then.
     */
    PeriodicSync(Journal journal, Duration interval, Consumer<JournalException> onFailure) {
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
        } catch (final JournalException e) {
            onFailure.accept(e);
        } catch (final InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    /** Returns after a last sync. */
    void close() {
        ended.countDown();
        try {
            thread.join();
        } catch (final InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
