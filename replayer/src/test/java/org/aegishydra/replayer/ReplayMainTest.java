package org.aegishydra.replayer;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.aegishydra.core.command.Program;
import org.aegishydra.core.journal.ArchiveSession;
import org.aegishydra.core.journal.ArchiveWriter;
import org.aegishydra.core.journal.Journal;
import org.aegishydra.core.journal.JournalFormat;
import org.aegishydra.core.journal.RecordedSegment;
import org.aegishydra.core.run.FeedWriter;
import org.aegishydra.core.run.RunFolder;
import org.aegishydra.core.run.RunSummary;
import org.aegishydra.core.run.SwingingMarket;
import org.aegishydra.trader.RecordedRun;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** {@code aegis replay} as its user sees it. */
class ReplayMainTest {
    private static final long DAY_NS = 86_400_000_000_000L;
    private static final String[] BUSY = {"--fee-bps", "0", "--set", "hold-ms=50"};

    @TempDir
    Path directory;

    private void record(int messages) {
        try (FeedWriter feed = writer().connect()) {
            new SwingingMarket(feed, "BTC-USD", 1).snapshot().run(messages);
        }
    }

    private FeedWriter writer() {
        return new FeedWriter(Journal.create(directory.resolve("market"), JournalFormat.MARKET));
    }

    private ProgramRun replay(String... options) {
        final List<String> arguments =
                new ArrayList<>(List.of("--journal", directory.resolve("market").toString()));
        arguments.addAll(List.of(options));
        return ProgramRun.of(new ReplayMain(), arguments.toArray(String[]::new));
    }

    private ProgramRun replayBusily(String... options) {
        final List<String> arguments = new ArrayList<>(List.of(BUSY));
        arguments.addAll(List.of(options));
        return replay(arguments.toArray(String[]::new));
    }

    private RunSummary summary(String run) {
        return RunSummary.read(directory.resolve(run).resolve("summary.json"));
    }

    private String path(String run) {
        return directory.resolve(run).toString();
    }

    @Test
    void shouldDecideTheSameAtEveryPace() {
        record(300);
        assertEquals(0, replayBusily("--out", path("a")).exitCode());
        assertEquals(0, replayBusily("--out", path("b"), "--pace", "20x").exitCode());
        assertTrue(summary("a").decisions().entries() > 3);
        assertEquals(summary("a").digest(), summary("b").digest());
        assertFalse(summary("a").latency().containsKey("Receive"), "at max only service times are known");
        assertEquals(summary("b").steps(), summary("b").latency().get("Receive").count());
    }

    @Test
    void shouldDecideTheSameHoweverItWaitsAndTellHowLateItWas() throws IOException {
        record(300);
        for (final String wait : List.of("spin", "sleep")) {
            final ProgramRun run = replayBusily("--out", path(wait), "--pace", "20x", "--wait", wait);
            assertEquals(0, run.exitCode(), run.errors());
            assertTrue(run.output().contains("(late)"), run.output());
            assertEquals(303, summary(wait).lateness().count());
            assertTrue(Files.readString(directory.resolve(wait).resolve("latency.hlog"))
                    .contains("Tag=Lateness"));
        }
        assertTrue(summary("spin").decisions().entries() > 3);
        assertEquals(summary("spin").digest(), summary("sleep").digest());
        replayBusily("--out", path("max"));
        assertNull(summary("max").lateness());
        assertEquals(summary("max").digest(), summary("sleep").digest());
        final ProgramRun wrong = replay("--wait", "yield");
        assertEquals(Program.WRONG_USAGE, wrong.exitCode());
        assertEquals(
                "aegis replay: --wait yield: must be spin or sleep",
                wrong.errors().strip());
    }

    /** Not even the digest may differ: records have the same sequences, and neither connections nor places count. */
    @Test
    void shouldReplayADirectoryOfDaysAsOneJournal() throws IOException {
        try (FeedWriter whole = writer()) {
            for (int day = 0; day < 3; day++) {
                recordDay(whole, day);
            }
        }
        for (int day = 0; day < 3; day++) {
            final Path own = directory.resolve("days/2026-08-" + (9 + day));
            try (FeedWriter feed = new FeedWriter(Journal.create(own, JournalFormat.MARKET))) {
                recordDay(feed, day);
            }
        }
        for (final String[] range : new String[][] {
            {}, {"--day", "2026-08-10"}, {"--records", "150-250"}, {"--from", "2026-08-10T12:00:01Z"}
        }) {
            final RunSummary one = replayOf("market", range);
            final RunSummary many = replayOf("days", range);
            assertTrue(one.decisions().entries() > 0);
            assertEquals(one.digest(), many.digest());
            assertEquals(one.decisions(), many.decisions());
            assertEquals(one.range(), many.range());
        }
        final RunSummary recorded = replayOf("days");
        final Journal first = Journal.open(directory.resolve("days/2026-08-9"));
        try (ArchiveSession session = ArchiveSession.open(first)) {
            archive(session, session.segments().get(0), true);
        }
        assertEquals(recorded.digest(), replayOf("days").digest(), "archived and recorded days together");
        final ProgramRun repeated = ProgramRun.of(new ReplayMain(), "--journal", path("days"), "--run", path("run-0"));
        assertEquals(0, repeated.exitCode(), repeated.errors());
    }

