package org.aegishydra.trader;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.aegishydra.core.journal.Dialect;
import org.aegishydra.core.journal.Journal;
import org.aegishydra.core.journal.JournalAppender;
import org.aegishydra.core.journal.JournalException;
import org.aegishydra.core.journal.JournalFormat;
import org.aegishydra.core.journal.JournalTailer;
import org.aegishydra.core.journal.RecordHandler;
import org.aegishydra.core.journal.RecordKind;
import org.aegishydra.core.journal.RecordSource;
import org.aegishydra.core.run.ControlRecord;
import org.aegishydra.core.run.FeedWriter;
import org.aegishydra.core.run.RunFolder;
import org.aegishydra.core.run.RunSummary;
import org.aegishydra.core.run.SwingingMarket;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A run that ended anywhere, even between an order and its fill, goes on as if it had not. */
class ResumedRunTest {
    private static final TradingSettings SETTINGS = EngineRun.settings(EngineRun.BUSY);

    /** A lattice whose magnetization follows a book that swings every quarter of a second. */
    private static final TradingSettings ISING = EngineRun.settings(
            "--strategy",
            "ising",
            "--fee-bps",
            "0",
            "--set",
            "depth-weight=1",
            "--set",
            "max-field=1",
            "--set",
            "entry-sigmas=0",
            "--set",
            "hold-ms=50");

    private static final ControlRecord DISABLED =
            new ControlRecord(ControlRecord.Type.TRADING_DISABLED, 400, "for a test");
    private static final ControlRecord ENABLED =
            new ControlRecord(ControlRecord.Type.TRADING_ENABLED, 500, "for a test");

    @TempDir
    Path directory;

    private final List<String> said = new ArrayList<>();
    private Journal market;
    private int runs;

    @BeforeEach
    void record() {
        market = Journal.create(directory.resolve("market"), JournalFormat.RUN);
        try (FeedWriter feed = new FeedWriter(market).connect()) {
            final SwingingMarket btc = new SwingingMarket(feed, "BTC-USD", 1).snapshot();
            final SwingingMarket eth = new SwingingMarket(feed, "ETH-USD", 2).snapshot();
            for (int i = 0; i < 8; i++) {
                btc.run(60);
                eth.run(60);
                if (i == 3) {
                    feed.loseOneMessage();
                    btc.run(20);
                    feed.disconnect().reconnect();
                    btc.snapshot();
                    eth.snapshot();
                }
            }
        }
    }

    private RunFolder folder() {
        return RunFolder.create(directory.resolve("run" + ++runs));
    }

    /** The controls of the run that is not interrupted. */
    private static ControlSource controls() {
        return new RecordedRun(SETTINGS, 1, 0, List.of(DISABLED, ENABLED), 0).controlSource();
    }

    private EngineRun uninterrupted() {
        return EngineRun.over(market, directory.resolve("run" + ++runs), SETTINGS, controls());
    }

    /** Handles some records and is gone, without an end; perhaps with a checkpoint on the way. */
    private RunFolder interrupted(TradingSettings settings, long records, long checkpointAfter) {
        final RunFolder folder = folder();
        try (JournalTailer tailer = market.tailer();
                TradingRun run = new TradingRun(folder, settings, oneByOne(tailer), controls(), null)) {
            for (long i = 1; i <= records; i++) {
                run.engine().doWork();
                if (i == checkpointAfter) {
                    run.checkpoint();
                }
            }
        }
        return folder;
    }

    private static RecordSource oneByOne(JournalTailer tailer) {
        return new RecordSource() {
            @Override
            public int poll(RecordHandler handler, int limit) {
                return tailer.poll(handler, 1);
            }

            @Override
            public void close() {
                tailer.close();
            }
        };
    }

    /** A folder with the beginning of a run's journals, and its checkpoint if there is one. */
    private RunFolder beginningOf(RunFolder whole, long decisionRecords, long stepRecords) throws IOException {
        final RunFolder cut = folder();
        copy(whole.decisions(), cut.newDecisions(), decisionRecords);
        copy(whole.steps(), cut.newSteps(), stepRecords);
        if (whole.checkpoint().exists()) {
            Files.copy(whole.checkpoint().path(), cut.checkpoint().path());
        }
        return cut;
    }

