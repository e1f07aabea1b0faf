package org.aegishydra.core.board;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import java.util.Random;
import java.util.concurrent.TimeUnit;
import java.util.function.BooleanSupplier;
import org.aegishydra.core.command.JvmFlags;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Writers that are killed in the middle. {@code -Daegis.board.kills=30} tries more of them. */
class KilledBoardTest {
    private static final int KILLS = Integer.getInteger("aegis.board.kills", 3);
    private static final long LIMIT_SECONDS = 60;

    @TempDir
    Path directory;

    private Process start() throws IOException {
        return new ProcessBuilder(JvmFlags.command(
                        JvmFlags.aegisHome(),
                        "-Xmx64m",
                        "-XX:TieredStopAtLevel=1",
                        "-cp",
                        System.getProperty("java.class.path"),
                        PublishingProgram.class.getName(),
                        directory.toString()))
                .redirectErrorStream(true)
                .redirectOutput(directory.resolve("output.txt").toFile())
                .start();
    }

    private static void await(String what, BooleanSupplier condition) throws InterruptedException {
        final long deadlineNs = System.nanoTime() + TimeUnit.SECONDS.toNanos(LIMIT_SECONDS);
        while (!condition.getAsBoolean()) {
            assertTrue(System.nanoTime() < deadlineNs, () -> "waited too long for " + what);
            Thread.sleep(2);
        }
    }

    private static boolean isPublishing(BoardView view, long pid) {
        final BoardReading reading = view.read();
        // Making a board publishes the process alone, once.
        return reading.recorder().get(RecorderFigure.PID) == pid
                && reading.recorder().has(RecorderFigure.MESSAGES)
                && reading.lanes().size() == 2;
    }

    @Test
    void shouldStayWholeWhenItsWriterIsKilledAtAnyMoment() throws Exception {
        final Random random = new Random(1);
        StatusBoard.create(directory).close();
        try (BoardView view = StatusBoard.open(directory)) {
            for (int kill = 0; kill < KILLS; kill++) {
                final Process writer = start();
                try {
                    await("the writer", () -> isPublishing(view, writer.pid()));
                    for (int n = random.nextInt(100); n >= 0; n--) {
                        PublishingProgram.number(view.read());
                    }
                    assertEquals(Liveness.LIVE, view.read().liveness());
                    writer.destroyForcibly().waitFor();

                    final long last = PublishingProgram.number(view.read());
                    assertEquals(Liveness.GONE, view.read().liveness());
                    assertEquals(last, PublishingProgram.number(view.read()));
                } finally {
                    writer.destroyForcibly().waitFor();
                }
            }
        }
        try (StatusBoard board = StatusBoard.create(directory)) {
            assertEquals(Optional.empty(), board.replaced());
        }
    }

    @Test
    void shouldSurviveAKillWhileItIsMade() throws Exception {
        final Random random = new Random(2);
        for (int kill = 0; kill < KILLS; kill++) {
            final Process writer = start();
            try {
                final int lookTimes = random.nextInt(40);
                final int[] looks = {0};
                await(
                        "a board in the making",
                        () -> (holdsUnfinished() && looks[0]++ >= lookTimes)
                                || Files.exists(directory.resolve("status.board")));
                Files.deleteIfExists(directory.resolve("status.board"));
            } finally {
                writer.destroyForcibly().waitFor();
            }
        }
        try (StatusBoard board = StatusBoard.create(directory);
                BoardView view = StatusBoard.open(directory)) {
            assertEquals(Optional.empty(), board.replaced());
            assertEquals(Liveness.LIVE, view.read().liveness());
            assertTrue(!holdsUnfinished(), "a killed creation left its file");
        }
    }

    private boolean holdsUnfinished() {
        try (var files = Files.list(directory)) {
            return files.anyMatch(file -> file.getFileName().toString().contains(".new-"));
        } catch (final IOException e) {
            throw new AssertionError(e);
        }
    }
}
