package org.aegishydra.trader;

import org.aegishydra.core.journal.JournalException;
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

    /** The record that is next, if that is known; else 0. */
    private long expectedSequence;

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
        return beginAt(0);
    }

    /** Begins at a record, and fails at the first poll if that one was removed. */
    long beginAt(long sequence) {
        final RecordHeader last = tailer.readLast();
        lastOldSequence = last == null ? 0 : last.sequence();
        tailer.seek(sequence);
        expectedSequence = sequence;
        return lastOldSequence;
    }

    /**
     * Begins behind a record that was handled before.
     *
     * @param eventTimeNs its event time.
     * @param crc32c of its payload.
     * @throws JournalException if the journal has another record there, or none.
     */
    long beginBehind(long sequence, long eventTimeNs, int crc32c) {
        beginAt(sequence);
        tailer.seek(sequence, eventTimeNs);
        final int read = tailer.poll(
                (header, buffer, offset, length) -> {
                    if (header.sequence() != sequence || header.crc32c() != crc32c) {
                        throw new JournalException("record " + sequence
                                + " is not the one that this run has handled: name the journal that it traded");
                    }
                },
                1);
        if (read == 0) {
            throw new JournalException("the journal ends before record " + sequence
                    + ", which this run has handled: name the journal that it traded");
        }
        expectedSequence = sequence + 1;
        return lastOldSequence;
    }

    @Override
    public int poll(RecordHandler newHandler, int limit) {
        handler = newHandler;
        return tailer.poll(forward, limit);
    }

    private void onRecord(RecordHeader header, DirectBuffer buffer, int offset, int length) {
        if (expectedSequence != 0) {
            requireExpected(header.sequence());
        }
        final boolean old = header.sequence() <= lastOldSequence;
        handler.onRecord(old ? caughtUp.copyOf(header, 0) : header, buffer, offset, length);
    }

    private void requireExpected(long sequence) {
        if (sequence != expectedSequence) {
            throw new JournalException("record " + expectedSequence
                    + ", at which the run is to go on, is not in the journal any more: it begins with record "
                    + sequence);
        }
        expectedSequence = 0;
    }

    @Override
    public void close() {
        tailer.close();
    }
}
