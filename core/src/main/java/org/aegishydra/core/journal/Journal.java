package org.aegishydra.core.journal;

import java.io.IOException;
import java.nio.file.AccessDeniedException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import net.openhft.chronicle.core.time.TimeProvider;
import net.openhft.chronicle.queue.RollCycle;
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
    private static final Pattern OWN_FILES =
            Pattern.compile(".+\\.(cq4|discard)|metadata\\.cq4t|(writer|archive)\\.lock|status\\.board.*");

    /**
     * How long Chronicle waits for a file that is not ready. It is made ready before Chronicle sees it, see
     * {@link CrashRecovery}; a reader that comes upon one polls again.
     */
    private static final long CHRONICLE_TIMEOUT_MS = 500;

    private final Path directory;
    private final JournalFormat format;

    private Journal(Path directory, JournalFormat format) {
        this.directory = directory;
        this.format = format;
    }

    /**
     * An existing journal, to be read, whatever its roll is.
     *
     * @throws JournalException if the directory holds no journal, or one whose roll cannot be found out.
     */
    public static Journal open(Path directory) {
        requireJournal(directory);
        return new Journal(directory, JournalFormat.MARKET.withRoll(roll(directory)));
    }

    /**
     * An existing journal of a known format, to be read.
     *
     * @throws JournalException if the directory holds no journal.
     */
    public static Journal open(Path directory, JournalFormat format) {
        requireJournal(directory);
        return new Journal(directory, format);
    }

    private static Roll roll(Path directory) {
        if (Files.isRegularFile(directory.resolve(JournalMetadata.FILE_NAME))) {
            return JournalMetadata.readRoll(directory);
        }
        // Archives alone: each tells the length of its cycle.
        final Segment any = Segment.in(directory).get(0);
        try {
            return Roll.ofLengthNs(ArchiveManifest.read(directory, any).cycleLengthNs());
        } catch (final NoSuchFileException e) {
            throw new JournalException("archive " + any.name() + " in " + directory + " was removed just now", e);
        }
    }

    private static void requireJournal(Path directory) {
        if (!exists(directory)) {
            throw new JournalException("no journal in " + directory
                    + ": name the directory that `aegis record`, `import` or `synth` wrote");
        }
    }

    /**
     * A journal to be written, made if it is not there.
     *
     * @throws JournalException if the directory cannot be made or holds files that are no journal's.
     */
    public static Journal create(Path directory, JournalFormat format) {
        if (Files.exists(directory) && !Files.isDirectory(directory)) {
            throw new JournalException(directory + " is a file: name a directory for the journal");
        }
        try {
            Files.createDirectories(directory);
            if (!exists(directory)) {
                refuseForeignFiles(directory);
            }
        } catch (final AccessDeniedException e) {
            throw denied(directory, e);
        } catch (final IOException e) {
            throw new JournalException("cannot make journal directory " + directory + ": " + e, e);
        }
        return new Journal(directory, format);
    }

    static JournalException denied(Path directory, AccessDeniedException cause) {
        return new JournalException(
                "journal " + directory + ": permission denied for " + cause.getFile()
                        + ": run as the user who owns the journal, or name another directory",
                cause);
    }

    /** Whether the directory holds a journal that can be opened by now. */
    public static boolean exists(Path directory) {
        final boolean hasMetadata = Files.isRegularFile(directory.resolve(JournalMetadata.FILE_NAME));
        return Files.isDirectory(directory)
                && Segment.in(directory).stream()
                        .anyMatch(segment -> segment.hasCycleFile() ? hasMetadata : segment.isArchived());
    }

    private static void refuseForeignFiles(Path directory) throws IOException {
        try (Stream<Path> files = Files.list(directory)) {
            final var foreign = files.map(file -> file.getFileName().toString())
                    .filter(name -> !OWN_FILES.matcher(name).matches() && !Segment.isArchiveFile(name))
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
        return format.roll().lengthNs();
    }

    /**
     * Chronicle would silently use the roll that the directory has.
     *
     * @throws JournalException if that is another than this journal's; nothing if there are no cycle files yet.
     */
    void refuseOtherRoll() {
        if (Files.exists(directory.resolve(JournalMetadata.FILE_NAME))) {
            refuseOtherThan(JournalMetadata.readRoll(directory).cycle());
        }
    }

    SingleChronicleQueue queue(boolean readOnly, TimeProvider timeProvider) {
        if (Files.exists(directory.resolve(JournalMetadata.FILE_NAME))) {
            refuseOtherRoll();
        } else if (readOnly) {
            throw new JournalException("journal " + directory
                    + ": its metadata file is missing beside its cycle files, so that they cannot be opened");
        }
        final SingleChronicleQueue queue;
        try {
            queue = SingleChronicleQueueBuilder.binary(directory)
                    .rollCycle(format.roll().cycle())
                    .blockSize(format.blockSizeBytes())
                    .readOnly(readOnly)
                    .timeoutMS(CHRONICLE_TIMEOUT_MS)
                    .timeProvider(timeProvider)
                    .build();
        } catch (final RuntimeException e) {
            throw new JournalException("cannot open journal " + directory + ": " + e.getMessage(), e);
        }
        try {
            // Where there was no metadata, Chronicle goes by the names of the cycle files.
            refuseOtherThan(queue.rollCycle());
        } catch (final JournalException e) {
            queue.close();
            throw e;
        }
        return queue;
    }

    private void refuseOtherThan(RollCycle found) {
        if (found != format.roll().cycle()) {
            final String name = Stream.of(Roll.values())
                    .filter(roll -> roll.cycle() == found)
                    .map(Roll::optionName)
                    .findFirst()
                    .orElse(found.toString());
            throw new JournalException("journal " + directory + " rolls " + name + ", not " + format.roll()
                    + ": record into another directory, or with --roll " + name);
        }
    }
}
