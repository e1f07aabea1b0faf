package org.aegishydra.core.journal;

import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.List;
import net.openhft.chronicle.queue.ExcerptTailer;
import net.openhft.chronicle.wire.DocumentContext;

/**
 * Reads a journal's records in order, in place, as they are appended. An archived cycle is read as a recorded one is, from
 * one inflated frame at a time. Every record's sequence is checked: a missing record ends the reading with an exception
 * that names both numbers.
 *
 * <p>A cycle file that is archived and deleted while it is read costs no record. Bound to the thread that first polls it.
 */
public final class JournalTailer implements RecordReader {
    /** How often a tailer without new records looks whether the files under it have changed. */
    private static final long LOOK_INTERVAL_NS = 20_000_000L;

    private static final long NONE = -1;

    /** How often the directory is listed again because a file that was listed is gone. */
    private static final int LISTING_LIMIT = 100;

    private final Path directory;
    private final SegmentCursor cursor;
    private final RecordHeader header;

    /** The record for which the directory was looked through in vain. */
    private long soughtSequence = NONE;

    /** What was there then. */
    private List<Segment> soughtSegments = List.of();

    private long lastLookNs;

    JournalTailer(Journal journal) {
        directory = journal.directory();
        cursor = new SegmentCursor(journal);
        header = cursor.header;
    }

    /** Checks each payload against its CRC-32C from here on; off by default. */
    public JournalTailer verifyChecksums(boolean verify) {
        cursor.view.verifyChecksums = verify;
        return this;
    }

    /** How many frames of the archive that is being read were inflated. */
    long inflatedFrames() {
        return cursor.archive == null ? 0 : cursor.archive.inflatedFrames();
    }

    @Override
    public int poll(RecordHandler handler, int limit) {
        int records = 0;
        do {
            if (cursor.archive != null) {
                records += pollArchive(handler, limit - records);
            } else if (cursor.placed) {
                records += pollCycleFiles(handler, limit - records);
            }
        } while (records < limit && (records == 0 || cursor.archive != null) && moveOn());
        return records;
    }

    private int pollCycleFiles(RecordHandler handler, int limit) {
        // Locals, because after each call of the handler the compiler would read the fields again.
        final SegmentCursor place = cursor;
        final ExcerptTailer tailer = place.cycleFiles.tailer;
        final RecordView view = place.view;
        final RecordHeader found = view.header;
        long expected = place.expectedSequence;
        int records = 0;
        long indexBehindHole = 0;
        while (records < limit) {
            try (DocumentContext document = tailer.readingDocument()) {
                if (!document.isPresent()) {
                    break;
                }
                final int length = place.view(document);
                final long sequence = found.sequence;
                if (sequence != expected && expected != 0) {
                    indexBehindHole = document.index();
                    break;
                }
                expected = sequence + 1;
                place.expectedSequence = expected;
                found.eventTimeNs = Math.max(found.eventTimeNs, found.wallTimeNs);
                handler.onRecord(found, view.payload, 0, length);
                records++;
            }
        }
        if (indexBehindHole != 0) {
            moveIntoHole(indexBehindHole);
        }
        return records;
    }

    private int pollArchive(RecordHandler handler, int limit) {
        int records = 0;
        while (records < limit && cursor.archive.advance()) {
            final int length = cursor.viewArchived();
            if (cursor.expectedSequence != 0 && header.sequence != cursor.expectedSequence) {
                throw missing(header.sequence, cursor.archive.place());
            }
            cursor.expectedSequence = header.sequence + 1;
            header.eventTimeNs = Math.max(header.eventTimeNs, header.wallTimeNs);
            handler.onRecord(header, cursor.view.payload, 0, length);
            records++;
        }
        return records;
    }

    private JournalException missing(long found, String where) {
        return new JournalException("journal " + directory + ": expected record " + cursor.expectedSequence
                + " but found record " + found + " at " + where + ": records are missing");
    }

    /** Chronicle steps over a cycle that was archived and deleted: what it stepped over is in the archive. */
    private void moveIntoHole(long indexBehindHole) {
        final long found = header.sequence;
        cursor.reopenCycleFiles();
        if (!moveTo(cursor.expectedSequence) || cursor.archive == null) {
            throw missing(found, "index 0x" + Long.toHexString(indexBehindHole));
        }
    }

