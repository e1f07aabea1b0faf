package org.aegishydra.core.board;

import java.nio.file.Path;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.function.Consumer;

/**
 * A trader's side of the status board that the recorder of its journal has made: one of {@link StatusBoard#TRADERS} entries,
 * the first one that no living trader has. Two traders that take one in the same moment notice that at the next publication.
 * Used by one thread.
 */
public final class TraderBoard implements AutoCloseable {
    private static final int NONE = -1;

    private final OpenBoard board;
    private final long pid = ProcessHandle.current().pid();
    private final long startWallNs = wallTimeNs();
    private int key = NONE;
    private EntryWriter<TraderFigure> entry;

    /**
     * Opens the board. Takes a second or more in a fresh JVM, see {@link StatusBoard#create}.
     *
     * @throws BoardException if there is none, or it cannot be opened.
     */
    public TraderBoard(Path journalDirectory) {
        board = new OpenBoard(journalDirectory);
    }

    /**
     * Shows figures. Process id, start and the time of the update are set already.
     *
     * @throws BoardException if the board was replaced by something else, or all entries are taken.
     */
    public void publish(Consumer<EntryWriter<TraderFigure>> figures) {
        if (board.followReplacement() || key == NONE || !isOurs(key)) {
            key = freeKey();
            entry = new EntryWriter<>(board.entry(key), TraderFigure.class);
            entry.set(TraderFigure.PID, pid).set(TraderFigure.START_WALL_NS, startWallNs);
        }
        figures.accept(entry);
        entry.set(TraderFigure.UPDATED_WALL_NS, wallTimeNs()).publish();
    }

    private boolean isOurs(int ownKey) {
        final long[] found = read(ownKey);
        return found != null
                && found[TraderFigure.PID.ordinal()] == pid
                && found[TraderFigure.START_WALL_NS.ordinal()] == startWallNs;
    }

    private int freeKey() {
        for (int candidate = BoardFile.FIRST_TRADER_KEY; candidate < BoardFile.ENTRIES; candidate++) {
            final long[] found = read(candidate);
            if (found == null
                    || found[TraderFigure.STATE.ordinal()] == TraderState.STOPPED.ordinal()
                    || !ProcessSight.isThere(
                            found[TraderFigure.PID.ordinal()], found[TraderFigure.START_WALL_NS.ordinal()])) {
                return candidate;
            }
        }
        throw new BoardException(board.file() + " shows " + StatusBoard.TRADERS + " traders already");
    }

    /** The figures of an entry, or null if nothing was published. */
    private long[] read(int candidate) {
        final long[] found = new long[TraderFigure.values().length];
        return board.entry(candidate).read(found) == null ? null : found;
    }

    private static long wallTimeNs() {
        return ChronoUnit.NANOS.between(Instant.EPOCH, Instant.now());
    }

    /** Leaves the entry as it was published last. */
    @Override
    public void close() {
        board.close();
    }
}
