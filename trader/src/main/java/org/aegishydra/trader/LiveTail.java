package org.aegishydra.trader;

import org.aegishydra.core.journal.JournalTailer;
import org.aegishydra.core.journal.RecordHandler;
import org.aegishydra.core.journal.RecordHeader;
import org.aegishydra.core.journal.RecordSource;
import org.agrona.DirectBuffer;

/**
 * A journal's tail as a running recorder appends to it. Records that were there before the start are caught up on: they
 * lose their monotonic time, since how long ago they were received says nothing about this run. Used by one thread.
 */
final class LiveTail implements RecordSource {
    private final JournalTailer tailer;
    private final RecordHeader caughtUp = new RecordHeader();
    private final RecordHandler forward = this::onRecord;
    private RecordHandler handler;
    private long lastOldSequence;

    /** A tail that has not begun. */
    LiveTail(JournalTailer tailer) {
        this.tailer = tailer;
    }

    /**
     * Begins at the journal's first record; from here on what is appended is new. To be called when the trader is ready, or
     * the time that it takes to become so would count as latency.
     *
     * @return the last record that is there by now; 0 if there is none.
     */
    long begin() {
        final RecordHeader last = tailer.readLast();
        lastOldSequence = last == null ? 0 : last.sequence();
        tailer.seek(0);
        return lastOldSequence;
    }

    @Override
    public int poll(RecordHandler newHandler, int limit) {
        handler = newHandler;
        return tailer.poll(forward, limit);
    }

    private void onRecord(RecordHeader header, DirectBuffer buffer, int offset, int length) {
        final boolean old = header.sequence() <= lastOldSequence;
        handler.onRecord(old ? caughtUp.copyOf(header, 0) : header, buffer, offset, length);
    }

    @Override
    public void close() {
        tailer.close();
    }
}