    private static void copy(Journal from, Journal to, long records) {
        try (JournalTailer tailer = from.tailer();
                JournalAppender appender = to.appender()) {
            for (long i = 0; i < records; i++) {
                tailer.poll(
                        (header, buffer, offset, length) -> appender.append(
                                header.kind(), Dialect.NONE, 0, header.wallTimeNs(), 0, buffer, offset, length),
                        1);
            }
        }
    }

    private EngineRun resume(RunFolder folder) {
        return resume(folder, market);
    }

    private EngineRun resume(RunFolder folder, Journal journal) {
        try (LiveControls live = new LiveControls(folder.directory());
                LiveTail tail = new LiveTail(journal.tailer());
                TradingRun run = TradingRun.resume(folder, tail, live, null, said::add)) {
            int handled;
            do {
                handled = run.engine().doWork();
            } while (handled > 0);
            return new EngineRun(folder, run.finish("live", "live", "market", "end of test"));
        }
    }

    private static void assertSameRun(EngineRun expected, EngineRun found) {
        assertSameDecisions(expected, found);
        assertEquals(expected.summary().products(), found.summary().products());
        assertEquals(expected.summary().range(), found.summary().range());
        assertEquals(expected.summary().messages(), found.summary().messages());
        assertEquals(expected.summary().steps(), found.summary().steps());
        assertEquals(
                expected.records(expected.folder().decisions(), RecordKind.MARK),
                found.records(found.folder().decisions(), RecordKind.MARK));
        assertEquals(expected.recordedSteps(), found.recordedSteps());
    }

    private static long records(Journal journal) {
        try (JournalTailer tailer = journal.tailer()) {
            return tailer.readLast().sequence();
        }
    }

    @Test
    void shouldHaveSomethingToAgreeOn() {
        final RunSummary.Decisions counts = uninterrupted().summary().decisions();
        assertTrue(
                counts.entries() > 20
                        && counts.exits() > 20
                        && counts.partialFills() > 0
                        && counts.refusals().keySet().containsAll(List.of("order_rate", "trading_disabled")),
                counts::toString);
    }

    @Test
    void shouldGoOnFromAnyRecordOfItsDecisions() throws IOException {
        final EngineRun whole = EngineRun.over(market, directory.resolve("whole"), SETTINGS);
        final long last = records(whole.folder().decisions());
        final long steps = records(whole.folder().steps());
        // Behind the start; the last two records are the end of the run that was not interrupted.
        for (long cut = 1; cut <= last - 2; cut += 1 + last / 16) {
            final RunFolder folder = beginningOf(whole.folder(), cut, steps * cut / last);
            said.clear();
            final EngineRun resumed = resume(folder);
            assertSameRun(whole, resumed);
            assertEquals(1, resumed.summary().resumptions());
            assertTrue(said.get(0).contains("from its first record, 1"), said::toString);
        }
    }

    @Test
    void shouldGoOnFromACheckpoint() throws IOException {
        final EngineRun whole = uninterrupted();
        final long records = whole.summary().range().records();
        for (final long checkpoint : new long[] {1, 400, 501, 525, records}) {
            final RunFolder begun = interrupted(SETTINGS, records, checkpoint);
            final long decisions = records(begun.decisions());
            final long decided = records(interrupted(SETTINGS, checkpoint, 0).decisions());
            for (final long cut : new long[] {0, 3}) {
                said.clear();
                final EngineRun resumed =
                        resume(beginningOf(begun, Math.max(decisions - cut, decided), records(begun.steps())));
                assertSameRun(whole, resumed);
            }
        }
    }

    /** Its spins, its random numbers and its window are in the checkpoint. */
    @Test
    void shouldGoOnFromACheckpointOfALattice() {
        final EngineRun whole = EngineRun.over(market, directory.resolve("ising"), ISING, controls());
        final long records = whole.summary().range().records();
        for (final long checkpoint : new long[] {1, 300, 701, records}) {
            said.clear();
            assertSameRun(whole, resume(interrupted(ISING, records, checkpoint)));
            assertEquals(List.of("resuming the run from its checkpoint at record " + checkpoint), said);
        }
        final RunSummary.Decisions counts = whole.summary().decisions();
        assertTrue(counts.entries() > 10 && counts.exits() > 10, counts::toString);
    }

    @Test
    void shouldSayFromWhereItGoesOn() {
        resume(interrupted(SETTINGS, 300, 250));
        assertEquals(List.of("resuming the run from its checkpoint at record 250"), said);
    }

