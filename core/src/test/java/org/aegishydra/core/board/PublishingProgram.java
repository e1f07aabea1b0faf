package org.aegishydra.core.board;

import java.nio.file.Path;

/** A recorder that does nothing but publish, with each figure of an entry the same number, until it is killed. */
final class PublishingProgram {
    private PublishingProgram() {}

    public static void main(String[] args) {
        final StatusBoard board = StatusBoard.create(Path.of(args[0]));
        board.recorder().set(RecorderFigure.STATE, RecorderState.RECORDING);
        System.out.println("publishing");
        for (long n = 1; ; n++) {
            publish(board, n);
        }
    }

    /** Publishes one number everywhere: readers that see two of them in one entry see a torn one. */
    static void publish(StatusBoard board, long n) {
        for (final RecorderFigure figure : RecorderFigure.values()) {
            if (figure.compareTo(RecorderFigure.STATE) > 0) {
                board.recorder().set(figure, n);
            }
        }
        board.recorder().text(text(n));
        for (int lane = 0; lane < 2; lane++) {
            for (final LaneFigure figure : LaneFigure.values()) {
                board.lane(lane).set(figure, n);
            }
            board.lane(lane).text(text(n));
        }
        board.publish();
    }

    private static String text(long n) {
        return Long.toString(n).repeat(10);
    }

    /** The number that was published. */
    static long number(BoardReading reading) {
        final long n = reading.recorder().get(RecorderFigure.MESSAGES);
        reading.recorder().figures().forEach((figure, value) -> {
            if (figure.compareTo(RecorderFigure.STATE) > 0) {
                check(value == n, reading);
            }
        });
        check(reading.recorder().text().equals(text(n)), reading);
        for (final EntryReading<LaneFigure> lane : reading.lanes()) {
            final long m = lane.get(LaneFigure.MESSAGES);
            check(lane.figures().values().stream().allMatch(value -> value == m), reading);
            check(lane.text().equals(text(m)), reading);
        }
        return n;
    }

    private static void check(boolean whole, BoardReading reading) {
        if (!whole) {
            throw new AssertionError("torn: " + reading);
        }
    }
}
