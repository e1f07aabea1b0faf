package org.aegishydra.core.journal;

import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.List;
import net.openhft.chronicle.bytes.Bytes;
import net.openhft.chronicle.wire.DocumentContext;

/**
 * Reads a journal's records in order, in place, as they are appended. An archived cycle is read as a recorded one is, from
 * one inflated frame at a time. Every record's sequence is checked: a missing record ends the reading with an exception
 * that names both numbers.
 *
 * <p>A cycle file that is archived and deleted while it is read costs no record. Bound to the thread that first polls it.
 */
public final class JournalTailer implements RecordSource {
    /** How often a tailer without new records looks whether the files under it have changed. */
    private static final long LOOK_INTERVAL_NS = 20_000_000L;

    private static final long NONE = -1;

    /** How often the directory is listed again because a file that was listed is gone. */
    private static final int LISTING_LIMIT = 100;

    private final Journal journal;
    private final Path directory;
    private final RecordView view = new RecordView();
    private final RecordHeader header = view.header;

    /** Null until a cycle file is to be read. */
    private CycleFiles cycleFiles;

    /** What is read instead of the cycle files; null if those are read. */
    private ArchiveReader archive;

    /** Whether it is known where to go on; not before the journal holds a record. */
    private boolean placed;

    private long expectedSequence;

    /** The record for which the directory was looked through in vain. */
    private long soughtSequence = NONE;

    /** What was there then. */
    private List<Segment> soughtSegments = List.of();

    private long lastLookNs;

    JournalTailer(Journal journal) {
        this.journal = journal;
        this.directory = journal.directory();
    }

    /** Checks each payload against its CRC-32C from here on; off by default. */
    public JournalTailer verifyChecksums(boolean verify) {
        view.verifyChecksums = verify;
        return this;
    }

    /** How many frames of the archive that is being read were inflated. */
    long inflatedFrames() {
        return archive == null ? 0 : archive.inflatedFrames();
    }

    @Override
    public int poll(RecordHandler handler, int limit) {
        int records = 0;
        do {
            if (archive != null) {
                records += pollArchive(handler, limit - records);
            } else if (placed) {
                records += pollCycleFiles(handler, limit - records);
            }
        } while (records < limit && (records == 0 || archive != null) && moveOn());
        return records;
    }

