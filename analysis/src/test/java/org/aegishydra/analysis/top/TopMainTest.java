package org.aegishydra.analysis.top;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.aegishydra.analysis.ProgramRun;
import org.aegishydra.core.board.RecorderFigure;
import org.aegishydra.core.board.RecorderState;
import org.aegishydra.core.board.StatusBoard;
import org.aegishydra.core.board.TraderBoard;
import org.aegishydra.core.board.TraderFigure;
import org.aegishydra.core.board.TraderState;
import org.aegishydra.core.command.JvmFlags;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class TopMainTest {
    private static final String LEAVE_ALTERNATE_SCREEN = "\033[?1049l";
    private static final long LIMIT_SECONDS = 60;

    @TempDir
    Path journal;

    private ProgramRun top(String... options) {
        final List<String> arguments = new ArrayList<>(List.of("--journal", journal.toString(), "--interval", "200ms"));
        arguments.addAll(List.of(options));
        return ProgramRun.of(new TopMain(), arguments.toArray(String[]::new));
    }

    @Test
    void shouldShowALiveRecorderWithItsRates() throws InterruptedException {
        try (StatusBoard board = StatusBoard.create(journal)) {
            final Thread recorder = new Thread(() -> {
                for (long messages = 0; !Thread.currentThread().isInterrupted(); messages += 1000) {
                    RecorderStandIn.publish(board, messages, RecorderState.RECORDING);
                    Thread.onSpinWait();
                }
            });
            recorder.start();
            try {
                final ProgramRun table = top("--once");
                assertEquals(0, table.exitCode(), table.err());
                assertTrue(table.out().contains("is recording, up "), table.out());
                assertTrue(table.out().contains("BTC-USD,ETH-USD"), table.out());
                assertTrue(table.out().contains("1.2 TB left, stops below 5.0 GB"), table.out());

                final JsonNode report = top("--json").json();
                assertEquals("live", report.get("liveness").asText());
                assertEquals("recording", report.get("recorder").get("state").asText());
                assertTrue(report.get("recorder").get("messages_per_s").asDouble() > 0, report.toString());
                assertTrue(report.get("recorder").get("append_p99_ns").isNull(), "nobody set it");
                assertEquals(2, report.get("lanes").size());
                assertEquals(
                        "SOL-USD", report.get("lanes").get(1).get("products").asText());
                assertEquals(
                        "backing_off", report.get("lanes").get(1).get("state").asText());
                assertTrue(report.get("lanes").get(1).get("messages_per_s").isNull());
            } finally {
                recorder.interrupt();
                recorder.join();
            }
        }
    }

    @Test
    void shouldShowTheTradersOfTheJournal() {
        try (StatusBoard board = StatusBoard.create(journal);
                TraderBoard trader = new TraderBoard(journal)) {
            RecorderStandIn.publish(board, 1_000, RecorderState.STOPPED);
            trader.publish(entry -> entry.text("runs/1, order-flow")
                    .set(TraderFigure.STATE, TraderState.TRADING)
                    .set(TraderFigure.LAST_RECORD_SEQUENCE, 905)
                    .set(TraderFigure.STEPS, 777)
                    .set(TraderFigure.SCRIBE_LAG_NS, 3_000_000_000L)
                    .set(TraderFigure.SCRIBE_LAG_LIMIT_NS, 2_000_000_000L)
                    .set(TraderFigure.SCRIBE_STEP_RECORDS_BEHIND, 12));

            final ProgramRun table = top("--once");
            assertTrue(table.out().contains("trader runs/1, order-flow: process "), table.out());
            assertTrue(table.out().contains("is trading; its files are LATE"), table.out());
            assertTrue(table.out().contains("last sequence 905, 100 behind"), table.out());
            assertTrue(table.out().contains("3.0 s behind (limit 2.0 s)"), table.out());

            final JsonNode found = top("--json").json().get("traders").get(0);
            assertEquals(777, found.get("steps").intValue());
            assertEquals(100, found.get("records_behind").intValue());
            assertTrue(found.get("scribe_late").booleanValue());
            assertTrue(found.get("spikes").isNull(), "nobody set it");
        }
    }

    @Test
    void shouldSayThatTheRecorderIsGone() {
        try (StatusBoard board = StatusBoard.create(journal)) {
            // It began long before the process that has its id now.
            board.recorder().set(RecorderFigure.START_WALL_NS, 1_700_000_000_000_000_000L);
            RecorderStandIn.publish(board, 1, RecorderState.RECORDING);
        }

        final ProgramRun run = top("--once");

        assertEquals(1, run.exitCode());
        assertTrue(run.out().contains("process " + ProcessHandle.current().pid() + " is GONE; last seen "), run.out());
        assertTrue(run.err().contains("start it again with `aegis record --journal "), run.err());
        assertEquals("gone", top("--json").json().get("liveness").asText());
    }

    @Test
    void shouldNotComplainOfARecorderThatStopped() {
        try (StatusBoard board = StatusBoard.create(journal)) {
            RecorderStandIn.publish(board, 1, RecorderState.STOPPED);
        }

        final ProgramRun run = top("--once");

        assertEquals(0, run.exitCode(), run.err());
        assertTrue(run.out().contains(" has stopped; last seen "), run.out());
    }

    @Test
    void shouldSayThatThereIsNoBoard() {
        final ProgramRun run = top();

        assertEquals(1, run.exitCode());
        assertTrue(run.err().startsWith("aegis top: no status board in " + journal), run.err());
        assertFalse(run.err().contains("BoardException"), run.err());
    }

    @ParameterizedTest
    @ValueSource(strings = {"1ms", "2h", "soon"})
    void shouldRefuseAnIntervalThatMakesNoSense(String interval) {
        final ProgramRun run =
                ProgramRun.of(new TopMain(), "--journal", journal.toString(), "--interval", interval, "--once");

        assertEquals(2, run.exitCode());
        assertTrue(run.err().contains("--interval "), run.err());
    }

    /** {@code script} gives the program a terminal; q is typed once the first screen is there. */
    @Test
    void shouldGiveTheTerminalBackWhenQIsTyped() throws IOException, InterruptedException {
        assumeTrue(Files.isExecutable(Path.of("/usr/bin/script")), "no terminal to be had");
        final Path screen = journal.resolve("screen.txt");
        try (StatusBoard board = StatusBoard.create(journal)) {
            RecorderStandIn.publish(board, 1000, RecorderState.RECORDING);
            final List<String> command = JvmFlags.command(
                    JvmFlags.aegisHome(),
                    "-Xmx64m",
                    "-cp",
                    System.getProperty("java.class.path"),
                    TopMain.class.getName(),
                    "--journal",
                    journal.toString());
            final ProcessBuilder builder = new ProcessBuilder(
                            "script", "-qec", String.join(" ", command) + "; echo left with $?; stty -a", "/dev/null")
                    .redirectErrorStream(true)
                    .redirectOutput(screen.toFile());
            builder.environment().put("TERM", "xterm");
            builder.environment().put("SHELL", "/bin/sh");
            final Process process = builder.start();
            try (OutputStream keyboard = process.getOutputStream()) {
                awaitText(process, screen, "q ends");
                keyboard.write('q');
                keyboard.flush();
                awaitText(process, screen, "left with ");
                assertTrue(process.waitFor(LIMIT_SECONDS, TimeUnit.SECONDS));
            } finally {
                process.destroyForcibly().waitFor();
            }
        }
        final String shown = Files.readString(screen, StandardCharsets.UTF_8);
        assertTrue(shown.contains("1,000"), shown);
        assertTrue(shown.contains(LEAVE_ALTERNATE_SCREEN), shown);
        assertTrue(shown.contains("left with 0"), shown);
        assertTrue(shown.substring(shown.indexOf("left with 0")).contains(" icanon "), shown);
    }

    private static void awaitText(Process process, Path file, String text) throws IOException, InterruptedException {
        final long deadlineNs = System.nanoTime() + TimeUnit.SECONDS.toNanos(LIMIT_SECONDS);
        while (!Files.readString(file, StandardCharsets.UTF_8).contains(text)) {
            assertTrue(process.isAlive() && System.nanoTime() < deadlineNs, () -> "waited in vain for " + text);
            Thread.sleep(10);
        }
    }
}
