package org.aegishydra.replayer;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Stream;
import org.aegishydra.core.journal.Journal;
import org.aegishydra.core.journal.JournalFormat;
import org.aegishydra.core.journal.JournalTailer;
import org.aegishydra.core.journal.RecordKind;
import org.aegishydra.core.run.ControlRecord;
import org.aegishydra.core.run.DecisionRecord;
import org.aegishydra.core.run.FeedWriter;
import org.aegishydra.core.run.RunFolder;
import org.aegishydra.core.run.RunSummary;
import org.aegishydra.core.run.SwingingMarket;
import org.aegishydra.trader.RecordedRun;
import org.aegishydra.trader.TradeMain;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A live trader in a JVM of its own tails a journal that the test appends to; its replay must decide the same. */
class LiveAgainstReplayTest {
    private static final String[] BUSY = {
        "--fee-bps",
        "0",
        "--slippage-bps",
        "3",
        "--max-orders-per-second",
        "6",
        "--capital",
        "100000",
        "--max-position-value",
        "10000",
        "--set",
        "order-value=1500",
        "--set",
        "hold-ms=50"
    };

    /** What a recorder writes before the market: its own start, and a connection. */
    private static final int FACTS = 2;

    @TempDir
    Path directory;

    private FeedWriter feed;
    private SwingingMarket market;
    private RunFolder run;

    @BeforeEach
    void startRecording() {
        feed = new FeedWriter(Journal.create(directory.resolve("market"), JournalFormat.MARKET)).connect();
        market = new SwingingMarket(feed, "BTC-USD", 1).snapshot().run(300);
        run = new RunFolder(directory.resolve("run"));
    }

    @AfterEach
    void stopRecording() {
        feed.close();
    }

    private ChildJvm trade(String... options) throws Exception {
        final List<String> arguments = new ArrayList<>(List.of(
                "--journal",
                directory.resolve("market").toString(),
                "--out",
                run.directory().toString()));
        arguments.addAll(List.of(BUSY));
        arguments.addAll(List.of(options));
        final ChildJvm trader = ChildJvm.start(directory, TradeMain.class, arguments.toArray(String[]::new));
        trader.await("the start", () -> trader.errors().contains("trading "));
        return trader;
    }

    /** Waits until the log has a row for every message that was recorded. */
    private void awaitAllSteps(ChildJvm trader) throws InterruptedException {
        final Path log = run.product("BTC-USD").resolve("paper_log.csv");
        trader.await("step " + (feed.lastSequence() - FACTS), () -> rows(log) == feed.lastSequence() - FACTS);
    }

    private static long rows(Path log) {
        try (Stream<String> lines = Files.lines(log)) {
            return lines.count();
        } catch (final IOException e) {
            return 0;
        }
    }

    /** The run's summary, after its replay in this process gave the same digest. */
    private RunSummary replayed() {
        final RunSummary live = RunSummary.read(run.summary());
        final ProgramRun replay = ProgramRun.of(
                new ReplayMain(),
                "--journal",
                directory.resolve("market").toString(),
                "--run",
                run.directory().toString(),
                "--out",
                directory.resolve("replayed").toString());
        assertEquals(0, replay.exitCode(), replay.errors());
        assertTrue(
                replay.errors()
                        .contains("same digest as " + run.directory() + ": "
                                + live.digest().value()),
                replay.errors());
        final RunSummary repeated = RunSummary.read(directory.resolve("replayed/summary.json"));
        assertEquals(live.digest(), repeated.digest());
        assertEquals(live.decisions(), repeated.decisions());
        assertEquals(live.products(), repeated.products());
        assertEquals(live.range(), repeated.range());
        return live;
    }

    /** Decisions such as {@code REFUSAL TRADING_DISABLED} after one record of the market, up to another. */
    private Set<String> decisions(long after, long upTo) {
        final Set<String> found = new TreeSet<>();
        final DecisionRecord decision = new DecisionRecord();
        try (JournalTailer tailer = run.decisions().tailer()) {
            int records;
            do {
                records = tailer.poll(
                        (header, buffer, offset, length) -> {
                            if (header.kind() == RecordKind.DECISION) {
                                decision.wrap(buffer, offset);
                                if (decision.marketSequence() > after && decision.marketSequence() <= upTo) {
                                    found.add(decision.type() + " " + decision.reason());
                                }
                            }
                        },
                        1024);
            } while (records > 0);
        }
        return found;
    }

