package org.aegishydra.core.board;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import org.aegishydra.core.journal.Journal;
import org.aegishydra.core.journal.JournalFormat;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class StatusBoardTest {
    @TempDir
    Path directory;

    private Path file() {
        return directory.resolve("status.board");
    }

    @Test
    void shouldShowWhatWasPublished() {
        try (StatusBoard board = StatusBoard.create(directory)) {
            board.recorder().set(RecorderFigure.STATE, RecorderState.RECORDING).set(RecorderFigure.MESSAGES, 42);
            board.lane(0).text("BTC-USD,ETH-USD").set(LaneFigure.STATE, LaneState.RECORDING);
            board.lane(255).set(LaneFigure.GAPS, 7);
            board.publish();
            board.recorder().set(RecorderFigure.MESSAGES, 43);

            try (BoardView view = StatusBoard.open(directory)) {
                final BoardReading reading = view.read();

                assertEquals(Liveness.LIVE, reading.liveness());
                assertEquals(RecorderState.RECORDING, reading.recorderState());
                assertEquals(42, reading.recorder().get(RecorderFigure.MESSAGES), "43 was set but not published");
                assertEquals(ProcessHandle.current().pid(), reading.recorder().get(RecorderFigure.PID));
                assertFalse(reading.recorder().has(RecorderFigure.BYTES));
                assertEquals(
                        List.of(0, 255),
                        reading.lanes().stream().map(EntryReading::number).toList());
                assertEquals("BTC-USD,ETH-USD", reading.lanes().get(0).text());
                assertEquals(
                        LaneState.RECORDING,
                        BoardReading.laneState(reading.lanes().get(0)));
                assertEquals(7, reading.lanes().get(1).get(LaneFigure.GAPS));
                assertNull(BoardReading.laneState(reading.lanes().get(1)));
            }
        }
    }

    @Test
    void shouldHaveAsManyLanesAsItSays() {
        try (StatusBoard board = StatusBoard.create(directory)) {
            for (int lane = 0; lane < StatusBoard.LANES; lane++) {
                board.lane(lane).set(LaneFigure.MESSAGES, lane).text("P".repeat(256));
            }
            board.publish();

            assertSame(board.lane(3), board.lane(3));
            assertThrows(BoardException.class, () -> board.lane(StatusBoard.LANES));
            assertThrows(BoardException.class, () -> board.lane(-1));
            try (BoardView view = StatusBoard.open(directory)) {
                assertEquals(StatusBoard.LANES, view.read().lanes().size());
                view.read().lanes().forEach(lane -> assertEquals(lane.number(), lane.get(LaneFigure.MESSAGES)));
            }
        }
    }

    @Test
    void shouldCutALongTextBetweenCharacters() {
        try (StatusBoard board = StatusBoard.create(directory)) {
            board.lane(0).text("ü".repeat(200));
            board.publish();

            try (BoardView view = StatusBoard.open(directory)) {
                assertEquals("ü".repeat(126) + "…", view.read().lanes().get(0).text());
            }
        }
    }

    @Test
    void shouldNeverShowATornEntry() throws InterruptedException {
        try (StatusBoard board = StatusBoard.create(directory);
                BoardView view = StatusBoard.open(directory)) {
            PublishingProgram.publish(board, 0);
            final Thread writer = new Thread(() -> {
                for (long n = 1; !Thread.interrupted(); n++) {
                    PublishingProgram.publish(board, n);
                }
            });
            writer.start();
            try {
                int changes = 0;
                for (long before = 0; changes < 500; ) {
                    final long n = PublishingProgram.number(view.read());
                    assertTrue(n >= before, () -> n + " after a later one");
                    changes += n == before ? 0 : 1;
                    before = n;
                }
            } finally {
                writer.interrupt();
                writer.join();
            }
        }
    }

    @Test
    void shouldTellThatTheRecorderStopped() {
        try (StatusBoard board = StatusBoard.create(directory)) {
            board.recorder().set(RecorderFigure.STATE, RecorderState.STOPPED);
            board.publish();
        }

        try (BoardView view = StatusBoard.open(directory)) {
            assertEquals(Liveness.STOPPED, view.read().liveness());
        }
    }

    @Test
    void shouldTakeAnotherProcessWithTheSameIdForAnotherOne() {
        try (StatusBoard board = StatusBoard.create(directory)) {
            board.recorder().set(RecorderFigure.START_WALL_NS, 1_000_000_000_000_000_000L);
            board.publish();

            try (BoardView view = StatusBoard.open(directory)) {
                assertEquals(Liveness.GONE, view.read().liveness());
                board.publish();
                assertEquals(Liveness.LIVE, view.read().liveness(), "it goes on publishing");
            }
        }
    }

    @Test
    void shouldRefuseASecondBoardInOneProcess() {
        try (StatusBoard first = StatusBoard.create(directory)) {
            final BoardException refused = assertThrows(BoardException.class, () -> StatusBoard.create(directory));
            assertTrue(refused.getMessage().contains("still open"), refused.getMessage());
            first.publish();
        }
        StatusBoard.create(directory).close();
    }

    @Test
    void shouldIgnoreWhatIsPublishedAfterItsEnd() {
        final StatusBoard board = StatusBoard.create(directory);
        board.lane(0).set(LaneFigure.MESSAGES, 1);
        board.close();
        board.close();

        board.publish();

        assertThrows(BoardException.class, () -> board.lane(1));
        try (BoardView view = StatusBoard.open(directory)) {
            assertEquals(List.of(), view.read().lanes());
        }
    }

    @ParameterizedTest
    @ValueSource(ints = {0, 1, 11, 12, 5_000, 500_000})
    void shouldReplaceGarbageAndSaySo(int length) throws IOException {
        final byte[] garbage = new byte[length];
        new Random(length).nextBytes(garbage);
        Files.write(file(), garbage);

        final BoardException refused = assertThrows(BoardException.class, () -> StatusBoard.open(directory));
        try (StatusBoard board = StatusBoard.create(directory);
                BoardView view = StatusBoard.open(directory)) {
            assertTrue(refused.getMessage().contains("is no status board"), refused.getMessage());
            assertEquals(Optional.of(file() + " is no status board and was made anew"), board.replaced());
            assertEquals(Liveness.LIVE, view.read().liveness());
        }
    }

    @Test
    void shouldReplaceABoardOfAnotherVersion() throws IOException {
        StatusBoard.create(directory).close();
        final byte[] version = ByteBuffer.allocate(Long.BYTES)
                .order(ByteOrder.nativeOrder())
                .putLong(BoardEntry.VERSION)
                .array();
        final String bytes = new String(Files.readAllBytes(file()), StandardCharsets.ISO_8859_1);
        try (FileChannel channel = FileChannel.open(file(), StandardOpenOption.WRITE)) {
            final int found = bytes.indexOf(new String(version, StandardCharsets.ISO_8859_1));
            channel.write(ByteBuffer.wrap(new byte[] {(byte) (version[0] + 1)}), found);
        }

        final BoardException refused = assertThrows(BoardException.class, () -> StatusBoard.open(directory));
        assertTrue(refused.getMessage().contains("another version"), refused.getMessage());
        StatusBoard.create(directory).close();
        StatusBoard.open(directory).close();
    }

    @Test
    void shouldReplaceABoardThatWasCutShort() throws IOException {
        StatusBoard.create(directory).close();
        Files.write(file(), Arrays.copyOf(Files.readAllBytes(file()), 20_000));

        assertThrows(BoardException.class, () -> StatusBoard.open(directory));
        try (StatusBoard board = StatusBoard.create(directory)) {
            assertTrue(board.replaced().orElseThrow().contains("cut short"));
        }
    }

    @Test
    void shouldSayWhereNoBoardIs() {
        final BoardException absent = assertThrows(BoardException.class, () -> StatusBoard.open(directory));

        assertTrue(absent.getMessage().startsWith("no status board in " + directory), absent.getMessage());
    }

    @Test
    void shouldFailWhereNoBoardCanBeMadeAndLeaveNothingBehind() throws IOException {
        final BoardException noPlace =
                assertThrows(BoardException.class, () -> StatusBoard.create(directory.resolve("nowhere")));
        Files.createDirectories(file().resolve("in the way"));
        final BoardException inTheWay = assertThrows(BoardException.class, () -> StatusBoard.create(directory));

        assertTrue(noPlace.getMessage().startsWith("cannot make the status board "), noPlace.getMessage());
        assertTrue(inTheWay.getMessage().startsWith("cannot make the status board "), inTheWay.getMessage());
        assertEquals(List.of(file()), filesHere());
    }

    private List<Path> filesHere() throws IOException {
        try (var files = Files.list(directory)) {
            return files.toList();
        }
    }

    @Test
    void shouldSweepUpAfterAKilledCreation() throws IOException {
        Files.writeString(directory.resolve("status.board.new-1"), "half");

        StatusBoard.create(directory).close();

        assertEquals(List.of(file()), filesHere());
    }

    @Test
    void shouldNotKeepAJournalFromBeingMade() {
        StatusBoard.create(directory).close();

        Journal.create(directory, JournalFormat.RUN).appender().close();
    }
}