    @Test
    void shouldGoOnAfterACleanEndAndAgainAfterThat() {
        final EngineRun whole = uninterrupted();
        final EngineRun first = resume(interrupted(SETTINGS, 600, 550));
        final EngineRun again = resume(first.folder());
        assertSameDecisions(whole, again);
        assertEquals(2, again.summary().resumptions());
    }

    private static void assertSameDecisions(EngineRun expected, EngineRun found) {
        final List<String> expectedBytes = expected.decisionBytes();
        final List<String> foundBytes = found.decisionBytes();
        for (int i = 0; i < Math.min(expectedBytes.size(), foundBytes.size()); i++) {
            assertEquals(expectedBytes.get(i), foundBytes.get(i), "decision " + i);
        }
        assertEquals(expectedBytes.size(), foundBytes.size());
        assertEquals(expected.summary().digest(), found.summary().digest());
        assertEquals(expected.summary().decisions(), found.summary().decisions());
    }

    @Test
    void shouldGoOnFromItsFirstRecordIfTheCheckpointCannotBeUsed() throws IOException {
        final EngineRun whole = uninterrupted();
        final RunFolder damaged = interrupted(SETTINGS, 600, 550);
        final byte[] bytes = Files.readAllBytes(damaged.checkpoint().path());
        bytes[bytes.length / 2] ^= 1;
        Files.write(damaged.checkpoint().path(), bytes);
        assertSameRun(whole, resume(damaged));
        assertTrue(said.get(0).endsWith("checkpoint is not used: it is damaged"), said::toString);

        said.clear();
        final RunFolder begun = interrupted(SETTINGS, 600, 550);
        final long decided = records(interrupted(SETTINGS, 550, 0).decisions());
        assertSameRun(whole, resume(beginningOf(begun, decided - 1, 5)));
        assertTrue(said.get(0).contains("later time than the decisions that are on the disk"), said::toString);
    }

    @Test
    void shouldGoOnFromItsFirstRecordWithAStrategyThatKeepsNoState() {
        final TradingSettings settings = EngineRun.settings(
                "--strategy",
                TapeStrategy.class.getName(),
                "--max-orders-per-second",
                "1000",
                "--capital",
                "1e6",
                "--max-position-value",
                "1e9");
        final EngineRun whole = EngineRun.over(market, directory.resolve("tape"), settings, controls());
        final RunFolder folder = interrupted(settings, 600, 550);
        assertTrue(!folder.checkpoint().exists());
        assertSameRun(whole, resume(folder));
        assertTrue(whole.decisionBytes().size() > 20);
    }

    @Test
    void shouldRefuseAnotherJournal() {
        final Journal other = Journal.create(directory.resolve("other"), JournalFormat.RUN);
        try (FeedWriter feed = new FeedWriter(other).connect()) {
            new SwingingMarket(feed, "BTC-USD", 7).snapshot().run(1_500);
        }
        final RunFolder fromStart = interrupted(SETTINGS, 600, 0);
        assertTrue(assertThrows(JournalException.class, () -> resume(fromStart, other))
                .getMessage()
                .startsWith("the run cannot be resumed: its decision record "));
        final RunFolder fromCheckpoint = interrupted(SETTINGS, 600, 550);
        assertEquals(
                "record 550 is not the one that this run has handled: name the journal that it traded",
                assertThrows(JournalException.class, () -> resume(fromCheckpoint, other))
                        .getMessage());
        final EngineRun afterwards = resume(fromStart);
        assertSameDecisions(uninterrupted(), afterwards);
    }

    @Test
    void shouldNotForgetThatItWasKilledNorSayItTwice() throws IOException {
        final EngineRun whole = EngineRun.over(
                market,
                directory.resolve("killed"),
                SETTINGS,
                new RecordedRun(
                                SETTINGS,
                                1,
                                0,
                                List.of(new ControlRecord(ControlRecord.Type.KILL, 300, "kill switch")),
                                0)
                        .controlSource());
        final RunFolder cut = beginningOf(whole.folder(), records(whole.folder().decisions()) - 2, 3);
        Files.createFile(cut.directory().resolve(LiveControls.KILL_FILE));
        final EngineRun resumed = resume(cut);
        assertSameDecisions(whole, resumed);
        assertEquals(
                1,
                resumed.controls().stream()
                        .filter(control -> control.type() == ControlRecord.Type.KILL)
                        .count());
    }
}