    private static void recordDay(FeedWriter feed, int day) {
        feed.at(FeedWriter.START_NS + day * DAY_NS).connect();
        new SwingingMarket(feed, "BTC-USD", day).snapshot().run(100 + day);
    }

    private int runs;

    private RunSummary replayOf(String journal, String... range) {
        final String name = "run-" + runs++;
        final List<String> arguments = new ArrayList<>(List.of("--journal", path(journal), "--out", path(name)));
        arguments.addAll(List.of(BUSY));
        arguments.addAll(List.of(range));
        final ProgramRun run = ProgramRun.of(new ReplayMain(), arguments.toArray(String[]::new));
        assertEquals(0, run.exitCode(), run.errors());
        return summary(name);
    }

    @Test
    void shouldPrintItsSummaryAsJsonAndNothingElse() throws IOException {
        record(100);
        final ProgramRun run = replayBusily("--json");
        final JsonNode json = new ObjectMapper().readTree(run.output());
        assertEquals(103, json.at("/range/records").intValue());
        assertEquals("max", json.get("pace").textValue());
    }

    @Test
    void shouldLeaveNothingBehindWithoutAFolder() throws IOException {
        record(50);
        assertEquals(0, replayBusily().exitCode());
        try (var files = Files.list(directory)) {
            assertEquals(List.of(directory.resolve("market")), files.toList());
        }
    }

    @Test
    void shouldReplayOneDayOfManyOrSomeRecords() {
        try (FeedWriter feed = writer()) {
            for (int day = 0; day < 3; day++) {
                feed.at(FeedWriter.START_NS + day * DAY_NS).connect();
                new SwingingMarket(feed, "BTC-USD", day).snapshot().run(100 + day);
            }
        }
        assertEquals(
                0, replayBusily("--out", path("day"), "--day", "2026-08-10").exitCode());
        assertEquals(104, summary("day").range().firstRecord());
        assertEquals(207, summary("day").range().lastRecord());
        assertEquals(102, summary("day").steps());
        assertEquals(
                0,
                replayBusily("--out", path("records"), "--records", "104-207").exitCode());
        assertEquals(summary("day").digest(), summary("records").digest());
    }

    @Test
    void shouldReplayArchivedDaysAsRecordedOnesAndSayWhatIsRemoved() {
        try (FeedWriter feed = writer()) {
            for (int day = 0; day < 2; day++) {
                feed.at(FeedWriter.START_NS + day * DAY_NS).connect();
                new SwingingMarket(feed, "BTC-USD", day).snapshot().run(100 + day);
            }
        }
        assertEquals(0, replayBusily("--out", path("recorded")).exitCode());
        assertEquals(
                0, replayBusily("--out", path("second"), "--day", "2026-08-10").exitCode());
        final Journal journal = Journal.open(directory.resolve("market"), JournalFormat.MARKET);
        try (ArchiveSession session = ArchiveSession.open(journal)) {
            for (final RecordedSegment source : session.segments()) {
                archive(session, source, source.lastSequence() > 104);
            }
            assertEquals(0, replayBusily("--out", path("archived")).exitCode());
            assertEquals(summary("recorded").digest(), summary("archived").digest());
            assertTrue(summary("recorded").decisions().orders() > 0);
            session.remove(session.segments().get(0).segment());
        }
        assertEquals(0, replayBusily("--out", path("left")).exitCode());
        assertEquals(summary("second").digest(), summary("left").digest());
        final ProgramRun gone = replay("--run", path("recorded"));
        assertEquals(Program.FAILED, gone.exitCode());
        assertTrue(gone.errors().contains("record 1 is not in the journal any more"), gone.errors());
    }

    private static void archive(ArchiveSession session, RecordedSegment source, boolean isLast) {
        try (ArchiveWriter writer = session.archive(source, 1)) {
            while (writer.poll(1000) > 0) {
                assertTrue(writer.rawBytes() >= 0);
            }
            writer.end();
            writer.commit();
        }
        assertTrue(session.deleteCycleFile(source, isLast));
    }

    @Test
    void shouldRepeatARunAndSayThatItsDigestIsTheSame() {
        record(200);
        replayBusily("--out", path("first"), "--records", "1-150");
        final ProgramRun repeated = replay("--run", path("first"), "--out", path("again"));
        assertEquals(Program.DONE, repeated.exitCode(), repeated.errors());
        assertTrue(
                repeated.errors()
                        .contains("same digest as " + path("first") + ": "
                                + summary("first").digest().value()),
                repeated.errors());
        assertEquals(summary("first").digest(), summary("again").digest());
        assertEquals(summary("first").decisions(), summary("again").decisions());
    }

