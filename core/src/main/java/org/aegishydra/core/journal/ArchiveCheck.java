package org.aegishydra.core.journal;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/**
 * Reads an archive whole, frame by frame: each frame's checksums, each record's sequence and CRC-32C, and in the end
 * whether all of it together is what its manifest says. Used by one thread.
 */
public final class ArchiveCheck implements AutoCloseable {
    /** The most damages that are listed of one archive. */
    public static final int DAMAGE_LIMIT = 100;

    private final Path file;
    private final ArchiveManifest manifest;
    private final ArchiveReader reader;
    private final RecordView view = new RecordView();
    private final ArchiveTally tally = new ArchiveTally();
    private final List<String> damages = new ArrayList<>();
    private int frame;
    private boolean ended;

    ArchiveCheck(Path file, ArchiveManifest manifest) {
        this.file = file;
        this.manifest = manifest;
        view.verifyChecksums = true;
        try {
            reader = new ArchiveReader(file, manifest);
        } catch (final NoSuchFileException e) {
            throw new JournalException("archive " + file + " is missing, although its manifest is there", e);
        }
    }

    /**
     * The check of a segment's archive.
     *
     * @throws JournalException if its manifest is damaged, or there is no archive.
     */
    public static ArchiveCheck of(Path directory, Segment segment) {
        try {
            return new ArchiveCheck(segment.recordsFile(directory), ArchiveManifest.read(directory, segment));
        } catch (final NoSuchFileException e) {
            throw new JournalException("archive " + segment.manifestFile(directory) + " is missing", e);
        }
    }

    public ArchiveManifest manifest() {
        return manifest;
    }

    /**
     * Checks the next frame.
     *
     * @return how many records it holds; 0 when all was checked.
     */
    public int poll() {
        if (frame == manifest.frames().size()) {
            if (!ended) {
                ended = true;
                checkWhole();
            }
            return 0;
        }
        final ArchiveManifest.Frame found = manifest.frames().get(frame);
        try {
            reader.seek(found.firstRecord());
            final long endRecord = found.firstRecord() + found.records();
            for (long record = found.firstRecord(); record < endRecord; record++) {
                checkRecord(record);
            }
            reader.requireFrameEnd();
            tally.onFrame(reader.inflatedFrame());
        } catch (final JournalException e) {
            damaged(e.getMessage() + firstDamagedRecord(found));
        }
        frame++;
        return found.records();
    }

    private void checkRecord(long record) {
        reader.advance();
        final int length = view.wrap(reader.address(), reader.length());
        if (length < 0) {
            throw new JournalException(reader.place() + ": record " + record + " " + RecordView.problem(length));
        }
        if (view.header.sequence != record) {
            throw new JournalException(
                    reader.place() + ": expected record " + record + " but found record " + view.header.sequence);
        }
        if (damages.isEmpty()) {
            tally.onRecord(view, length);
        }
    }

    private String firstDamagedRecord(ArchiveManifest.Frame found) {
        final long record = DamagedFrame.firstDamagedRecord(file, found);
        return record == 0 ? "; every record of it can be read" : "; the damage begins at record " + record;
    }

    private void checkWhole() {
        try {
            if (Files.size(file) != manifest.compressedLengthBytes()) {
                damaged("archive " + file + " has " + Files.size(file) + " bytes instead of "
                        + manifest.compressedLengthBytes());
            }
        } catch (final IOException e) {
            throw new JournalException("cannot read archive " + file + ": " + e, e);
        }
        if (damages.isEmpty()) {
            final ArchiveManifest found = tally.manifest(
                    new Segment(manifest.cycle(), manifest.cycleStartNs(), false, true),
                    manifest.cycleLengthNs(),
                    manifest.level(),
                    manifest.compressedLengthBytes(),
                    manifest.frames());
            final String difference = ArchiveTally.difference(manifest, found);
            if (difference != null) {
                damaged("archive " + file + ": " + difference);
            }
        }
    }

    private void damaged(String what) {
        if (damages.size() < DAMAGE_LIMIT) {
            damages.add(what);
        }
    }

    /** What is damaged and where, as far as was checked. */
    public List<String> damages() {
        return List.copyOf(damages);
    }

    @Override
    public void close() {
        reader.close();
    }
}
