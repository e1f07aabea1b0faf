package org.aegishydra.core.journal;

import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import net.openhft.chronicle.bytes.Bytes;
import net.openhft.chronicle.wire.DocumentContext;

/**
 * Where a tailer stands: in the cycle files, which lead on from one to the next, or in the archive of one cycle. A segment
 * that was listed and is gone shows as a {@link NoSuchFileException}. Used by one thread at a time.
 */
final class SegmentCursor implements AutoCloseable {
    final RecordView view = new RecordView();
    final RecordHeader header = view.header;

    /** Null until a cycle file is to be read. */
    CycleFiles cycleFiles;

    /** What is read instead of the cycle files; null if those are read. */
    ArchiveReader archive;

    /** Whether it is known where to go on; not before the journal holds a record. */
    boolean placed;

    /** The record that must come next; 0 if any may. */
    long expectedSequence;

    private final Journal journal;
    private final Path directory;

    SegmentCursor(Journal journal) {
        this.journal = journal;
        this.directory = journal.directory();
    }

    /** Points at a document's record, and returns the payload's length. */
    int view(DocumentContext document) {
        final Bytes<?> bytes = document.wire().bytes();
        final int length = view.wrap(bytes.addressForRead(bytes.readPosition()), (int) bytes.readRemaining());
        if (length < 0) {
            throw new JournalException("journal " + directory + ": the record at index 0x"
                    + Long.toHexString(document.index()) + " (after record " + (expectedSequence - 1) + ") "
                    + RecordView.problem(length));
        }
        return length;
    }

    int viewArchived() {
        final int length = view.wrap(archive.address(), archive.length());
        if (length < 0) {
            throw new JournalException(archive.place() + ": the record after record " + (expectedSequence - 1) + " "
                    + RecordView.problem(length));
        }
        return length;
    }

    /** The sequence of a segment's first record, or 0 if it holds none. */
    long firstSequence(Segment segment) throws NoSuchFileException {
        if (!segment.hasCycleFile()) {
            return ArchiveManifest.read(directory, segment).firstRecord();
        }
        if (!cycleFiles().moveToStart(segment)) {
            requireCycleFile(segment);
            return 0;
        }
        return peek(segment) ? header.sequence : 0;
    }

    void standAtStart(Segment segment) throws NoSuchFileException {
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
    boolean standAt(Segment segment, long sequence, long first) throws NoSuchFileException {
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
    boolean standAtEnd(Segment segment) throws NoSuchFileException {
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

    void reopenCycleFiles() {
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

    @Override
    public void close() {
        closeArchive();
        if (cycleFiles != null) {
            cycleFiles.close();
        }
    }
}
