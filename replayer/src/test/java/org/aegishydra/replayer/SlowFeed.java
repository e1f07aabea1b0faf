package org.aegishydra.replayer;

import java.nio.file.Path;
import org.aegishydra.core.journal.Journal;
import org.aegishydra.core.journal.JournalAppender;
import org.aegishydra.core.journal.JournalFormat;
import org.aegishydra.core.journal.JournalTailer;
import org.aegishydra.core.journal.RecordHeader;
import org.agrona.DirectBuffer;

/** Copies a recording into another journal, some records every few milliseconds, until told to finish at once. */
final class SlowFeed implements AutoCloseable {
    private static final int RECORDS_AT_ONCE = 20;
    private static final int PAUSE_MS = 5;

    private final Thread thread;
    private final Journal source;
    private final JournalAppender target;
    private volatile boolean hurried;
    private volatile RuntimeException failure;

    SlowFeed(Path from, Path to) {
        source = Journal.open(from);
        target = Journal.create(to, JournalFormat.MARKET).appender();
        thread = new Thread(this::copy, "slow-feed");
        thread.start();
    }

    boolean isAlive() {
        return thread.isAlive();
    }

    private void copy() {
        try (JournalTailer tailer = source.tailer()) {
            while (tailer.poll(this::append, RECORDS_AT_ONCE) > 0) {
                if (!hurried) {
                    Thread.sleep(PAUSE_MS);
                }
            }
        } catch (final InterruptedException e) {
            Thread.currentThread().interrupt();
        } catch (final RuntimeException e) {
            failure = e;
        }
    }

    private void append(RecordHeader header, DirectBuffer buffer, int offset, int length) {
        target.append(
                header.kind(),
                header.dialect(),
                header.connectionId(),
                header.wallTimeNs(),
                System.nanoTime(),
                buffer,
                offset,
                length);
    }

    /** Copies what is left at once. */
    void finish() throws InterruptedException {
        hurried = true;
        thread.join();
        if (failure != null) {
            throw failure;
        }
    }

    @Override
    public void close() {
        thread.interrupt();
        try {
            thread.join();
        } catch (final InterruptedException e) {
            Thread.currentThread().interrupt();
        }
        target.close();
    }
}
