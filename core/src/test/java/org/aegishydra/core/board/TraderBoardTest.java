package org.aegishydra.core.board;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class TraderBoardTest {
    @TempDir
    Path directory;

    private static void publish(TraderBoard board, String run, TraderState state, long lagNs) {
        board.publish(entry -> entry.text(run)
                .set(TraderFigure.STATE, state)
                .set(TraderFigure.STEPS, 42)
                .set(TraderFigure.SCRIBE_LAG_NS, lagNs)
                .set(TraderFigure.SCRIBE_LAG_LIMIT_NS, 2_000));
    }

    private List<String> runs() {
        try (BoardView view = StatusBoard.open(directory)) {
            return view.read().traders().stream()
                    .map(trader ->
                            trader.entry().number() + " " + trader.entry().text() + " " + trader.liveness())
                    .toList();
        }
    }

    @Test
    void shouldShowTradersBesideTheRecorder() {
        try (StatusBoard recorder = StatusBoard.create(directory);
                TraderBoard first = new TraderBoard(directory);
                TraderBoard second = new TraderBoard(directory)) {
            recorder.lane(0).set(LaneFigure.GAPS, 1);
            recorder.publish();
            assertEquals(List.of(), runs());
            publish(first, "runs/1", TraderState.TRADING, 2_001);
            publish(second, "runs/2", TraderState.TRADING, 2_000);
            publish(first, "runs/1", TraderState.TRADING, 2_001);
            assertEquals(List.of("0 runs/1 LIVE", "1 runs/2 LIVE"), runs());
            try (BoardView view = StatusBoard.open(directory)) {
                final BoardReading reading = view.read();
                assertEquals(1, reading.lanes().size());
                final TraderReading trader = reading.traders().get(0);
                assertEquals(42, trader.entry().get(TraderFigure.STEPS));
                assertEquals(ProcessHandle.current().pid(), trader.entry().get(TraderFigure.PID));
                assertEquals(TraderState.TRADING, BoardReading.traderState(trader.entry()));
                assertFalse(trader.entry().has(TraderFigure.SPIKES));
                assertTrue(trader.isScribeLate());
                assertFalse(reading.traders().get(1).isScribeLate());
            }
        }
    }

    @Test
    void shouldTakeTheEntryOfATraderThatHasStopped() {
        try (StatusBoard recorder = StatusBoard.create(directory)) {
            recorder.publish();
            try (TraderBoard stopped = new TraderBoard(directory)) {
                publish(stopped, "runs/1", TraderState.STOPPED, 9_999);
            }
            assertEquals(List.of("0 runs/1 STOPPED"), runs());
            try (TraderBoard next = new TraderBoard(directory)) {
                publish(next, "runs/2", TraderState.TRADING, 0);
            }
            assertEquals(List.of("0 runs/2 LIVE"), runs());
        }
    }

    @Test
    void shouldRefuseMoreTradersThanThereIsRoomFor() {
        final List<TraderBoard> traders = new ArrayList<>();
        try (StatusBoard recorder = StatusBoard.create(directory)) {
            recorder.publish();
            for (int i = 0; i < StatusBoard.TRADERS; i++) {
                traders.add(new TraderBoard(directory));
                publish(traders.get(i), "runs/" + i, TraderState.TRADING, 0);
            }
            try (TraderBoard another = new TraderBoard(directory)) {
                assertThrows(BoardException.class, () -> publish(another, "runs/x", TraderState.TRADING, 0));
            }
            assertEquals(StatusBoard.TRADERS, runs().size());
            traders.forEach(TraderBoard::close);
        }
    }

    @Test
    void shouldSayThatThereIsNoBoard() {
        assertThrows(BoardException.class, () -> new TraderBoard(directory));
    }
}