    @Test
    void shouldFailIfTheDigestDiffers() throws IOException {
        record(200);
        replayBusily("--out", path("first"));
        final String digest = summary("first").digest().value();
        final Path file = directory.resolve("first/summary.json");
        Files.writeString(file, Files.readString(file).replace(digest, "0123456789abcdef"));
        final ProgramRun repeated = replay("--run", path("first"));
        assertEquals(Program.FAILED, repeated.exitCode());
        assertTrue(
                repeated.errors()
                        .contains("the digest differs from that of " + path("first") + ": 0123456789abcdef there, "
                                + digest + " here"),
                repeated.errors());
    }

    @Test
    void shouldFailIfTheJournalIsAnotherOne() throws IOException {
        record(200);
        replayBusily("--out", path("first"));
        Files.move(directory.resolve("market"), directory.resolve("moved"));
        try (FeedWriter feed = writer().connect()) {
            new SwingingMarket(feed, "BTC-USD", 2).snapshot().run(200);
        }
        assertEquals(Program.FAILED, replay("--run", path("first")).exitCode());
    }

    @Test
    void shouldRepeatAKilledRunAsFarAsItsJournalTells() throws IOException {
        record(200);
        replayBusily("--out", path("first"));
        Files.delete(directory.resolve("first/summary.json"));
        final ProgramRun repeated = replay("--run", path("first"));
        assertEquals(Program.DONE, repeated.exitCode());
        assertTrue(repeated.errors().contains("took before it was killed"), repeated.errors());
    }

    @Test
    void shouldFailIfAKilledRunDecidedSomethingElse() throws IOException {
        record(200);
        replayBusily("--out", path("first"));
        Files.delete(directory.resolve("first/summary.json"));
        Files.move(directory.resolve("market"), directory.resolve("moved"));
        try (FeedWriter feed = writer().connect()) {
            new SwingingMarket(feed, "BTC-USD", 2).snapshot().run(200);
        }
        final ProgramRun repeated = replay("--run", path("first"), "--out", path("second"));
        assertEquals(Program.FAILED, repeated.exitCode());
        assertTrue(repeated.errors().contains("`aegis diff " + path("first")), repeated.errors());
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "--day=2026-08-09 | a repeated run has its own range; leave out --day 2026-08-09",
                "--records=1-5 | a repeated run has its own range; leave out --records 1-5",
                "--to=2026-08-09T12:00:00Z | a repeated run has its own range; leave out --to 2026-08-09T12:00:00Z",
                "--fee-bps=3 | a repeated run has its own settings; leave out --fee-bps",
                "--set=levels=3 | a repeated run has its own settings; leave out --set",
                "--product=BTC-USD | a repeated run has its own settings; leave out --product"
            })
    void shouldNotTakeForARepeatedRunWhatTheRunSaysItself(String option, String message) {
        record(20);
        replayBusily("--out", path("first"));
        final ProgramRun repeated = replay("--run", path("first"), option);
        assertEquals(Program.WRONG_USAGE, repeated.exitCode());
        assertEquals(
                "aegis replay: --run " + path("first") + ": " + message,
                repeated.errors().strip());
    }

    @Test
    void shouldRepeatARunWhateverTheDefaultsAre() throws IOException {
        record(50);
        replayBusily("--out", path("first"));
        Files.writeString(directory.resolve("aegis.properties"), "fee-bps=30\n");
        final String home = System.setProperty("user.home", directory.toString());
        try {
            assertEquals(0, replay("--run", path("first")).exitCode());
            assertTrue(replay().output().contains("0 entries"), "the default is in use");
        } finally {
            System.setProperty("user.home", home);
        }
    }

    @Test
    void shouldSayThatAFolderHoldsNoRun() {
        record(20);
        final ProgramRun repeated = replay("--run", path("market"));
        assertEquals(Program.WRONG_USAGE, repeated.exitCode());
        assertTrue(repeated.errors().contains("holds no run"), repeated.errors());
        final ProgramRun nowhere = ProgramRun.of(new ReplayMain(), "--journal", path("nowhere"));
        assertTrue(nowhere.exitCode() != 0 && nowhere.errors().contains("no journal in " + path("nowhere")));
    }

    @Test
    void shouldSayWhatWasKeptWhenASignalEndsIt() throws Exception {
        record(3000);
        try (ChildJvm replay = ChildJvm.start(
                directory,
                ReplayMain.class,
                "--journal",
                path("market"),
                "--pace",
                "1x",
                "--fee-bps",
                "0",
                "--out",
                path("run"))) {
            final Path log = directory.resolve("run/BTC-USD/paper_log.csv");
            replay.await("the first steps", () -> Files.exists(log));
            replay.terminate();
            assertEquals(0, replay.exitCode());
            assertTrue(replay.output().contains("digest"), replay.output());
            assertTrue(replay.errors().contains("the run is in " + path("run")), replay.errors());
            final RunSummary summary = summary("run");
            assertTrue(summary.range().lastRecord() < 3003);
            final RecordedRun recorded = RecordedRun.read(RunFolder.open(directory.resolve("run")));
            assertEquals(summary.range().lastRecord(), recorded.lastSequence());
            assertEquals(0, replay("--run", path("run")).exitCode());
        }
    }
}
