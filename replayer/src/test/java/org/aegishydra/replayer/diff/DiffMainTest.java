package org.aegishydra.replayer.diff;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.aegishydra.core.command.Program;
import org.aegishydra.core.journal.Dialect;
import org.aegishydra.core.journal.Journal;
import org.aegishydra.core.journal.JournalAppender;
import org.aegishydra.core.journal.JournalFormat;
import org.aegishydra.core.journal.JournalTailer;
import org.aegishydra.core.journal.RecordKind;
import org.aegishydra.core.run.DecisionRecord;
import org.aegishydra.core.run.DecisionType;
import org.aegishydra.core.run.RunFolder;
import org.aegishydra.replayer.ProgramRun;
import org.aegishydra.replayer.ReplayMain;
import org.aegishydra.replayer.synthetic.SyntheticProduct;
import org.aegishydra.replayer.synthetic.SyntheticRecording;
import org.aegishydra.replayer.synthetic.SyntheticSettings;
import org.agrona.concurrent.UnsafeBuffer;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class DiffMainTest {
    private static final int CLOCK_STEP = 3_000;

    @TempDir
    static Path directory;

    private static int runs;

    @BeforeAll
    static void record() {
        try (JournalAppender appender = Journal.create(directory.resolve("market"), JournalFormat.MARKET)
                .appender()) {
            new SyntheticRecording(
                            appender,
                            new SyntheticSettings(
                                    7,
                                    List.of(SyntheticProduct.parse("BTC-USD"), SyntheticProduct.parse("ETH-USD")),
                                    1_786_276_800_000_000_000L,
                                    75_000_000_000L,
                                    200,
                                    1_000))
                    .write("test", ns -> {}, () -> false);
        }
    }

    private static Path replay(String market, String... options) {
        final Path run = directory.resolve("run" + ++runs);
        final List<String> arguments = new ArrayList<>(List.of(
                "--journal", directory.resolve(market).toString(), "--out", run.toString(), "--max-orders-per-second"));
        arguments.add("1000");
        arguments.addAll(List.of("--max-feed-latency-ms", "1000", "--max-position-value", "1e9"));
        arguments.addAll(List.of(options));
        final ProgramRun replay = ProgramRun.of(new ReplayMain(), arguments.toArray(String[]::new));
        assertEquals(Program.DONE, replay.exitCode(), replay.errors());
        return run;
    }

    private static Path clocked(int clockStep) {
        return replay("market", "--strategy", ClockStrategy.class.getName(), "--set", "clock-step=" + clockStep);
    }

    private static ProgramRun diff(Path first, Path second, String... options) {
        final List<String> arguments = new ArrayList<>(List.of(first.toString(), second.toString()));
        arguments.addAll(List.of(options));
        return ProgramRun.of(new DiffMain(), arguments.toArray(String[]::new));
    }

    private static JsonNode json(ProgramRun run) throws Exception {
        return new ObjectMapper().readTree(run.output());
    }

    @Test
    void shouldLocateAStrategyThatReadsTheClock() throws Exception {
        final Path first = clocked(CLOCK_STEP);
        final ProgramRun repeated = ProgramRun.of(
                new ReplayMain(),
                "--journal",
                directory.resolve("market").toString(),
                "--run",
                first.toString(),
                "--out",
                directory.resolve("repeated").toString());
        assertEquals(Program.FAILED, repeated.exitCode());
        assertTrue(repeated.errors().contains("the digest differs from that of " + first), repeated.errors());

        final ProgramRun diff = diff(first, directory.resolve("repeated"), "--json");
        assertEquals(Program.FAILED, diff.exitCode());
        final JsonNode found = json(diff);
        assertFalse(found.get("same").asBoolean());
        final String decision = found.at("/first/decision").asText();
        assertTrue(decision.startsWith("ORDER buy ") && decision.contains("step " + CLOCK_STEP + ","), decision);
        assertTrue(found.at("/second/decision").asText().contains("step " + CLOCK_STEP + ","), diff.output());
        final long record = found.get("differs_at_record").asLong();
        assertTrue(decision.endsWith("record " + record), decision);
        final String product = decision.contains("BTC-USD") ? "BTC-USD" : "ETH-USD";
        assertTrue(found.at("/first/record_text").asText().contains(product), diff.output());
        assertTrue(found.at("/first/book_after").asText().lines().count() == 10, diff.output());
        assertEquals(3, found.at("/second/last_steps").size());
        assertTrue(found.at("/second/last_steps/2").asText().contains("record " + record), diff.output());
        assertFalse(found.has("books_differ_at_record"), "the books are the market's, whatever a strategy does");
    }

    @Test
    void shouldSayWhatTheRunsHaveInCommonIfNothingDiffers() throws Exception {
        final ProgramRun diff = diff(clocked(1_000_000), clocked(1_000_000));
        assertEquals(Program.DONE, diff.exitCode(), diff.output());
        assertTrue(diff.output().contains(": the same "), diff.output());
        assertTrue(diff.output().contains("and the same books at 1 marks"), diff.output());
    }

    @Test
    void shouldCompareOnlyWhatBothHaveHandled() throws Exception {
        final Path whole = clocked(CLOCK_STEP);
        final Path beginning = replay(
                "market",
                "--strategy",
                ClockStrategy.class.getName(),
                "--set",
                "clock-step=" + CLOCK_STEP,
                "--records",
                "1-2500");
        final ProgramRun diff = diff(whole, beginning, "--json");
        assertEquals(Program.DONE, diff.exitCode(), diff.output());
        assertEquals(2500, json(diff).get("last_record").asLong());
        assertTrue(json(diff).get("same_decisions").asLong() > 10);
    }

    @Test
    void shouldShowADecisionThatOnlyOneRunTook() throws Exception {
        final Path eager = clocked(1_000_000);
        final Path poor = replay("market", "--strategy", ClockStrategy.class.getName(), "--product", "ETH-USD");
        final ProgramRun diff = diff(eager, poor);
        assertEquals(Program.FAILED, diff.exitCode());
        assertTrue(diff.output().contains("the settings differ ("), diff.output());
        assertTrue(diff.output().contains("the decisions part at record "), diff.output());
    }

    @Test
    void shouldFindBooksThatDifferWhereNoDecisionDoes() throws Exception {
        copyWithAnotherFarLevel();
        final Path first = clocked(1_000_000);
        final Path second =
                replay("altered", "--strategy", ClockStrategy.class.getName(), "--set", "clock-step=1000000");
        final ProgramRun diff = diff(first, second, "--json");
        assertEquals(Program.FAILED, diff.exitCode());
        assertFalse(json(diff).has("differs_at_record"));
        assertEquals(10_000, json(diff).get("books_differ_at_record").asLong());
        assertEquals(1, json(diff).get("books_agree_up_to_record").asLong());
        assertTrue(diff(first, second).output().contains("none differs"), diff.output());
    }

    /** The same recording, but for one more level in a snapshot, so far away that nothing ever reaches it. */
    private static void copyWithAnotherFarLevel() {
        final boolean[] altered = new boolean[1];
        try (JournalTailer tailer = Journal.open(directory.resolve("market")).tailer();
                JournalAppender appender = Journal.create(directory.resolve("altered"), JournalFormat.MARKET)
                        .appender()) {
            int records;
            do {
                records = tailer.poll(
                        (header, buffer, offset, length) -> {
                            final byte[] bytes = new byte[length];
                            buffer.getBytes(offset, bytes);
                            String text = new String(bytes, StandardCharsets.UTF_8);
                            if (!altered[0] && text.contains("\"snapshot\"") && text.contains("\"l2_data\"")) {
                                altered[0] = true;
                                text = text.replaceFirst(
                                        "\\{\"side\":\"offer\"",
                                        "{\"side\":\"bid\",\"event_time\":\"2026-01-05T00:00:00Z\",\"price_level\":\"0.01\","
                                                + "\"new_quantity\":\"7\"},{\"side\":\"offer\"");
                            }
                            final byte[] utf8 = text.getBytes(StandardCharsets.UTF_8);
                            appender.append(
                                    header.kind(),
                                    header.dialect(),
                                    header.connectionId(),
                                    header.wallTimeNs(),
                                    0,
                                    new UnsafeBuffer(utf8),
                                    0,
                                    utf8.length);
                        },
                        1024);
            } while (records > 0);
        }
        assertTrue(altered[0]);
    }

    @Test
    void shouldCompareARunThatHasNoSummaryIfItIsToldTheJournal() throws Exception {
        final Path killed = clocked(1_000_000);
        Files.delete(killed.resolve("summary.json"));
        final Path other = clocked(CLOCK_STEP);
        final ProgramRun without = diff(killed, other);
        assertEquals(Program.FAILED, without.exitCode());
        assertTrue(without.errors().contains("has no summary that names its recording: give --journal DIR"));
        final ProgramRun with =
                diff(killed, other, "--journal", directory.resolve("market").toString(), "--json");
        assertTrue(json(with).at("/first/book_before").asText().contains("bid "), with.output());
    }

    @Test
    void shouldRefuseWhatIsNoRun() {
        final ProgramRun diff = diff(directory.resolve("market"), directory.resolve("nothing"));
        assertEquals(Program.WRONG_USAGE, diff.exitCode());
        assertTrue(diff.errors().contains("holds no run"), diff.errors());
    }

    @Test
    void shouldTakeARunThatWasKilledBetweenAnOrderAndItsFillForTheSame() throws Exception {
        final Path whole = clocked(1_000_000);
        final Path cut = directory.resolve("run" + ++runs);
        final boolean[] ordered = new boolean[1];
        try (JournalTailer tailer = new RunFolder(whole).decisions().tailer();
                JournalAppender appender = new RunFolder(cut).newDecisions().appender()) {
            while (!ordered[0]) {
                tailer.poll(
                        (header, buffer, offset, length) -> {
                            ordered[0] = header.kind() == RecordKind.DECISION
                                    && new DecisionRecord().wrap(buffer, offset).type() == DecisionType.ORDER;
                            appender.append(
                                    header.kind(), Dialect.NONE, 0, header.wallTimeNs(), 0, buffer, offset, length);
                        },
                        1);
            }
        }
        for (final ProgramRun diff : List.of(diff(whole, cut, "--json"), diff(cut, whole, "--json"))) {
            assertEquals(Program.DONE, diff.exitCode(), diff.output());
            assertEquals(1, json(diff).get("same_decisions").asLong());
        }
    }

    @Test
    void shouldRefuseRunsThatHaveNoRecordInCommon() {
        final String strategy = ClockStrategy.class.getName();
        final ProgramRun diff = diff(
                replay("market", "--strategy", strategy, "--records", "1-100"),
                replay("market", "--strategy", strategy, "--records", "2000-2500"));
        assertEquals(Program.WRONG_USAGE, diff.exitCode(), diff.output());
        assertTrue(diff.errors().contains("have no record in common"), diff.errors());
    }

    @Test
    void shouldNotCompareWhatOneRunDecidedBeforeTheOtherBegan() throws Exception {
        final String strategy = ClockStrategy.class.getName();
        final ProgramRun diff = diff(
                replay("market", "--strategy", strategy),
                replay("market", "--strategy", strategy, "--records", "2000-"));
        assertTrue(diff.output().contains("they began at different records"), diff.output());
        final String parted = diff.output()
                .lines()
                .filter(line -> line.startsWith("the decisions part at record "))
                .findFirst()
                .orElseThrow();
        assertTrue(Long.parseLong(parted.replaceAll("\\D", "")) >= 2000, parted);
    }
}
