package org.aegishydra.core.journal;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.List;
import java.util.stream.Stream;

/**
 * The right to archive a journal, and to remove what was recorded: one process at a time has it. Used by one thread.
 */
public final class ArchiveSession implements AutoCloseable {
    private static final String LOCK_FILE = "archive.lock";

    private final Journal journal;
    private final Path directory;
    private final WriterLock lock;

    private ArchiveSession(Journal journal, WriterLock lock) {
        this.journal = journal;
        this.directory = journal.directory();
        this.lock = lock;
    }

    /**
     * Takes the right, and removes what an archiver that was killed had not finished.
     *
     * @throws JournalException if another archiver has it.
     */
    public static ArchiveSession open(Journal journal) {
        final ArchiveSession session = new ArchiveSession(
                journal,
                WriterLock.acquire(
                        journal.directory(), LOCK_FILE, "archived", "wait until it ends, it takes what is left to do"));
        try {
            clear(journal.directory());
            return session;
        } catch (final IOException e) {
            session.close();
            throw new JournalException("cannot clear journal directory " + journal.directory() + ": " + e, e);
        }
    }

    private static void clear(Path directory) throws IOException {
        final List<Path> unfinished;
        try (Stream<Path> files = Files.list(directory)) {
            unfinished = files.filter(
                            file -> Segment.isUnfinished(file.getFileName().toString()))
                    .toList();
        }
        for (final Path file : unfinished) {
            final String name = file.getFileName().toString();
            if (name.endsWith(Segment.MANIFEST_SUFFIX + Segment.UNFINISHED_SUFFIX)) {
                // Written together with these records, or taken away before them: without it they are nobody's.
                final String cycle = name.substring(0, name.indexOf('.'));
                if (!Files.exists(directory.resolve(cycle + Segment.MANIFEST_SUFFIX))) {
                    Files.deleteIfExists(directory.resolve(cycle + Segment.RECORDS_SUFFIX));
                }
            }
            Files.delete(file);
        }
    }

    /** The journal's segments and their records, the oldest first. */
    public List<RecordedSegment> segments() {
        try (JournalTailer tailer = journal.tailer()) {
            return tailer.segments();
        }
    }

    /** Whether a writer has the journal open. */
    public boolean hasWriter() {
        try {
            WriterLock.acquire(directory).close();
            return false;
        } catch (final JournalException held) {
            return true;
        }
    }

    /** How long a cycle lasts, in nanoseconds. */
    public long cycleLengthNs() {
        return journal.cycleLengthNs();
    }

    /** Whether a segment's archive is there, is in order as far as its manifest goes, and holds the segment's records. */
    public boolean isArchived(RecordedSegment source) {
        final Segment segment = source.segment();
        if (!segment.isArchived() || !Files.isRegularFile(segment.recordsFile(directory))) {
            return false;
        }
        try {
            final ArchiveManifest manifest = ArchiveManifest.read(directory, segment);
            return manifest.firstRecord() == source.firstSequence() && manifest.lastRecord() == source.lastSequence();
        } catch (final JournalException | NoSuchFileException damaged) {
            return false;
        }
    }

    /** Begins the archive of a closed cycle file. */
    public ArchiveWriter archive(RecordedSegment source, int level) {
        return new ArchiveWriter(journal, source, level);
    }

    /** Begins a pass over a cycle file that is archived, whose end tells whether the archive holds the same. */
    public OriginalCheck checkOriginal(RecordedSegment source) {
        try {
            return new OriginalCheck(journal, source, ArchiveManifest.read(directory, source.segment()));
        } catch (final NoSuchFileException e) {
            throw new JournalException("archive " + e.getFile() + " is missing", e);
        }
    }

    /**
     * Deletes the cycle file of a segment whose archive was checked.
     *
     * @param isLast whether a writer could still append to it: none may have the journal open then.
     * @return false if it was appended to meanwhile, or a writer came, so that it stays.
     */
    public boolean deleteCycleFile(RecordedSegment source, boolean isLast) {
        final Segment segment = source.segment();
        if (!isLast) {
            delete(segment.cycleFile(directory));
            return true;
        }
        try (WriterLock held = WriterLock.acquire(directory)) {
            final boolean unchanged = held != null && segments().stream().anyMatch(source::holdsTheSameAs);
            if (unchanged) {
                delete(segment.cycleFile(directory));
            }
            return unchanged;
        } catch (final JournalException taken) {
            return false;
        }
    }

    /** Removes a segment, archived or not, from the journal. */
    public void remove(Segment segment) {
        delete(segment.cycleFile(directory));
        if (segment.isArchived()) {
            final Path manifest = segment.manifestFile(directory);
            final Path removed = directory.resolve(manifest.getFileName() + Segment.UNFINISHED_SUFFIX);
            try {
                Files.move(manifest, removed, StandardCopyOption.ATOMIC_MOVE);
            } catch (final IOException e) {
                throw new JournalException("cannot remove " + manifest + ": " + e, e);
            }
            delete(segment.recordsFile(directory));
            delete(removed);
        }
    }

    private static void delete(Path file) {
        try {
            Files.deleteIfExists(file);
        } catch (final IOException e) {
            throw new JournalException("cannot delete " + file + ": " + e, e);
        }
    }

    @Override
    public void close() {
        lock.close();
    }
}
