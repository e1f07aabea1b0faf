package org.aegishydra.core.board;

import java.io.IOException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import net.openhft.chronicle.map.ChronicleMap;

/**
 * The recorder's side of a status board: a Chronicle Map in the file {@code status.board} beside the journal, which other
 * processes read without disturbing this one. It holds one entry for the recorder, one for each of up to
 * {@link #LANES} connection lanes and one for each of up to {@link #TRADERS} traders, all made at once; from then on they change in place, without a lock.
 *
 * <p>A board is disposable. Each recorder makes its own under another name and renames it over what is there, so that a
 * reader sees a whole board at any moment, and neither a killed writer nor a killed reader leaves anything locked. Within
 * one JVM, the board and the views of it must be closed before another one is made for the same journal.
 *
 * <p>Only the holder of the journal's writer lock may create one, after the journal's appender is open. A recording must not depend on it: where the board
 * cannot be made (disk full, no right to write, a file system that cannot preallocate), {@link #create} throws and the
 * recorder goes on without. The file's blocks are allocated when it is made, so that a disk that fills up later
 * does not hit a writer; emptying the file while it is in use does.
 *
 * <p>One thread sets and publishes. {@link #close} may come from another.
 */
public final class StatusBoard implements AutoCloseable {
    /** The most lanes that a board holds. */
    public static final int LANES = 256;

    /** The most traders that a board shows; they write their entries themselves, see {@link TraderBoard}. */
    public static final int TRADERS = 16;

    private final ChronicleMap<Integer, BoardEntry> map;
    private final String replaced;
    private final EntryWriter<RecorderFigure> recorder;
    private final Map<Integer, EntryWriter<LaneFigure>> lanes = new LinkedHashMap<>();
    private boolean closed;

    private StatusBoard(ChronicleMap<Integer, BoardEntry> map, long startWallNs, String replaced) {
        this.map = map;
        this.replaced = replaced;
        recorder = new EntryWriter<>(entry(BoardFile.RECORDER_KEY), RecorderFigure.class);
        recorder.set(RecorderFigure.PID, ProcessHandle.current().pid())
                .set(RecorderFigure.START_WALL_NS, startWallNs)
                .set(RecorderFigure.STATE, RecorderState.STARTING);
    }

    /**
     * A new board in the place of the one that is there, with the recorder's entry published. Takes a second or more in a
     * fresh JVM, because Chronicle Map compiles a class of its own: call it where nothing waits.
     *
     * @throws BoardException if it cannot be made.
     */
    public static StatusBoard create(Path journalDirectory) {
        final Path file = journalDirectory.resolve(BoardFile.NAME);
        final Path unfinished = journalDirectory.resolve(BoardFile.NAME + ".new-" + System.nanoTime());
        try {
            final String replaced = faultOf(file);
            deleteUnfinished(journalDirectory);
            final long startWallNs = wallTimeNs();
            fill(unfinished, startWallNs);
            Files.move(unfinished, file, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
            return reopen(file, startWallNs, replaced);
        } catch (final IOException | RuntimeException | Error e) {
            // Errors too: a fault in mapped memory is one, and so is a JVM without a compiler.
            final BoardException failure = new BoardException("cannot make the status board " + file + ": " + e, e);
            try {
                Files.deleteIfExists(unfinished);
            } catch (final IOException leftBehind) {
                failure.addSuppressed(leftBehind);
            }
            throw failure;
        }
    }

    private static void fill(Path unfinished, long startWallNs) throws IOException {
        try (ChronicleMap<Integer, BoardEntry> map = BoardFile.open(unfinished.toFile())) {
            final BoardEntry blank = BoardEntry.blank();
            for (int key = 0; key < BoardFile.ENTRIES; key++) {
                map.put(key, blank);
            }
            new StatusBoard(map, startWallNs, null).publish();
        }
    }

    /** Chronicle knows open files by their path, so the board is opened again under the one that it keeps. */
    private static StatusBoard reopen(Path file, long startWallNs, String replaced) throws IOException {
        final ChronicleMap<Integer, BoardEntry> map = BoardFile.open(file.toFile());
        final long[] found = new long[RecorderFigure.values().length];
        final BoardEntry entry = map.getUsing(BoardFile.RECORDER_KEY, new BoardEntry());
        if (entry.read(found) == null || found[RecorderFigure.START_WALL_NS.ordinal()] != startWallNs) {
            map.close();
            throw new BoardException("this process has the board before it still open");
        }
        return new StatusBoard(map, startWallNs, replaced);
    }

    /**
     * The board of a recorder, to be read.
     *
     * @throws BoardException if there is none or it cannot be read.
     */
    public static BoardView open(Path journalDirectory) {
        return new BoardView(journalDirectory);
    }

    private static String faultOf(Path file) throws IOException {
        if (Files.notExists(file)) {
            return null;
        }
        final String fault = BoardFile.fault(file);
        return fault == null ? null : file + " " + fault + " and was made anew";
    }

    private static void deleteUnfinished(Path directory) throws IOException {
        try (DirectoryStream<Path> killed = Files.newDirectoryStream(directory, BoardFile.NAME + ".new-*")) {
            for (final Path unfinished : killed) {
                Files.delete(unfinished);
            }
        }
    }

    private BoardEntry entry(int key) {
        return map.getUsing(key, new BoardEntry());
    }

    private static long wallTimeNs() {
        return ChronoUnit.NANOS.between(Instant.EPOCH, Instant.now());
    }

    /** A line about a file in the board's place that was no board of this version; empty if there was none. */
    public Optional<String> replaced() {
        return Optional.ofNullable(replaced);
    }

    /** The recorder's entry. Process id and start are set already, the time of the update with each publication. */
    public EntryWriter<RecorderFigure> recorder() {
        return recorder;
    }

    /**
     * A lane's entry, which appears with the next publication; the same one each time.
     *
     * @param number 0 to {@link #LANES} - 1.
     * @throws BoardException if there is no such lane.
     */
    public synchronized EntryWriter<LaneFigure> lane(int number) {
        if (number < 0 || number >= LANES) {
            throw new BoardException("the status board has no lane " + number + ": 0 to " + (LANES - 1));
        }
        if (closed) {
            throw new BoardException("the status board is closed");
        }
        return lanes.computeIfAbsent(number, n -> new EntryWriter<>(entry(n + 1), LaneFigure.class));
    }

    /** Shows what was set, entry by entry. Does nothing once the board is closed. */
    public synchronized void publish() {
        if (closed) {
            return;
        }
        for (final EntryWriter<LaneFigure> lane : lanes.values()) {
            lane.publish();
        }
        recorder.set(RecorderFigure.UPDATED_WALL_NS, wallTimeNs()).publish();
    }

    /** Leaves the board as it was published last, for readers to see. */
    @Override
    public synchronized void close() {
        if (!closed) {
            closed = true;
            map.close();
        }
    }
}
