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
    private final long lastOldSequence;
    private final RecordHeader caughtUp = new RecordHeader();
    private RecordHandler handler;
    private final RecordHandler forward = this::onRecord;

    /**
     * A tail.
     *
     * @param lastOldSequence the last record that was there before the start.
     */
    LiveTail(JournalTailer tailer, long lastOldSequence) {
        this.tailer = tailer;
        this.lastOldSequence = lastOldSequence;
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
