package org.aegishydra.core.journal;

import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.List;
import java.util.stream.Stream;

/**
 * Makes what was appended to a journal durable, so that it survives a power cut. Works on the journal's files and not
 * through its appender, which goes on meanwhile.
 *
 * <p>Used by one thread at a time, which is not the one that appends: a sync takes as long as the disk does.
 */
public final class JournalSync implements AutoCloseable {
    private final Path directory;
    private final Path firstFile;
    private Path lastFile;
    private FileChannel lastChannel;

    /** For a journal that is being written, or will be, in this process or in another. */
    public JournalSync(Journal journal) {
        directory = journal.directory();
        final List<Segment> segments = Files.isDirectory(directory) ? Segment.in(directory) : List.of();
        // Older files are not written any more, and may be archived meanwhile.
        firstFile = segments.stream()
                .filter(Segment::hasCycleFile)
                .reduce((older, newer) -> newer)
                .map(newest -> newest.cycleFile(directory))
                .orElse(null);
    }

    /**
     * Returns when every record is on the disk whose append had returned before this call, of the cycle file that was the
     * newest when this object was made and of later ones. Does nothing while there is no journal yet.
     *
     * @throws JournalException if the disk fails. What was appended since the last sync may be lost then, even if a later
     *     one succeeds.
     */
    public void sync() {
        if (lastFile == null && !Journal.exists(directory)) {
            return;
        }
        try {
            boolean isNewFile = false;
            for (final Path file : cycleFiles()) {
                if (lastFile == null || file.compareTo(lastFile) > 0) {
                    // Ended by the roll, after its last sync.
                    forceLastFile();
                    close();
                    lastChannel = FileChannel.open(file, StandardOpenOption.WRITE);
                    lastFile = file;
                    isNewFile = true;
                }
            }
            if (!Files.exists(lastFile)) {
                throw new IOException(lastFile + " is gone while it was being written");
            }
            forceLastFile();
            if (isNewFile) {
                force(directory.resolve(JournalMetadata.FILE_NAME), StandardOpenOption.WRITE);
                // The names of new files are the directory's content.
                force(directory, StandardOpenOption.READ);
            }
        } catch (final IOException e) {
            throw new JournalException("cannot make journal " + directory + " durable: " + e, e);
        }
    }

    /** The newest cycle file that was synced; null if none was yet. */
    Path lastFile() {
        return lastFile;
    }

    private List<Path> cycleFiles() throws IOException {
        try (Stream<Path> files = Files.list(directory)) {
            return files.filter(file -> file.getFileName().toString().endsWith(Segment.CYCLE_SUFFIX))
                    .filter(file -> firstFile == null || file.compareTo(firstFile) >= 0)
                    .sorted()
                    .toList();
        }
    }

    private void forceLastFile() throws IOException {
        if (lastChannel != null) {
            lastChannel.force(false);
        }
    }

    private static void force(Path path, StandardOpenOption option) throws IOException {
        try (FileChannel channel = FileChannel.open(path, option)) {
            channel.force(true);
        }
    }

    /** Closes what is open; syncs nothing. */
    @Override
    public void close() {
        if (lastChannel != null) {
            try {
                lastChannel.close();
            } catch (final IOException e) {
                throw new JournalException("cannot close " + lastFile + ": " + e, e);
            } finally {
                lastChannel = null;
            }
        }
    }
}
