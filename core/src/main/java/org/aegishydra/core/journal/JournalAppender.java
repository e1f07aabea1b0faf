package org.aegishydra.core.journal;

import java.nio.file.Path;
import java.util.function.Consumer;
import net.openhft.chronicle.bytes.Bytes;
import net.openhft.chronicle.bytes.MappedBytesStore;
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
    private static final long NS_PER_MS = 1_000_000L;

    private final WriterLock lock;
    private final SingleChronicleQueue queue;
    private final ExcerptAppender appender;
    private final UnsafeBuffer target = new UnsafeBuffer(0, 0);
    private final PayloadChecksum checksum = new PayloadChecksum();
    private final int maxPayloadBytes;
    private final Path directory;
    private PagePopulator populator;
    private long lastSequence;
    private long eventTimeNs;

    JournalAppender(Journal journal) {
        maxPayloadBytes = journal.format().maxPayloadBytes();
        directory = journal.directory();
        lock = WriterLock.acquire(journal.directory());
        SingleChronicleQueue opening = null;
        boolean opened = false;
        try {
            refuseForeignRecords(journal);
            final CrashRecovery recovery = new CrashRecovery(journal.directory(), journal.format());
            recovery.beforeOpening();
            opening = journal.queue(false, () -> eventTimeNs / NS_PER_MS);
            opening.singleThreadedCheckDisabled(true);
            // Chronicle's list still names files that were archived or removed.
            opening.refreshDirectoryListing();
            recovery.afterOpening(opening);
            findEnd(journal);
            moveToLastCycle(opening, recovery.isLastCycleEnded());
            appender = opening.createAppender();
            appender.singleThreadedCheckDisabled(true);
            queue = opening;
            opened = true;
        } finally {
            if (!opened) {
                if (opening != null) {
                    opening.close();
                }
                lock.close();
            }
        }
    }

    /** Before anything is changed in a directory that may be another program's. */
    private static void refuseForeignRecords(Journal journal) {
        if (!Journal.exists(journal.directory())) {
            return;
        }
        journal.refuseOtherRoll();
        try (JournalTailer tailer = journal.tailer()) {
            try {
                tailer.poll((header, buffer, offset, length) -> {}, 1);
            } catch (final JournalException e) {
                throw new JournalException(
                        "nothing is written to " + journal.directory()
                                + ", because its first record is none of Aegis's: name another directory ("
                                + e.getMessage() + ")",
                        e);
            }
        }
    }

    private void findEnd(Journal journal) {
        if (Journal.exists(journal.directory())) {
            try (JournalTailer tailer = journal.tailer()) {
                final RecordHeader last = tailer.readLast();
                if (last != null) {
                    lastSequence = last.sequence();
                    eventTimeNs = Math.max(last.wallTimeNs(), tailer.lastCycleStartNs());
                }
            }
        }
    }

    /** The clock may have stepped back before the last record, or the last cycle file may hold none: it stays the last. */
    private void moveToLastCycle(SingleChronicleQueue opening, boolean isEnded) {
        if (opening.firstCycle() <= opening.lastCycle()) {
            final long cycleNs = opening.rollCycle().lengthInMillis() * NS_PER_MS;
            eventTimeNs = Math.max(eventTimeNs, (opening.lastCycle() + (isEnded ? 1L : 0L)) * cycleNs);
        }
    }

    /**
     * Has a thread populate the pages that will be written next, until the appender is closed: see {@link PagePopulator}.
     * To be called at most once. Where the kernel cannot do it, appending goes on without.
     *
     * @param aheadBytes how far ahead, at least 2 MiB; so much of the disk may be taken behind the last record.
     * @param keepFreeBytes the room on the disk below which nothing is populated.
     * @param log told, once and on that thread, if the thread gives up.
     */
    public void populateAhead(long aheadBytes, long keepFreeBytes, Consumer<String> log) {
        if (aheadBytes < PagePopulator.SMALLEST_AHEAD_BYTES) {
            throw new IllegalArgumentException("ahead by " + aheadBytes + " bytes: at least "
                    + PagePopulator.SMALLEST_AHEAD_BYTES + " are needed");
        }
        populator = new PagePopulator(directory, aheadBytes, keepFreeBytes, log);
    }

    /** How many bytes were populated ahead of the appends so far; may be asked by any thread. */
    public long populatedBytes() {
        return populator == null ? 0 : populator.populatedBytes();
    }

    /**
     * Has the journal begin with another record than 1: a part of a recording, whose records keep their addresses.
     *
     * @param sequence the first record's, at least 1.
     * @throws JournalException if the journal holds records already.
     */
    public void beginAt(long sequence) {
        if (sequence < 1) {
            throw new IllegalArgumentException("a journal cannot begin with record " + sequence);
        }
        if (lastSequence != 0) {
            throw new JournalException("journal " + directory + " holds records up to " + lastSequence
                    + " already: it cannot begin with record " + sequence);
        }
        lastSequence = sequence - 1;
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
            if (populator != null && bytes.bytesStore() instanceof MappedBytesStore mapping) {
                populator.wrote(mapping, position + recordLength);
            }
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
        if (populator != null) {
            populator.close();
        }
        appender.close();
        queue.close();
        lock.close();
    }
}
