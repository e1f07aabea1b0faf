package org.aegishydra.trader;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.aegishydra.core.checkpoint.StateOutput;
import org.aegishydra.core.journal.Dialect;
import org.aegishydra.core.journal.Journal;
import org.aegishydra.core.journal.JournalAppender;
import org.aegishydra.core.journal.JournalException;
import org.aegishydra.core.journal.JournalFormat;
import org.aegishydra.core.journal.JournalTailer;
import org.aegishydra.core.journal.RecordKind;
import org.aegishydra.core.run.ControlRecord;
import org.aegishydra.core.run.FeedWriter;
import org.aegishydra.core.run.RunFolder;
import org.aegishydra.core.run.SwingingMarket;
import org.agrona.DirectBuffer;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What a run that is resumed may find: a kill switch, controls at its last record, another build's checkpoint, no decisions. */
class ResumedRunEdgeTest {
    private static final TradingSettings SETTINGS = EngineRun.settings(
            "--fee-bps", "0", "--slippage-bps", "3", "--capital", "100000", "--max-position-value", "10000");

    private static final TradingSettings STATELESS = EngineRun.settings(
            "--strategy", TapeStrategy.class.getName(), "--max-orders-per-second", "1000", "--capital", "1e6");

    @TempDir
    Path directory;

    private final List<String> said = new ArrayList<>();
    private Journal market;
    private int runs;

    @BeforeEach
    void record() {
        market = Journal.create(directory.resolve("market"), JournalFormat.RUN);
        try (FeedWriter feed = new FeedWriter(market).connect()) {
            new SwingingMarket(feed, "BTC-USD", 1).snapshot().run(300);
        }
    }

    /** Handles all records and is gone, without an end, with a checkpoint if its strategy can be kept. */
    private RunFolder killedAtTheEnd(TradingSettings settings, boolean checkpoint, ControlRecord... controls) {
        final RunFolder folder = RunFolder.create(directory.resolve("run" + ++runs));
        final ControlSource source = new RecordedRun(settings, 1, 0, List.of(controls), 0).controlSource();
        try (JournalTailer tailer = market.tailer();
                TradingRun run = new TradingRun(folder, settings, tailer, source, null)) {
            while (run.engine().doWork() > 0) {
                // All that is there.
            }
            if (checkpoint) {
                assertTrue(run.checkpoint());
            }
        }
        return folder;
    }

    private EngineRun uninterrupted(TradingSettings settings) {
        return EngineRun.over(market, directory.resolve("run" + ++runs), settings);
    }

    /** Ends as soon as the last record was handled, as a signal may make it. */
    private EngineRun resumeAndEndAtOnce(RunFolder folder) {
        final long last = RecordedRun.read(folder).lastSequence();
        try (LiveControls live = new LiveControls(folder.directory());
                LiveTail tail = new LiveTail(market.tailer());
                TradingRun run = TradingRun.resume(folder, tail, live, null, said::add)) {
            while (run.engine().lastSequence() < last) {
                run.engine().doWork();
            }
            return new EngineRun(folder, run.finish("live", "live", "market", "signal"));
        }
    }

    @Test
    void shouldRepeatAControlBehindTheLastRecordBeforeItEnds() {
        final long last = uninterrupted(STATELESS).summary().range().lastRecord();
        final RunFolder folder =
                killedAtTheEnd(STATELESS, false, new ControlRecord(ControlRecord.Type.KILL, last, "kill switch"));
        final EngineRun resumed = resumeAndEndAtOnce(folder);
        assertEquals(
                List.of(
                        ControlRecord.Type.START,
                        ControlRecord.Type.KILL,
                        ControlRecord.Type.RESUMED,
                        ControlRecord.Type.STOP),
                resumed.controls().stream().map(ControlRecord::type).toList());
    }

    @Test
    void shouldFindTheKillSwitchBeforeItHandlesARecord() throws Exception {
        final Path folder = Files.createDirectories(directory.resolve("killed"));
        Files.createFile(folder.resolve(LiveControls.KILL_FILE));
        try (LiveControls live = new LiveControls(folder)) {
            assertEquals(ControlRecord.Type.KILL, live.due(0).type());
        }
    }

