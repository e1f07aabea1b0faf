package org.aegishydra.core.journal;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.stream.Stream;

/**
 * What is replayed: a journal, or a directory of journals whose times follow each other, as one stream. Records are numbered
 * through, the second journal's first record after the first one's last, so that each has one address as long as the
 * journals before it stay; event time never steps back. Journals that are empty when the recording is opened are left out,
 * and only the last one may grow.
 *
 * <p>Connection ids may repeat from journal to journal. That does no harm, because every journal but the first must begin
 * with {@link RecordKind#RECORDER_STARTED}, after which a reader knows no connection and no book. This class is immutable.
 */
public final class Recording {
    private final Path directory;
    private final Journal first;

    /** More than one journal, or empty: a single one is read by its own tailer. */
    private final List<RecordedPart> parts;

    private Recording(Path directory, Journal first, List<RecordedPart> parts) {
        this.directory = directory;
        this.first = first;
        this.parts = parts;
    }

    /**
     * An existing recording.
     *
     * @param directory holds a journal, or subdirectories that each hold one.
     * @throws JournalException if it holds neither, or journals that do not make one stream.
     */
    public static Recording open(Path directory) {
        final List<Path> journals = Journal.exists(directory) ? List.of() : journalsIn(directory);
        if (journals.isEmpty()) {
            return new Recording(directory, Journal.open(directory), List.of());
        }
        final List<RecordedPart> found = new ArrayList<>();
        for (final Path each : journals) {
            final RecordedPart part = RecordedPart.of(Journal.open(each));
            if (part != null) {
                found.add(part);
            }
        }
        if (found.size() < 2) {
            return new Recording(
                    directory,
                    found.isEmpty()
                            ? Journal.open(journals.get(0))
                            : found.get(0).journal(),
                    List.of());
        }
        found.sort(Comparator.comparingLong(RecordedPart::firstTimeNs));
        final List<RecordedPart> parts = new ArrayList<>();
        for (final RecordedPart part : found) {
            parts.add(parts.isEmpty() ? part : part.after(parts.get(parts.size() - 1)));
        }
        return new Recording(directory, parts.get(0).journal(), List.copyOf(parts));
    }

    private static List<Path> journalsIn(Path directory) {
        if (!Files.isDirectory(directory)) {
            return List.of();
        }
        try (Stream<Path> files = Files.list(directory)) {
            return files.filter(Journal::exists).sorted().toList();
        } catch (final IOException e) {
            throw new JournalException("cannot read directory " + directory + ": " + e, e);
        }
    }

    /** The directory that was named. */
    public Path directory() {
        return directory;
    }

    /** The format of the journal, or of the first one. */
    public JournalFormat format() {
        return first.format();
    }

    /** A reader that stands before the first record. */
    public RecordReader reader() {
        return parts.isEmpty() ? first.tailer() : new RecordingTailer(parts);
    }
}
