package org.aegishydra.replayer;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.aegishydra.core.command.Program;
import org.aegishydra.core.journal.DiskGuard;
import org.aegishydra.core.journal.Journal;
import org.aegishydra.core.journal.JournalDays;
import org.aegishydra.core.journal.JournalDays.Received;
import org.aegishydra.core.journal.JournalException;
import org.aegishydra.core.journal.JournalFormat;
import org.aegishydra.core.journal.JournalTailer;
import org.aegishydra.core.journal.Recording;
import org.aegishydra.core.journal.Roll;
import org.aegishydra.core.run.FeedWriter;
import org.aegishydra.core.run.RunSummary;
import org.aegishydra.core.run.SwingingMarket;
import org.aegishydra.trader.TradeMain;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** {@code aegis replay --into} as its user sees it, and as a trader does that tails the new journal. */
class ReplayIntoTest {
    private static final long HOUR_NS = 3_600_000_000_000L;
    private static final List<String> BUSY = List.of("--fee-bps", "0", "--set", "hold-ms=50");

    @TempDir
    Path directory;

    private String path(String name) {
        return directory.resolve(name).toString();
    }

    /** Three hours, each with a connection of its own; the last has the most messages. */
    private void record(int messages) {
        final JournalFormat format = JournalFormat.MARKET.withRoll(Roll.HOURLY);
        try (FeedWriter feed = new FeedWriter(Journal.create(directory.resolve("market"), format))) {
            for (int hour = 0; hour < 3; hour++) {
                feed.at(FeedWriter.START_NS + hour * HOUR_NS).connect();
                new SwingingMarket(feed, "BTC-USD", hour).snapshot().run(hour == 2 ? messages : 50);
            }
        }
    }

    private ProgramRun replay(String... options) {
        final List<String> arguments = new ArrayList<>(List.of("--journal", path("market")));
        arguments.addAll(List.of(options));
        return ProgramRun.of(new ReplayMain(), arguments.toArray(String[]::new));
    }

    private RunSummary replayed(String... options) throws IOException {
        final List<String> arguments = new ArrayList<>(BUSY);
        arguments.addAll(List.of(options));
        arguments.addAll(List.of("--out", path("replayed")));
        final ProgramRun run = replay(arguments.toArray(String[]::new));
        assertEquals(0, run.exitCode(), run.errors());
        return RunSummary.read(directory.resolve("replayed/summary.json"));
    }

    private String[] tradeArguments(String... options) {
        final List<String> arguments = new ArrayList<>(BUSY);
        arguments.addAll(List.of("--journal", path("into"), "--out", path("traded")));
        arguments.addAll(List.of(options));
        return arguments.toArray(String[]::new);
    }

    private RunSummary traded() {
        return RunSummary.read(directory.resolve("traded/summary.json"));
    }

    private List<Received> records(String journal) {
        return JournalDays.readAll(Journal.open(directory.resolve(journal)));
    }

    /** All of the records but the monotonic times. */
    private static List<Received> without(List<Received> records) {
        return records.stream()
                .map(each -> new Received(
                        each.kind(),
                        each.dialect(),
                        each.connectionId(),
                        each.sequence(),
                        each.wallTimeNs(),
                        each.eventTimeNs(),
                        0,
                        each.crc32c(),
                        each.text()))
                .toList();
    }

    @Test
    void shouldHandOverTheSameRecordsWithTheTimeOfHandingOver() {
        record(50);
        final long beforeNs = System.nanoTime();
        final ProgramRun run = replay("--into", path("into"));
        assertEquals(0, run.exitCode(), run.errors());
        final List<Received> handedOver = records("into");
        assertEquals(without(records("market")), without(handedOver));
        for (int i = 0; i < handedOver.size(); i++) {
            final long after = i == 0 ? beforeNs : handedOver.get(i - 1).monotonicTimeNs();
            assertTrue(handedOver.get(i).monotonicTimeNs() >= after);
        }
        assertEquals(
                Roll.HOURLY, Journal.open(directory.resolve("into")).format().roll());
        assertTrue(run.output().startsWith("handed over " + handedOver.size() + " records, 1 to "), run.output());
        assertFalse(run.output().contains("lateness"), "at max nothing is due");
    }

    @ParameterizedTest
    @ValueSource(strings = {"--records=1-", "--records=54-220", "--from=2026-08-09T14:00:00Z"})
    void shouldLetATraderDecideAsTheReplayOfTheSameRange(String range) throws IOException {
        record(300);
        final RunSummary replayed = replayed(range);
        assertTrue(replayed.decisions().entries() > 3, replayed.decisions().toString());
        assertEquals(0, replay("--into", path("into"), range).exitCode());
        final ProgramRun trade = ProgramRun.of(new TradeMain(), tradeArguments("--until-idle", "300ms"));
        assertEquals(0, trade.exitCode(), trade.errors());
        assertEquals(replayed.digest(), traded().digest());
        assertEquals(replayed.decisions(), traded().decisions());
        assertEquals(replayed.range(), traded().range());
    }

