package org.aegishydra.core.journal;

import net.openhft.chronicle.bytes.Bytes;
import net.openhft.chronicle.queue.ExcerptAppender;
import net.openhft.chronicle.queue.impl.single.SingleChronicleQueue;
import net.openhft.chronicle.wire.DocumentContext;
import org.agrona.DirectBuffer;
import org.agrona.concurrent.UnsafeBuffer;

/**
 * Writes records to a journal. A journal has one appender at a time, in one process; it holds the journal's lock until
 * it is closed. An appender may be handed from thread to thread, but is used by one at a time.
 */
public final class JournalAppender implements AutoCloseable {
    private final WriterLock lock;
    private final SingleChronicleQueue queue;
    private final ExcerptAppender appender;
    private final UnsafeBuffer target = new UnsafeBuffer(0, 0);
    private final PayloadChecksum checksum = new PayloadChecksum();
    private final int maxPayloadBytes;
    private long lastSequence;
    private long eventTimeNs;

    JournalAppender(Journal journal) {
        maxPayloadBytes = journal.format().maxPayloadBytes();
        lock = WriterLock.acquire(journal.directory());
        boolean opened = false;
        try {
            findEnd(journal);
            queue = journal.queue(false, () -> eventTimeNs / 1_000_000L);
            queue.singleThreadedCheckDisabled(true);
            appender = queue.createAppender();
            appender.singleThreadedCheckDisabled(true);
            opened = true;
        } finally {
            if (!opened) {
                lock.close();
            }
        }
    }

    private void findEnd(Journal journal) {
        if (Journal.exists(journal.directory())) {
            try (JournalTailer tailer = journal.tailer()) {
                final RecordHeader last = tailer.readLast();
                if (last != null) {
                    lastSequence = last.sequence();
                    // The clock may have stepped back over midnight before the last record: its file is no other for
                    // that.
                    eventTimeNs = Math.max(last.wallTimeNs(), tailer.lastCycleStartNs());
                }
            }
        }
    }

    /** The sequence of the last record; 0 if there is none. */
    public long lastSequence() {
        return lastSequence;
    }

    /** The largest payload that {@link #append} takes. */
    public int maxPayloadBytes() {
        return maxPayloadBytes;
    }

    /**
     * Appends one record; it is visible to readers, and survives the end of this process, when this returns.
     *
     * @param connectionId the connection it came on; 0 if on none.
     * @param wallTimeNs receive time in nanoseconds since the epoch.
     * @param monotonicTimeNs {@link System#nanoTime()} at reception; 0 if there is none.
     * @return the record's sequence.
     * @throws JournalException if the payload is larger than {@link #maxPayloadBytes()}; nothing is written then.
     */
    public long append(
            RecordKind kind,
            Dialect dialect,
            int connectionId,
            long wallTimeNs,
            long monotonicTimeNs,
            DirectBuffer payload,
            int offset,
            int length) {
        if (length > maxPayloadBytes) {
            throw new JournalException(
                    "a payload of " + length + " bytes is over the journal's limit of " + maxPayloadBytes + " bytes");
        }
        final int crc32c = checksum.of(payload, offset, length);
        final RecordLayout layout = RecordLayout.of(kind, dialect);
        final long sequence = lastSequence + 1;
        eventTimeNs = Math.max(eventTimeNs, wallTimeNs);
        final DocumentContext document = appender.writingDocument();
        try {
            final Bytes<?> bytes = document.wire().bytes();
            final int recordLength = layout.recordLength(length);
            final long position = bytes.writePosition();
            target.wrap(bytes.addressForWrite(position), recordLength);
            final int payloadAt =
                    layout.write(target, 0, connectionId, sequence, wallTimeNs, monotonicTimeNs, crc32c, length);
            target.putBytes(payloadAt, payload, offset, length);
            bytes.writePosition(position + recordLength);
        } catch (final Throwable e) {
            // Closing the document would otherwise commit what was written so far.
            document.rollbackOnClose();
            throw e;
        } finally {
            document.close();
        }
        lastSequence = sequence;
        return sequence;
    }

    @Override
    public void close() {
        appender.close();
        queue.close();
        lock.close();
    }
}
