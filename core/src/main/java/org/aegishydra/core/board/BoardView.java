package org.aegishydra.core.board;

import java.nio.file.Path;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;

/**
 * A reader's side of a status board. It takes no lock that a recorder would meet and follows a recorder that starts anew.
 * The board is mapped for reading and writing, since Chronicle Map knows no other way: the reader needs the right to write
 * the file. Thread safe. One view of a journal at a time in a JVM.
 */
public final class BoardView implements AutoCloseable {
    /** A process that has not published for so long is not well. */
    public static final long SILENCE_NS = 5_000_000_000L;

    private final OpenBoard board;
    private long publicationsBefore;

    BoardView(Path journalDirectory) {
        board = new OpenBoard(journalDirectory);
    }

    /**
     * What the board holds now.
     *
     * @throws BoardException if it was replaced by something else, or this view is closed.
     */
    public synchronized BoardReading read() {
        if (board.followReplacement()) {
            publicationsBefore = 0;
        }
        final EntryReading<RecorderFigure> recorder = read(BoardFile.RECORDER_KEY, -1, RecorderFigure.class);
        if (recorder == null) {
            throw new BoardException(board.file() + " lacks the recorder's entry: the next recorder makes it anew");
        }
        final List<EntryReading<LaneFigure>> lanes = new ArrayList<>();
        for (int lane = 0; lane < StatusBoard.LANES; lane++) {
            final EntryReading<LaneFigure> reading = read(lane + 1, lane, LaneFigure.class);
            if (reading != null) {
                lanes.add(reading);
            }
        }
        final long wallTimeNs = ChronoUnit.NANOS.between(Instant.EPOCH, Instant.now());
        final List<TraderReading> traders = new ArrayList<>();
        for (int trader = 0; trader < StatusBoard.TRADERS; trader++) {
            final EntryReading<TraderFigure> reading =
                    read(BoardFile.FIRST_TRADER_KEY + trader, trader, TraderFigure.class);
            if (reading != null) {
                traders.add(new TraderReading(traderLiveness(reading, wallTimeNs), reading));
            }
        }
        final Liveness liveness = liveness(recorder, wallTimeNs);
        publicationsBefore = recorder.publications();
        return new BoardReading(wallTimeNs, System.nanoTime(), liveness, recorder, lanes, traders);
    }

    private <F extends Enum<F>> EntryReading<F> read(int key, int number, Class<F> figureType) {
        final F[] names = figureType.getEnumConstants();
        final long[] values = new long[names.length];
        final BoardEntry.Published published = board.entry(key).read(values);
        if (published == null) {
            return null;
        }
        final Map<F, Long> figures = new EnumMap<>(figureType);
        for (int i = 0; i < names.length; i++) {
            figures.put(names[i], values[i]);
        }
        return new EntryReading<>(number, published.count(), published.text(), figures);
    }

    private static Liveness traderLiveness(EntryReading<TraderFigure> trader, long wallTimeNs) {
        if (trader.get(TraderFigure.STATE) == TraderState.STOPPED.ordinal()) {
            return Liveness.STOPPED;
        }
        final boolean quiet = wallTimeNs - trader.get(TraderFigure.UPDATED_WALL_NS) >= SILENCE_NS;
        if (!ProcessSight.isThere(trader.get(TraderFigure.PID), trader.get(TraderFigure.START_WALL_NS)) && quiet) {
            // One in another container is not in sight, but publishes.
            return Liveness.GONE;
        }
        return quiet ? Liveness.SILENT : Liveness.LIVE;
    }

    private Liveness liveness(EntryReading<RecorderFigure> recorder, long wallTimeNs) {
        // A process in another container is not in sight; that it goes on publishing is proof enough.
        final boolean movedOn = publicationsBefore > 0 && recorder.publications() != publicationsBefore;
        final long state = recorder.get(RecorderFigure.STATE);
        if (!movedOn && (state == RecorderState.STOPPED.ordinal() || state == RecorderState.FAILED.ordinal())) {
            return Liveness.STOPPED;
        }
        if (!movedOn
                && !ProcessSight.isThere(
                        recorder.get(RecorderFigure.PID), recorder.get(RecorderFigure.START_WALL_NS))) {
            return Liveness.GONE;
        }
        final long ageNs = wallTimeNs - recorder.get(RecorderFigure.UPDATED_WALL_NS);
        return movedOn || ageNs < SILENCE_NS ? Liveness.LIVE : Liveness.SILENT;
    }

    @Override
    public synchronized void close() {
        board.close();
    }
}
