package org.aegishydra.core.board;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.BasicFileAttributes;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import net.openhft.chronicle.map.ChronicleMap;

/**
 * A reader's side of a status board. It takes no lock that a recorder would meet and follows a recorder that starts anew.
 * The board is mapped for reading and writing, since Chronicle Map knows no other way: the reader needs the right to write
 * the file. Thread safe. One view of a journal at a time in a JVM.
 */
public final class BoardView implements AutoCloseable {
    /** A process that has not published for so long is not well. */
    public static final long SILENCE_NS = 5_000_000_000L;

    /** Clocks that tell when a process began are coarse. */
    private static final Duration START_TOLERANCE = Duration.ofSeconds(10);

    private final Path file;
    private final BoardEntry[] entries = new BoardEntry[BoardFile.ENTRIES];
    private ChronicleMap<Integer, BoardEntry> map;
    private Object fileKey;
    private long publicationsBefore;

    BoardView(Path journalDirectory) {
        file = journalDirectory.resolve(BoardFile.NAME);
        open();
    }

    private void open() {
        if (Files.notExists(file)) {
            throw new BoardException("no status board in " + file.getParent()
                    + ": name the journal of a recorder that runs (`aegis record --journal DIR`)");
        }
        try {
            final String fault = BoardFile.fault(file);
            if (fault != null) {
                throw new BoardException(file + " " + fault + ": the next recorder makes it anew");
            }
            if (!Files.isWritable(file)) {
                throw new BoardException(
                        "no right to write " + file + ", which a reader maps too: run as the user that records");
            }
            fileKey = fileKey();
            map = BoardFile.open(file.toFile());
            for (int key = 0; key < entries.length; key++) {
                entries[key] = map.getUsing(key, new BoardEntry());
                if (entries[key] == null || !entries[key].isOfThisVersion()) {
                    throw new BoardException(
                            file
                                    + " is a status board of another version of Aegis: the next recorder of this one makes it anew");
                }
            }
            publicationsBefore = 0;
        } catch (final BoardException e) {
            close();
            throw e;
        } catch (final IOException | RuntimeException e) {
            close();
            throw new BoardException("cannot open the status board " + file + ": " + e, e);
        }
    }

    private Object fileKey() throws IOException {
        return Files.readAttributes(file, BasicFileAttributes.class).fileKey();
    }

    /**
     * What the board holds now.
     *
     * @throws BoardException if it was replaced by something else, or this view is closed.
     */
    public synchronized BoardReading read() {
        if (map == null) {
            throw new BoardException("the view of " + file + " is closed");
        }
        reopenIfReplaced();
        final EntryReading<RecorderFigure> recorder = read(BoardFile.RECORDER_KEY, RecorderFigure.class);
        if (recorder == null) {
            throw new BoardException(file + " lacks the recorder's entry: the next recorder makes it anew");
        }
        final List<EntryReading<LaneFigure>> lanes = new ArrayList<>();
        for (int key = 1; key < entries.length; key++) {
            final EntryReading<LaneFigure> lane = read(key, LaneFigure.class);
            if (lane != null) {
                lanes.add(lane);
            }
        }
        final long wallTimeNs = ChronoUnit.NANOS.between(Instant.EPOCH, Instant.now());
        final Liveness liveness = liveness(recorder, wallTimeNs);
        publicationsBefore = recorder.publications();
        return new BoardReading(wallTimeNs, System.nanoTime(), liveness, recorder, lanes);
    }

    private void reopenIfReplaced() {
        final Object now;
        try {
            now = fileKey();
        } catch (final IOException deleted) {
            // The recorder goes on with what it has mapped, and so does its reader.
            return;
        }
        if (!now.equals(fileKey)) {
            close();
            open();
        }
    }

    private <F extends Enum<F>> EntryReading<F> read(int key, Class<F> figureType) {
        final F[] names = figureType.getEnumConstants();
        final long[] values = new long[names.length];
        final BoardEntry.Published published = entries[key].read(values);
        if (published == null) {
            return null;
        }
        final Map<F, Long> figures = new EnumMap<>(figureType);
        for (int i = 0; i < names.length; i++) {
            figures.put(names[i], values[i]);
        }
        return new EntryReading<>(key - 1, published.count(), published.text(), figures);
    }

    private Liveness liveness(EntryReading<RecorderFigure> recorder, long wallTimeNs) {
        // A process in another container is not in sight; that it goes on publishing is proof enough.
        final boolean movedOn = publicationsBefore > 0 && recorder.publications() != publicationsBefore;
        final long state = recorder.get(RecorderFigure.STATE);
        if (!movedOn && (state == RecorderState.STOPPED.ordinal() || state == RecorderState.FAILED.ordinal())) {
            return Liveness.STOPPED;
        }
        if (!movedOn && !isThere(recorder)) {
            return Liveness.GONE;
        }
        final long ageNs = wallTimeNs - recorder.get(RecorderFigure.UPDATED_WALL_NS);
        return movedOn || ageNs < SILENCE_NS ? Liveness.LIVE : Liveness.SILENT;
    }

    /** Process ids are used again: one that began after the recorder did is another process. */
    private static boolean isThere(EntryReading<RecorderFigure> recorder) {
        final Instant recorderStart = Instant.EPOCH.plusNanos(recorder.get(RecorderFigure.START_WALL_NS));
        return ProcessHandle.of(recorder.get(RecorderFigure.PID))
                .filter(ProcessHandle::isAlive)
                .map(process -> process.info()
                        .startInstant()
                        .map(start -> !start.isAfter(recorderStart.plus(START_TOLERANCE)))
                        .orElse(true))
                .orElse(false);
    }

    @Override
    public synchronized void close() {
        if (map != null) {
            map.close();
            map = null;
        }
    }
}