    private List<ControlRecord> controls() {
        return RecordedRun.read(run).controls();
    }

    @Test
    void shouldDecideTheSameWhenTheRunEndsBecauseItIsIdle() throws Exception {
        try (ChildJvm trader = trade("--until-idle", "1s")) {
            market.run(300);
            assertEquals(0, trader.exitCode(), trader.errors());
            assertTrue(trader.output().contains("live run over records 1 to "), trader.output());
        }
        final RunSummary live = replayed();
        assertEquals("live", live.mode());
        assertTrue(
                live.decisions().entries() > 5 && live.decisions().exits() > 5,
                live.decisions().toString());
        assertTrue(live.decisions().multiLevelOrders() > 0
                && !live.decisions().refusals().isEmpty());
        assertEquals(live.range().lastRecord(), RecordedRun.read(run).lastSequence());
        assertTrue(
                live.latency().get("Receive") == null
                        || live.latency().get("Receive").count() <= 300,
                "how long ago old records were received says nothing");
    }

    @Test
    void shouldDecideTheSameWhenASignalEndsTheRun() throws Exception {
        try (ChildJvm trader = trade("--json")) {
            market.run(300);
            awaitAllSteps(trader);
            trader.terminate();
            assertEquals(0, trader.exitCode(), trader.errors());
            assertTrue(trader.output().contains("\"digest\""), trader.output());
        }
        final RunSummary live = replayed();
        assertEquals(FACTS + 601, live.range().lastRecord());
        assertEquals(300, live.latency().get("Receive").count());
    }

    @Test
    void shouldDecideTheSameWithTheKillSwitchInTheMiddle() throws Exception {
        final long killedAfter;
        try (ChildJvm trader = trade()) {
            market.run(100);
            awaitAllSteps(trader);
            Files.createFile(run.directory().resolve("KILL"));
            trader.await("the kill switch", () -> !controls().isEmpty());
            killedAfter = feed.lastSequence();
            market.run(300);
            awaitAllSteps(trader);
            trader.terminate();
            assertEquals(0, trader.exitCode(), trader.errors());
        }
        assertEquals(List.of(new ControlRecord(ControlRecord.Type.KILL, killedAfter, "kill switch")), controls());
        assertTrue(decisions(0, killedAfter).contains("FILL NONE"));
        assertEquals(Set.of("REFUSAL TRADING_DISABLED"), decisions(killedAfter, Long.MAX_VALUE));
        replayed();
    }

    @Test
    void shouldDecideTheSameWhenTheRunTradesFromTheEnd() throws Exception {
        final long old = feed.lastSequence();
        try (ChildJvm trader = trade("--from", "end")) {
            market.run(300);
            awaitAllSteps(trader);
            trader.terminate();
            assertEquals(0, trader.exitCode(), trader.errors());
        }
        assertEquals(
                List.of(
                        new ControlRecord(ControlRecord.Type.TRADING_DISABLED, 0, "catching up"),
                        new ControlRecord(ControlRecord.Type.TRADING_ENABLED, old, "caught up")),
                controls());
        assertEquals(Set.of("REFUSAL TRADING_DISABLED"), decisions(0, old));
        assertTrue(decisions(old, Long.MAX_VALUE).contains("FILL NONE"));
        assertFalse(decisions(old, Long.MAX_VALUE).contains("REFUSAL TRADING_DISABLED"));
        replayed();
    }

    @Test
    void shouldRepeatWhatAKilledTraderDecided() throws Exception {
        try (ChildJvm trader = trade()) {
            market.run(300);
            awaitAllSteps(trader);
        }
        final Set<String> decided = decisions(0, Long.MAX_VALUE);
        final ProgramRun replay = ProgramRun.of(
                new ReplayMain(),
                "--journal",
                directory.resolve("market").toString(),
                "--run",
                run.directory().toString(),
                "--out",
                directory.resolve("replayed").toString());
        assertEquals(0, replay.exitCode(), replay.errors());
        assertTrue(replay.errors().contains("decisions and controls as " + run.directory()), replay.errors());
        final List<String> live = DecisionBytes.of(run);
        assertTrue(decided.contains("FILL NONE") && live.size() > 50);
        assertEquals(live, DecisionBytes.of(new RunFolder(directory.resolve("replayed"))));
    }
}