    /**
     * Nothing more was read where the tailer stands.
     *
     * @return true if there is something to be read by now.
     */
    private boolean moveOn() {
        if (cursor.archive != null && !cursor.archive.isAtEnd()) {
            return true;
        }
        final boolean inCycleFile = cursor.archive == null && cursor.placed;
        final boolean again = cursor.expectedSequence == soughtSequence;
        // Before the first record the directory alone tells whether there is one.
        final boolean mayRest = cursor.placed && (again || (inCycleFile && cursor.cycleFiles.isInsideFile()));
        final long nowNs = System.nanoTime();
        if (mayRest && nowNs - lastLookNs < LOOK_INTERVAL_NS) {
            return false;
        }
        lastLookNs = nowNs;
        soughtSequence = cursor.expectedSequence;
        if (inCycleFile && cursor.cycleFiles.isInsideFile() && !cursor.cycleFiles.isCurrentFileDeleted()) {
            // The usual end of a journal that is being written: to list the directory here would make garbage all the
            // time.
            return false;
        }
        if (inCycleFile) {
            final List<Segment> segments = Segment.in(directory);
            final boolean unchanged = cursor.cycleFiles.isInsideFile() || (again && segments.equals(soughtSegments));
            soughtSegments = segments;
            if (unchanged && !cursor.cycleFiles.isCurrentFileDeleted()) {
                return false;
            }
            cursor.reopenCycleFiles();
        }
        if (moveTo(cursor.expectedSequence)) {
            soughtSequence = NONE;
            return true;
        }
        return false;
    }

    @Override
    public boolean seek(long sequence) {
        return seek(sequence, 0);
    }

    /**
     * The same, with the event time going on from where another reading had got to.
     *
     * @param eventTimeNs the event time of the record before, in ns since the epoch.
     */
    public boolean seek(long sequence, long eventTimeNs) {
        header.eventTimeNs = eventTimeNs;
        cursor.expectedSequence = 0;
        soughtSequence = NONE;
        return moveTo(sequence);
    }

    /** Works on the directory's segments, again if one that was listed was archived or removed meanwhile. */
    private <T> T withSegments(SegmentWork<T> work) {
        NoSuchFileException gone = null;
        for (int i = 0; i < LISTING_LIMIT; i++) {
            try {
                return work.on(Segment.in(directory));
            } catch (final NoSuchFileException e) {
                gone = e;
                cursor.reopenCycleFiles();
            }
        }
        throw new JournalException("journal " + directory + ": file " + gone.getFile() + " is missing", gone);
    }

    @FunctionalInterface
    private interface SegmentWork<T> {
        T on(List<Segment> segments) throws NoSuchFileException;
    }

    /** Stands before a record, or before the first one after it; returns false if there is none yet. */
    private boolean moveTo(long sequence) {
        return withSegments(segments -> sequence <= 1 ? moveToStart(segments) : moveTo(sequence, segments));
    }

    private boolean moveToStart(List<Segment> segments) throws NoSuchFileException {
        for (final Segment segment : segments) {
            if (cursor.firstSequence(segment) > 0) {
                cursor.standAtStart(segment);
                return true;
            }
        }
        cursor.placed = false;
        return false;
    }

    private boolean moveTo(long sequence, List<Segment> segments) throws NoSuchFileException {
        Segment newer = null;
        for (int i = segments.size() - 1; i >= 0; i--) {
            final Segment segment = segments.get(i);
            final long first = cursor.firstSequence(segment);
            if (first > sequence) {
                newer = segment;
            } else if (first > 0) {
                if (cursor.standAt(segment, sequence, first)) {
                    return true;
                }
                if (newer == null) {
                    cursor.standAtEnd(segment);
                    return false;
                }
                break;
            }
        }
        cursor.placed = false;
        if (newer != null) {
            cursor.standAtStart(newer);
        }
        return cursor.placed;
    }

    /**
     * The segments and their records, in order; the tailer then stands at the journal's end. Reads one record of each cycle
     * file, and the manifest of each archive.
     */
    List<RecordedSegment> segments() {
        return withSegments(segments -> {
            final RecordedSegment[] recorded = new RecordedSegment[segments.size()];
            long last = -1;
            for (int i = recorded.length - 1; i >= 0; i--) {
                final Segment segment = segments.get(i);
                final long first = cursor.firstSequence(segment);
                if (first > 0 && last < 0) {
                    last = cursor.standAtEnd(segment) ? header.sequence : first;
                }
                recorded[i] = new RecordedSegment(segment, first, first > 0 ? last : 0);
                last = first > 0 ? first - 1 : last;
            }
            readLast();
            return List.of(recorded);
        });
    }

    @Override
    public List<RecordedDay> days() {
        return RecordedDay.of(segments());
    }

    /** The header of the journal's last record, or null if it has none; the tailer then stands at the end. */
    public RecordHeader readLast() {
        return withSegments(segments -> {
            for (int i = segments.size() - 1; i >= 0; i--) {
                if (cursor.standAtEnd(segments.get(i))) {
                    header.eventTimeNs = header.wallTimeNs;
                    return header;
                }
            }
            cursor.placed = false;
            return null;
        });
    }

    /**
     * Where the time of the journal's last cycle file begins; behind the time of the last cycle, if only an archive of it is
     * left, since what is written to that cycle again would hide the archive.
     */
    long lastCycleStartNs() {
        return withSegments(segments -> {
            if (segments.isEmpty()) {
                return 0L;
            }
            final Segment last = segments.get(segments.size() - 1);
            return last.hasCycleFile()
                    ? last.startNs()
                    : last.startNs() + ArchiveManifest.read(directory, last).cycleLengthNs();
        });
    }

    @Override
    public void close() {
        cursor.close();
    }
}
