package org.aegishydra.core.journal;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.stream.Stream;
import net.openhft.chronicle.core.time.TimeProvider;
import net.openhft.chronicle.queue.RollCycle;
import net.openhft.chronicle.queue.RollCycles;
import net.openhft.chronicle.queue.impl.single.SingleChronicleQueue;
import net.openhft.chronicle.queue.impl.single.SingleChronicleQueueBuilder;

/**
 * A recording: a directory of memory-mapped cycle files, written by one {@link JournalAppender} and read by any number
 * of {@link JournalTailer}s, in this process or in others. Readers never slow the writer.
 *
 * <p>A record belongs to the cycle file of its event time (the running maximum of receive times), so that an import or
 * a synthetic day lies in the files of the days it tells of.
 *
 * <p>What was appended survives a killed process, not a power cut. Network file systems are not supported.
 * This class is immutable; appenders and tailers are bound to the thread that uses them.
 */
public final class Journal {
    private static final String METADATA = "metadata.cq4t";

    private final Path directory;
    private final JournalFormat format;

    private Journal(Path directory, JournalFormat format) {
        this.directory = directory;
        this.format = format;
    }

    /**
     * An existing journal, to be read.
     *
     * @throws JournalException if the directory holds no journal.
     */
    public static Journal open(Path directory, JournalFormat format) {
        if (!exists(directory)) {
            throw new JournalException("no journal in " + directory
                    + ": name the directory that `aegis record`, `import` or `synth` wrote");
        }
        return new Journal(directory, format);
    }

    /**
     * A journal to be written, made if it is not there.
     *
     * @throws JournalException if the directory cannot be made or holds files that are no journal's.
     */
    public static Journal create(Path directory, JournalFormat format) {
        try {
            Files.createDirectories(directory);
            if (!exists(directory)) {
                refuseForeignFiles(directory);
            }
        } catch (final IOException e) {
            throw new JournalException("cannot make journal directory " + directory + ": " + e, e);
        }
        return new Journal(directory, format);
    }

    /** Whether the directory holds a journal that can be opened by now. */
    public static boolean exists(Path directory) {
        final boolean hasMetadata = Files.isRegularFile(directory.resolve(METADATA));
        return Files.isDirectory(directory)
                && Segment.in(directory).stream()
                        .anyMatch(segment -> segment.hasCycleFile() ? hasMetadata : segment.isArchived());
    }

    private static void refuseForeignFiles(Path directory) throws IOException {
        try (Stream<Path> files = Files.list(directory)) {
            final var foreign = files.map(file -> file.getFileName().toString())
                    .filter(name -> !name.endsWith(Segment.CYCLE_SUFFIX)
                            && !name.equals(METADATA)
                            && !name.endsWith(".lock")
                            && !Segment.isArchiveFile(name))
                    .sorted()
                    .findFirst();
            if (foreign.isPresent()) {
                throw new JournalException("directory " + directory + " is not empty and holds no journal (found "
                        + foreign.get() + "): name an empty directory or an existing journal");
            }
        }
    }

    public Path directory() {
        return directory;
    }

    public JournalFormat format() {
        return format;
    }

    /**
     * The journal's only appender.
     *
     * @throws JournalException if another writer, in whatever process, has the journal open.
     */
    public JournalAppender appender() {
        return new JournalAppender(this);
    }

    /** A tailer that stands before the first record. */
    public JournalTailer tailer() {
        return new JournalTailer(this);
    }

    long cycleLengthNs() {
        return RollCycles.valueOf(format.rollPattern()).lengthInMillis() * 1_000_000L;
    }

    SingleChronicleQueue queue(boolean readOnly, TimeProvider timeProvider) {
        if (readOnly && !Files.isRegularFile(directory.resolve(METADATA))) {
            throw new JournalException("journal " + directory
                    + ": its metadata file is missing beside its cycle files, so " + "that they cannot be opened");
        }
        final RollCycle rollCycle = RollCycles.valueOf(format.rollPattern());
        final SingleChronicleQueueBuilder builder = SingleChronicleQueueBuilder.binary(directory)
                .rollCycle(rollCycle)
                .blockSize(format.blockSizeBytes())
                .readOnly(readOnly)
                .timeProvider(timeProvider);
        final SingleChronicleQueue queue;
        try {
            queue = builder.build();
        } catch (final RuntimeException e) {
            throw new JournalException("cannot open journal " + directory + ": " + e.getMessage(), e);
        }
        final RollCycle found = queue.rollCycle();
        if (found != rollCycle) {
            queue.close();
            throw new JournalException("journal " + directory + " rolls by " + found + ", not by " + rollCycle
                    + ": record into another directory, or with the roll that this one has");
        }
        return queue;
    }
}