    private int pollCycleFiles(RecordHandler handler, int limit) {
        int records = 0;
        long indexBehindHole = 0;
        while (records < limit) {
            try (DocumentContext document = cycleFiles.tailer.readingDocument()) {
                if (!document.isPresent()) {
                    break;
                }
                final int length = view(document);
                if (expectedSequence != 0 && header.sequence != expectedSequence) {
                    indexBehindHole = document.index();
                    break;
                }
                expectedSequence = header.sequence + 1;
                header.eventTimeNs = Math.max(header.eventTimeNs, header.wallTimeNs);
                handler.onRecord(header, view.payload, 0, length);
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
        while (records < limit && archive.advance()) {
            final int length = viewArchived();
            if (expectedSequence != 0 && header.sequence != expectedSequence) {
                throw missing(header.sequence, archive.place());
            }
            expectedSequence = header.sequence + 1;
            header.eventTimeNs = Math.max(header.eventTimeNs, header.wallTimeNs);
            handler.onRecord(header, view.payload, 0, length);
            records++;
        }
        return records;
    }

    /** Points at a document's record, and returns the payload's length. */
    private int view(DocumentContext document) {
        final Bytes<?> bytes = document.wire().bytes();
        final int length = view.wrap(bytes.addressForRead(bytes.readPosition()), (int) bytes.readRemaining());
        if (length < 0) {
            throw new JournalException("journal " + directory + ": the record at index 0x"
                    + Long.toHexString(document.index()) + " (after record " + (expectedSequence - 1) + ") "
                    + RecordView.problem(length));
        }
        return length;
    }

    private int viewArchived() {
        final int length = view.wrap(archive.address(), archive.length());
        if (length < 0) {
            throw new JournalException(archive.place() + ": the record after record " + (expectedSequence - 1) + " "
                    + RecordView.problem(length));
        }
        return length;
    }

    private JournalException missing(long found, String where) {
        return new JournalException("journal " + directory + ": expected record " + expectedSequence
                + " but found record " + found + " at " + where + ": records are missing");
    }

    /** Chronicle steps over a cycle that was archived and deleted: what it stepped over is in the archive. */
    private void moveIntoHole(long indexBehindHole) {
        final long found = header.sequence;
        reopenCycleFiles();
        if (!moveTo(expectedSequence) || archive == null) {
            throw missing(found, "index 0x" + Long.toHexString(indexBehindHole));
        }
    }

    /**
     * Nothing more was read where the tailer stands.
     *
     * @return true if there is something to be read by now.
     */
    private boolean moveOn() {
        if (archive != null && !archive.isAtEnd()) {
            return true;
        }
        final boolean inCycleFile = archive == null && placed;
        final boolean again = expectedSequence == soughtSequence;
        final boolean mayRest = again || (inCycleFile && cycleFiles.isInsideFile());
        final long nowNs = System.nanoTime();
        if (mayRest && nowNs - lastLookNs < LOOK_INTERVAL_NS) {
            return false;
        }
        lastLookNs = nowNs;
        soughtSequence = expectedSequence;
        if (inCycleFile) {
            final List<Segment> segments = Segment.in(directory);
            final boolean unchanged = cycleFiles.isInsideFile() || (again && segments.equals(soughtSegments));
            soughtSegments = segments;
            if (unchanged && !cycleFiles.isCurrentFileDeleted()) {
                return false;
            }
            reopenCycleFiles();
        }
        if (moveTo(expectedSequence)) {
            soughtSequence = NONE;
            return true;
        }
        return false;
    }

    /**
     * Moves so that the next record polled is the one with this sequence, or the first one if the sequence is lower than
     * that. Event time starts anew.
     *
     * @return false if the journal ends before that record; the tailer then stands at its end.
     */
    public boolean seek(long sequence) {
        header.eventTimeNs = 0;
        expectedSequence = 0;
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
                reopenCycleFiles();
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
            if (firstSequence(segment) > 0) {
                standAtStart(segment);
                return true;
            }
        }
        placed = false;
        return false;
    }

    private boolean moveTo(long sequence, List<Segment> segments) throws NoSuchFileException {
        Segment newer = null;
        for (int i = segments.size() - 1; i >= 0; i--) {
            final Segment segment = segments.get(i);
            final long first = firstSequence(segment);
            if (first > sequence) {
                newer = segment;
            } else if (first > 0) {
                if (standAt(segment, sequence, first)) {
                    return true;
                }
                if (newer == null) {
                    standAtEnd(segment);
                    return false;
                }
                break;
            }
        }
        placed = false;
        if (newer != null) {
            standAtStart(newer);
        }
        return placed;
    }

    /** The sequence of a segment's first record, or 0 if it holds none. */
    private long firstSequence(Segment segment) throws NoSuchFileException {
        if (!segment.hasCycleFile()) {
            return ArchiveManifest.read(directory, segment).firstRecord();
        }
        if (!cycleFiles().moveToStart(segment)) {
            requireCycleFile(segment);
            return 0;
        }
        return peek(segment) ? header.sequence : 0;
    }

    private void standAtStart(Segment segment) throws NoSuchFileException {
        if (segment.hasCycleFile()) {
            closeArchive();
            if (!cycleFiles().moveToStart(segment)) {
                requireCycleFile(segment);
            }
        } else {
            openArchive(segment).seekToStart();
        }
        placed = true;
    }

    /** Returns false if the segment ends before the record. */
    private boolean standAt(Segment segment, long sequence, long first) throws NoSuchFileException {
        placed = true;
        if (segment.hasCycleFile()) {
            closeArchive();
            return sequence == first || (cycleFiles().moveTo(segment, sequence - first) && peek(segment));
        }
        final ArchiveReader reader = openArchive(segment);
        reader.seek(sequence);
        return !reader.isAtEnd();
    }

    /** Stands behind a segment's last record, whose header is read. Returns false if it has none. */
    private boolean standAtEnd(Segment segment) throws NoSuchFileException {
        if (segment.hasCycleFile()) {
            closeArchive();
            if (!cycleFiles().moveToLast(segment)) {
                requireCycleFile(segment);
                return false;
            }
            try (DocumentContext document = cycleFiles.tailer.readingDocument()) {
                view(document);
            }
        } else {
            final ArchiveReader reader = openArchive(segment);
            reader.seek(reader.manifest().lastRecord());
            reader.advance();
            viewArchived();
        }
        placed = true;
        expectedSequence = header.sequence + 1;
        return true;
    }

    private CycleFiles cycleFiles() {
        if (cycleFiles == null) {
            cycleFiles = new CycleFiles(journal);
        }
        return cycleFiles;
    }

    private void reopenCycleFiles() {
        if (cycleFiles != null) {
            cycleFiles.close();
            cycleFiles = null;
            placed = archive != null;
        }
    }

    private ArchiveReader openArchive(Segment segment) throws NoSuchFileException {
        if (archive == null || !archive.manifest().cycle().equals(segment.name())) {
            closeArchive();
            archive = ArchiveReader.open(directory, segment);
        }
        return archive;
    }

    private void closeArchive() {
        if (archive != null) {
            archive.close();
            archive = null;
        }
    }

    private void requireCycleFile(Segment segment) throws NoSuchFileException {
        final Path file = segment.cycleFile(directory);
        if (!Files.exists(file)) {
            throw new NoSuchFileException(file.toString());
        }
    }

    /** Reads the header of the next record of a cycle file without moving past it; false if there is none. */
    private boolean peek(Segment segment) {
        final long index;
        try (DocumentContext document = cycleFiles.tailer.readingDocument()) {
            if (!document.isPresent() || !cycleFiles.isIn(segment, document)) {
                return false;
            }
            view(document);
            index = document.index();
        }
        return cycleFiles.tailer.moveToIndex(index);
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
                final long first = firstSequence(segment);
                if (first > 0 && last < 0) {
                    last = standAtEnd(segment) ? header.sequence : first;
                }
                recorded[i] = new RecordedSegment(segment, first, first > 0 ? last : 0);
                last = first > 0 ? first - 1 : last;
            }
            readLast();
            return List.of(recorded);
        });
    }

    /** The days that the journal holds records of, in order; the tailer then stands at the journal's end. */
    public List<RecordedDay> days() {
        return RecordedDay.of(segments());
    }

    /** The header of the journal's last record, or null if it has none; the tailer then stands at the end. */
    public RecordHeader readLast() {
        return withSegments(segments -> {
            for (int i = segments.size() - 1; i >= 0; i--) {
                if (standAtEnd(segments.get(i))) {
                    header.eventTimeNs = header.wallTimeNs;
                    return header;
                }
            }
            placed = false;
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
        closeArchive();
        if (cycleFiles != null) {
            cycleFiles.close();
        }
    }
}