    @Test
    void shouldFeedATraderThatTailsItAsARecorderWould() throws Exception {
        record(300);
        final String range = "--from=2026-08-09T14:00:00Z";
        try (ChildJvm trader = ChildJvm.start(directory, TradeMain.class, tradeArguments("--until-idle", "2s"))) {
            trader.await("the trader", () -> trader.errors().contains("waiting for a recorder"));
            assertEquals(
                    0, replay("--into", path("into"), range, "--pace", "2x").exitCode());
            assertEquals(0, trader.exitCode(), trader.errors());
        }
        assertEquals(replayed(range).digest(), traded().digest());
    }

    @Test
    void shouldTellLatenessAndRangeAsJson() throws IOException {
        record(100);
        final ProgramRun run = replay(
                "--into", path("into"), "--from", "2026-08-09T14:00:00Z", "--pace", "5x", "--wait", "sleep", "--json");
        assertEquals(0, run.exitCode(), run.errors());
        final JsonNode json = new ObjectMapper().readTree(run.output());
        final List<Received> handedOver = records("into");
        assertEquals(handedOver.size(), json.at("/range/records").longValue());
        assertEquals(
                handedOver.get(0).sequence(), json.at("/range/first_record").longValue());
        assertEquals(handedOver.size(), json.at("/lateness/count").longValue());
        assertTrue(json.at("/own_lateness/count").longValue() <= handedOver.size());
        assertTrue(json.get("complete").booleanValue());
        assertEquals(path("into"), json.get("into").textValue());
    }

    @Test
    void shouldLeaveWholeWhatWasHandedOverWhenASignalEndsIt() throws Exception {
        record(3000);
        try (ChildJvm replay = ChildJvm.start(
                directory,
                ReplayMain.class,
                "--journal",
                path("market"),
                "--from",
                "2026-08-09T14:00:00Z",
                "--into",
                path("into"),
                "--pace",
                "1x")) {
            replay.await("some records", () -> handedOver() > 20);
            replay.terminate();
            assertEquals(0, replay.exitCode(), replay.errors());
            assertTrue(replay.output().startsWith("stopped: handed over "), replay.output());
        }
        final List<Received> handedOver = records("into");
        final List<Received> source = records("market").subList(106, 106 + handedOver.size());
        assertTrue(handedOver.size() < 3000);
        assertEquals(
                source.stream().map(Received::text).toList(),
                handedOver.stream().map(Received::text).toList());
        assertEquals(source.get(0).sequence(), handedOver.get(0).sequence());
    }

    @Test
    void shouldEndBeforeTheDiskIsFull() {
        record(10);
        final Recording recording = Recording.open(directory.resolve("market"));
        final DiskGuard full = DiskGuard.of(directory, "999999%");
        try (JournalRelay relay = JournalRelay.into(directory.resolve("into"), recording.format(), full);
                ReplaySession session = new ReplaySession(
                        recording.reader(), new ReplayRange(5, 10), Pace.MAX, Waiting.SPIN, () -> false)) {
            final String message = assertThrows(JournalException.class, () -> session.poll(relay, 10))
                    .getMessage();
            assertTrue(message.startsWith("--into " + path("into") + ": ended before record 5, because"), message);
        }
    }

    private long handedOver() {
        if (!Journal.exists(directory.resolve("into"))) {
            return 0;
        }
        try (JournalTailer tailer = Journal.open(directory.resolve("into")).tailer()) {
            return JournalDays.readAll(tailer).size();
        }
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "--fee-bps=3 | nothing is traded here; leave out --fee-bps",
                "--strategy=order-flow | nothing is traded here; leave out --strategy",
                "--out=runs/1 | nothing is traded here; leave out --out runs/1",
                "--run=runs/1 | nothing is traded here; leave out --run runs/1"
            })
    void shouldNotTakeWhatIsForTrading(String option, String message) {
        record(10);
        final ProgramRun run = replay("--into", path("into"), option);
        assertEquals(Program.WRONG_USAGE, run.exitCode());
        assertEquals(
                "aegis replay: --into " + path("into") + ": " + message,
                run.errors().strip());
        assertFalse(Files.exists(directory.resolve("into")));
    }

    @Test
    void shouldNeverWriteToWhatIsThereAlready() throws IOException {
        record(10);
        assertEquals(0, replay("--into", path("into")).exitCode());
        Files.createFile(directory.resolve("file"));
        for (final String taken : List.of("into", "market", "file")) {
            final ProgramRun run = replay("--into", path(taken));
            assertEquals(Program.WRONG_USAGE, run.exitCode());
            assertEquals(
                    "aegis replay: --into " + path(taken)
                            + ": is not empty; name a new directory, since a recording is never overwritten",
                    run.errors().strip());
        }
        Files.createDirectory(directory.resolve("empty"));
        assertEquals(0, replay("--into", path("empty")).exitCode());
    }
}
