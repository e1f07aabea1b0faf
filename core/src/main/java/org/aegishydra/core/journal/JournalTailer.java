package org.aegishydra.core.journal;

import java.time.LocalDate;
import java.util.ArrayList;
import java.util.List;
import java.util.NavigableSet;
import net.openhft.chronicle.bytes.Bytes;
import net.openhft.chronicle.queue.ExcerptTailer;
import net.openhft.chronicle.queue.TailerDirection;
import net.openhft.chronicle.queue.impl.single.SingleChronicleQueue;
import net.openhft.chronicle.wire.DocumentContext;
import org.agrona.concurrent.UnsafeBuffer;

/**
 * Reads a journal's records in order, in place, as they are appended. Every record's sequence is checked: a missing
 * record ends the reading with an exception that names both numbers.
 *
 * <p>Bound to the thread that first polls it.
 */
public final class JournalTailer implements RecordSource {
    private static final long MS_PER_DAY = 86_400_000L;

    private final Journal journal;
    private final SingleChronicleQueue queue;
    private final ExcerptTailer tailer;
    private final UnsafeBuffer record = new UnsafeBuffer(0, 0);
    private final UnsafeBuffer payload = new UnsafeBuffer(0, 0);
    private final RecordHeader header = new RecordHeader();
    private final PayloadChecksum checksum = new PayloadChecksum();
    private RecordLayout layout = RecordLayout.of(RecordKind.MESSAGE, Dialect.ADVANCED_TRADE);
    private boolean verifyChecksums;
    private long expectedSequence;

    JournalTailer(Journal journal) {
        this.journal = journal;
        // A reader never makes a cycle file, so it needs no clock.
        this.queue = journal.queue(true, () -> 0L);
        this.queue.singleThreadedCheckDisabled(true);
        this.tailer = queue.createTailer();
        this.tailer.singleThreadedCheckDisabled(true);
        this.tailer.toStart();
    }

    /** Checks each payload against its CRC-32C from here on; off by default. */
    public JournalTailer verifyChecksums(boolean verify) {
        verifyChecksums = verify;
        return this;
    }

    @Override
    public int poll(RecordHandler handler, int limit) {
        int records = 0;
        while (records < limit) {
            try (DocumentContext document = tailer.readingDocument()) {
                if (!document.isPresent()) {
                    break;
                }
                final int length = view(document);
                if (expectedSequence != 0 && header.sequence != expectedSequence) {
                    throw missing(document.index());
                }
                expectedSequence = header.sequence + 1;
                header.eventTimeNs = Math.max(header.eventTimeNs, header.wallTimeNs);
                handler.onRecord(header, payload, 0, length);
                records++;
            }
        }
        return records;
    }

    /** Points header and payload at a document's record, and returns the payload's length. */
    private int view(DocumentContext document) {
        final Bytes<?> bytes = document.wire().bytes();
        final int length = (int) bytes.readRemaining();
        final long address = bytes.addressForRead(bytes.readPosition());
        record.wrap(address, length);
        if (!layout.matches(record, 0, length)) {
            layout = RecordLayout.find(record, 0, length);
            if (layout == null) {
                layout = RecordLayout.of(RecordKind.MESSAGE, Dialect.ADVANCED_TRADE);
                throw damaged("is no record of this format", document.index());
            }
        }
        layout.read(record, 0, header);
        final int payloadOffset = layout.payloadOffset(record, 0, length);
        if (payloadOffset < 0) {
            throw damaged("disagrees with its own length", document.index());
        }
        payload.wrap(address + payloadOffset, length - payloadOffset);
        if (verifyChecksums && checksum.of(payload, 0, length - payloadOffset) != header.crc32c) {
            throw damaged("does not match its CRC-32C", document.index());
        }
        return length - payloadOffset;
    }

    private JournalException missing(long index) {
        return new JournalException("journal " + journal.directory() + ": expected record " + expectedSequence
                + " but found record " + header.sequence + " at index 0x" + Long.toHexString(index)
                + ": records are missing");
    }

    private JournalException damaged(String what, long index) {
        return new JournalException("journal " + journal.directory() + ": the record at index 0x"
                + Long.toHexString(index) + " (after record " + (expectedSequence - 1) + ") " + what);
    }

    /**
     * Moves so that the next record polled is the one with this sequence, or the first one if the sequence is lower than
     * that. Event time starts anew.
     *
     * @return false if the journal ends before that record; the tailer then stands at its end.
     */
    public boolean seek(long sequence) {
        expectedSequence = 0;
        header.eventTimeNs = 0;
        final int first = queue.firstCycle();
        final int last = queue.lastCycle();
        if (first > last) {
            return false;
        }
        final NavigableSet<Long> cycles = queue.listCyclesBetween(first, last);
        for (final long cycle : cycles.descendingSet()) {
            if (tailer.moveToCycle((int) cycle) && peek() && (header.sequence <= sequence || cycle == first)) {
                return skipTo(sequence, (int) cycle);
            }
        }
        return false;
    }

    private boolean skipTo(long sequence, int cycle) {
        final long ahead = sequence - header.sequence;
        if (ahead > 0) {
            // One document is one record, so the index within the cycle follows from the sequence.
            tailer.moveToIndex(queue.rollCycle().toIndex(cycle, ahead));
            if (!peek()) {
                tailer.toEnd();
                return false;
            }
        }
        return header.sequence >= sequence;
    }

    /** Reads the header of the next record without moving past it. */
    private boolean peek() {
        final long index;
        try (DocumentContext document = tailer.readingDocument()) {
            if (!document.isPresent()) {
                return false;
            }
            view(document);
            index = document.index();
        }
        return tailer.moveToIndex(index);
    }

    /**
     * The days that the journal holds records of, in order; the tailer then stands at the journal's end.
     * Reads one record of each cycle file.
     */
    public List<RecordedDay> days() {
        final List<RecordedDay> days = new ArrayList<>();
        final int first = queue.firstCycle();
        final int last = queue.lastCycle();
        if (first > last) {
            return days;
        }
        final long cycleMs = queue.rollCycle().lengthInMillis();
        for (final long cycle : queue.listCyclesBetween(first, last)) {
            if (tailer.moveToCycle((int) cycle) && peek()) {
                final LocalDate day = LocalDate.ofEpochDay(Math.floorDiv(cycle * cycleMs, MS_PER_DAY));
                final int lastDay = days.size() - 1;
                if (lastDay >= 0) {
                    final RecordedDay before = days.get(lastDay);
                    days.set(lastDay, new RecordedDay(before.day(), before.firstSequence(), header.sequence - 1));
                }
                if (lastDay < 0 || !days.get(lastDay).day().equals(day)) {
                    days.add(new RecordedDay(day, header.sequence, 0));
                }
            }
        }
        final RecordHeader end = readLast();
        if (end != null && !days.isEmpty()) {
            final RecordedDay before = days.get(days.size() - 1);
            days.set(days.size() - 1, new RecordedDay(before.day(), before.firstSequence(), end.sequence()));
        }
        return days;
    }

    /** The header of the journal's last record, or null if it has none; the tailer then stands at the end. */
    public RecordHeader readLast() {
        tailer.direction(TailerDirection.BACKWARD).toEnd();
        try (DocumentContext document = tailer.readingDocument()) {
            if (!document.isPresent()) {
                return null;
            }
            view(document);
            header.eventTimeNs = header.wallTimeNs;
        } finally {
            tailer.direction(TailerDirection.FORWARD).toEnd();
        }
        expectedSequence = header.sequence + 1;
        return header;
    }

    @Override
    public void close() {
        tailer.close();
        queue.close();
    }
}