    /** A state that another build wrote, which is whole, but longer than this one's. */
    @Test
    void shouldLeaveNothingBehindOfACheckpointThatCannotBeReadToItsEnd() {
        final EngineRun whole = uninterrupted(SETTINGS);
        assertTrue(whole.summary().decisions().fills() > 10);
        final RunFolder folder = killedAtTheEnd(SETTINGS, true);
        final byte[] file = bytesOf(folder);
        final StateOutput longer = new StateOutput();
        for (int i = 24; i < file.length; i++) {
            longer.putBoolean(file[i] != 0);
            longer.buffer().byteArray()[i - 24] = file[i];
        }
        longer.putLong(0);
        folder.checkpoint().write(longer);
        final EngineRun resumed = resumeAndEndAtOnce(folder);
        assertTrue(said.get(0).endsWith("is not used: 8 bytes are left behind the state"), said::toString);
        assertEquals(whole.summary().digest(), resumed.summary().digest());
        assertEquals(whole.summary().decisions(), resumed.summary().decisions());
    }

    private static byte[] bytesOf(RunFolder folder) {
        try {
            return Files.readAllBytes(folder.checkpoint().path());
        } catch (final java.io.IOException e) {
            throw new java.io.UncheckedIOException(e);
        }
    }

    @Test
    void shouldWriteNoCheckpointOfARunThatDecidesNothingWhereItHadDecided() {
        final RunFolder folder = killedAtTheEnd(SETTINGS, false);
        final Journal quiet = Journal.create(directory.resolve("quiet"), JournalFormat.RUN);
        try (FeedWriter feed = new FeedWriter(quiet).connect()) {
            feed.snapshot("BTC-USD", "bid 100 1", "offer 101 1");
            for (int i = 0; i < 1_000; i++) {
                feed.ticker("BTC-USD", "100");
            }
        }
        try (LiveControls live = new LiveControls(folder.directory());
                LiveTail tail = new LiveTail(quiet.tailer());
                TradingRun run = TradingRun.resume(folder, tail, live, null, said::add)) {
            while (run.engine().doWork() > 0) {
                // All that is there.
            }
            assertTrue(!run.isBehind());
            final String refusal =
                    assertThrows(JournalException.class, run::checkpoint).getMessage();
            assertTrue(refusal.contains("was ORDER BTC-USD") && refusal.contains("would now be none"), refusal);
        }
        assertTrue(!folder.checkpoint().exists());
    }

    @Test
    void shouldNotCountAResumptionWithAnotherJournal() {
        final RunFolder folder =
                resumeAndEndAtOnce(killedAtTheEnd(SETTINGS, true)).folder();
        final Journal other = Journal.create(directory.resolve("other"), JournalFormat.RUN);
        try (FeedWriter feed = new FeedWriter(other).connect()) {
            new SwingingMarket(feed, "BTC-USD", 7).snapshot().run(300);
        }
        try (LiveControls live = new LiveControls(folder.directory());
                LiveTail tail = new LiveTail(other.tailer())) {
            assertThrows(JournalException.class, () -> TradingRun.resume(folder, tail, live, null, said::add));
        }
        assertEquals(1, RecordedRun.read(folder).resumptions());
        assertTrue(Files.exists(folder.summary()), "a run that was not resumed has its summary");
        assertEquals(2, resumeAndEndAtOnce(folder).summary().resumptions());
    }

    @Test
    void shouldStillTradeFromTheEndIfItWasKilledBehindItsStart() {
        final RunFolder folder = RunFolder.create(directory.resolve("run" + ++runs));
        try (JournalAppender appender = folder.newDecisions().appender()) {
            final DirectBuffer start = new ControlRecord(
                            ControlRecord.Type.START,
                            1,
                            SETTINGS.tradingFromEnd().toJson().toString())
                    .encode();
            appender.append(RecordKind.CONTROL, Dialect.NONE, 0, FeedWriter.START_NS, 0, start, 0, start.capacity());
        }
        assertTrue(uninterrupted(SETTINGS).summary().decisions().entries() > 0);
        final EngineRun resumed;
        try (LiveControls live = new LiveControls(folder.directory());
                LiveTail tail = new LiveTail(market.tailer());
                TradingRun run = TradingRun.resume(folder, tail, live, null, said::add)) {
            while (run.engine().doWork() > 0) {
                // All that is there, and the control after it.
            }
            resumed = new EngineRun(folder, run.finish("live", "live", "market", "signal"));
        }
        assertEquals(0, resumed.summary().decisions().entries());
        final RecordedRun run = RecordedRun.read(folder);
        assertEquals(
                List.of(ControlRecord.Type.TRADING_DISABLED, ControlRecord.Type.TRADING_ENABLED),
                run.controls().stream().map(ControlRecord::type).toList());
        assertEquals(0, run.controls().get(0).marketSequence());
        assertEquals(
                resumed.summary().range().lastRecord(), run.controls().get(1).marketSequence());
    }
}
