package org.aegishydra.trader;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.aegishydra.core.board.BoardView;
import org.aegishydra.core.board.Liveness;
import org.aegishydra.core.board.StatusBoard;
import org.aegishydra.core.board.TraderFigure;
import org.aegishydra.core.board.TraderReading;
import org.aegishydra.core.command.Program;
import org.aegishydra.core.journal.Journal;
import org.aegishydra.core.journal.JournalFormat;
import org.aegishydra.core.run.FeedWriter;
import org.aegishydra.core.run.RunSummary;
import org.aegishydra.core.run.SwingingMarket;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** {@code aegis trade} as its user sees it; runs in this process, so it ends by {@code --until-idle}. */
class TradeMainTest {
    @TempDir
    Path directory;

    private String run = "run";
    private String errors = "";

    private int trade(String... options) {
        final List<String> arguments = new ArrayList<>(List.of(
                "--journal",
                directory.resolve("market").toString(),
                "--out",
                directory.resolve(run).toString(),
                "--until-idle",
                "100ms"));
        arguments.addAll(List.of(options));
        final PrintStream standardError = System.err;
        final PrintStream standardOutput = System.out;
        final ByteArrayOutputStream said = new ByteArrayOutputStream();
        System.setErr(new PrintStream(said, true, StandardCharsets.UTF_8));
        System.setOut(new PrintStream(new ByteArrayOutputStream(), true, StandardCharsets.UTF_8));
        try {
            return Program.run(new TradeMain(), arguments.toArray(String[]::new));
        } finally {
            System.setErr(standardError);
            System.setOut(standardOutput);
            errors = said.toString(StandardCharsets.UTF_8);
        }
    }

    private void record() {
        try (FeedWriter feed = new FeedWriter(Journal.create(directory.resolve("market"), JournalFormat.MARKET))) {
            new SwingingMarket(feed.connect(), "BTC-USD", 1).snapshot().run(100);
        }
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "--strategy=typo | --strategy typo: there are ising, order-flow",
                "--set=typo=1 | --set typo=1: the strategy order-flow has the settings",
                "--set=levels=0 | --set levels=0: the strategy order-flow takes a number from 1 to 100",
                "--from=middle | --from middle: must be start, end or checkpoint",
                "--checkpoint-every=often | --checkpoint-every often: ",
                "--checkpoint-every=0s | --checkpoint-every 0s: must be from 1ms to 24h",
                "--checkpoint-every=25h | --checkpoint-every 25h: must be from 1ms to 24h",
                "--fee-bps=-1 | --fee-bps -1.0: must be from 0 to 1000",
                "--slippage-bps=1001 | --slippage-bps 1001.0: must be from 0 to 1000",
                "--capital=0 | --capital 0.0: must be greater than 0",
                "--capital=Infinity | --capital Infinity: must be greater than 0 and at most 1.0E12",
                "--spike-threshold-ms=0 | --spike-threshold-ms 0.0: must be greater than 0",
                "--idle=doze | --idle doze: must be spin, yield, backoff, park",
                "--cpu=1023 | --cpu 1023: this process may run on the CPUs 0",
                "--warm-up=-1 | --warm-up -1: must be from 0 to 10000000",
                "--warm-up=10000001 | --warm-up 10000001: must be from 0 to 10000000",
                "--steps=some | --steps some: must be all, none, or a number from 1",
                "--steps=0 | --steps 0: must be all, none, or a number from 1",
                "--steps=-5 | --steps -5: must be all, none, or a number from 1"
            })
    void shouldNameAnOptionThatCannotBeUsedAndLeaveNoRunBehind(String option, String message) {
        record();
        assertEquals(Program.WRONG_USAGE, trade(option));
        assertTrue(errors.contains(message), errors);
        assertEquals(1, errors.lines().count(), errors);
        assertFalse(Files.exists(directory.resolve("run")), "the folder must be free for the next try");
    }

    @Test
    void shouldTradeARecordingUntilItIsIdleAndNeverOverwriteARun() throws IOException {
        record();
        assertEquals(Program.DONE, trade());
        assertTrue(Files.exists(directory.resolve("run/summary.json")));
        final String summary = Files.readString(directory.resolve("run/summary.json"));
        assertEquals(Program.WRONG_USAGE, trade());
        assertTrue(errors.contains("is not empty: name a new folder, a run is never overwritten"), errors);
        assertEquals(summary, Files.readString(directory.resolve("run/summary.json")));
    }

    @ParameterizedTest
    @ValueSource(strings = {"spin", "yield", "backoff", "park"})
    void shouldDecideTheSameHoweverItsThreadWaits(String idle) {
        record();
        assertEquals(Program.DONE, trade());
        final RunSummary plain = RunSummary.read(directory.resolve("run/summary.json"));
        run = "other";
        assertEquals(Program.DONE, trade("--idle", idle, "--cpu", "0"), errors);
        final RunSummary other = RunSummary.read(directory.resolve("other/summary.json"));
        assertEquals(plain.digest(), other.digest());
        assertEquals(new RunSummary.TradingThread("backoff", null, 0), plain.tradingThread());
        assertEquals(new RunSummary.TradingThread(idle, 0, 0), other.tradingThread());
    }

    @Test
    void shouldRefuseAnyOtherSettingForARunThatGoesOn() {
        record();
        assertEquals(Program.DONE, trade("--fee-bps=5"));
        assertEquals(Program.WRONG_USAGE, trade("--from=checkpoint", "--fee-bps=6"));
        assertTrue(errors.contains("has other settings, and keeps them; leave the trading options out"), errors);
        // No decision depends on it, but a run keeps it all the same.
        assertEquals(Program.WRONG_USAGE, trade("--from=checkpoint", "--fee-bps=5", "--steps=10"), errors);
        assertEquals(Program.DONE, trade("--from=checkpoint", "--fee-bps=5"), errors);
        assertEquals(Program.DONE, trade("--from=checkpoint"), errors);
    }

    @Test
    void shouldShowTheRunOnTheRecordersBoard() {
        record();
        try (StatusBoard board = StatusBoard.create(directory.resolve("market"))) {
            board.publish();
            assertEquals(0, trade(), () -> errors);
            try (BoardView view = StatusBoard.open(directory.resolve("market"))) {
                final TraderReading trader = view.read().traders().get(0);
                assertEquals(Liveness.STOPPED, trader.liveness());
                assertEquals(1, trader.entry().get(TraderFigure.PRODUCTS));
                assertTrue(trader.entry().get(TraderFigure.STEPS) > 0);
                assertTrue(trader.entry().get(TraderFigure.DECISION_RECORDS) > 0);
                assertEquals(0, trader.entry().get(TraderFigure.SCRIBE_DECISIONS_BEHIND));
                assertEquals(0, trader.entry().get(TraderFigure.SCRIBE_STEP_RECORDS_BEHIND));
                assertTrue(
                        trader.entry().text().endsWith(", order-flow"),
                        trader.entry().text());
            }
        }
    }
}
