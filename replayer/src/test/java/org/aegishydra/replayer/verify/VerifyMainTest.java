package org.aegishydra.replayer.verify;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.HdrHistogram.Histogram;
import org.HdrHistogram.HistogramLogReader;
import org.aegishydra.core.command.Program;
import org.aegishydra.core.journal.Journal;
import org.aegishydra.core.journal.JournalFormat;
import org.aegishydra.core.run.FeedWriter;
import org.aegishydra.core.run.SwingingMarket;
import org.aegishydra.replayer.ChildJvm;
import org.aegishydra.replayer.ProgramRun;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** {@code aegis verify} with trials in JVMs of their own. */
class VerifyMainTest {
    @TempDir
    Path directory;

    private void record(int messages) {
        try (FeedWriter feed =
                new FeedWriter(Journal.create(directory.resolve("market"), JournalFormat.MARKET)).connect()) {
            new SwingingMarket(feed, "BTC-USD", 1).snapshot().run(messages);
        }
    }

    private String[] arguments(String... options) {
        final List<String> arguments =
                new ArrayList<>(List.of("--journal", directory.resolve("market").toString(), "--set", "hold-ms=50"));
        arguments.addAll(List.of(options));
        return arguments.toArray(String[]::new);
    }

    private ProgramRun verify(String... options) {
        return ProgramRun.of(new VerifyMain(), arguments(options));
    }

    @Test
    void shouldFindThatAllFormsDecideTheSameAndKeepWhatItFound() throws Exception {
        record(1500);
        final String out = directory.resolve("out").toString();
        final String[] options = {
            "--before",
            "legacy",
            "--after",
            "seed,aegis",
            "--rounds",
            "3",
            "--pace",
            "max",
            "--fee-bps",
            "0",
            "--json",
            "--out",
            out
        };
        final ProgramRun run = verify(options);
        assertEquals(0, run.exitCode(), run.errors());
        final JsonNode found = new ObjectMapper().readTree(run.output());
        assertEquals(
                found,
                new ObjectMapper()
                        .readTree(directory.resolve("out/verification.json").toFile()));
        assertTrue(found.get("equal").booleanValue());
        assertEquals(3, found.get("rounds").intValue());
        final List<String> variants = new ArrayList<>();
        for (final JsonNode variant : found.get("variants")) {
            variants.add(variant.get("name").textValue());
            assertTrue(variant.get("equal").booleanValue());
            assertEquals(found.at("/variants/0/digest"), variant.get("digest"));
            assertTrue(variant.get("decisions").intValue() > 50);
            assertTrue(variant.at("/metrics/p50/median").doubleValue() > 0);
            assertTrue(variant.at("/timeline/max_ns").size() > 1_000);
        }
        assertEquals(List.of("legacy", "seed", "aegis"), variants);
        assertEquals(8, found.get("comparisons").size());
        assertTrue(run.errors().contains("trial 9 of 9"), run.errors());
        for (final String name : variants) {
            final HistogramLogReader log = new HistogramLogReader(
                    directory.resolve("out/" + name + ".hlog").toFile());
            final Histogram service = (Histogram) log.nextIntervalHistogram();
            assertEquals("service", service.getTag());
            assertEquals(3L * found.at("/variants/0/steps").intValue(), service.getTotalCount());
        }
        final ProgramRun again = verify(options);
        assertEquals(0, again.exitCode(), again.errors());
        assertFalse(again.errors().contains("trial 1 of"), "all trials are there already");
        assertEquals(
                found.get("comparisons"),
                new ObjectMapper().readTree(again.output()).get("comparisons"));
        final ProgramRun other = verify("--after", "seed", "--out", out);
        assertEquals(Program.WRONG_USAGE, other.exitCode());
        assertTrue(other.errors().contains("holds a verification of something else"), other.errors());
    }

    @Test
    void shouldTakeAPaceThatLeavesTheSlowestVariantIdleMostOfTheTime() throws Exception {
        record(2000);
        final ProgramRun run =
                verify("--before", "aegis", "--after", "legacy", "--rounds", "1", "--fee-bps", "0", "--json");
        assertEquals(0, run.exitCode(), run.errors());
        final JsonNode found = new ObjectMapper().readTree(run.output());
        assertTrue(
                found.get("pace").textValue().endsWith("x"), found.get("pace").textValue());
        assertEquals(
                "from when a message was due to the end of its step",
                found.get("measures").textValue());
        assertTrue(found.get("busy_share").doubleValue() > 0);
        assertTrue(run.errors().contains("a pilot of each variant"), run.errors());
        assertTrue(run.errors().contains("fewer than 6 rounds exclude chance for nothing"), run.errors());
    }

    @Test
    void shouldSaveABaselineAndHoldTheSameBuildAgainstIt() {
        record(1500);
        final String baselines = directory.resolve("baselines").toString();
        final String[] save = {
            "--baseline", "save", "main", "--baselines", baselines, "--rounds", "3", "--pace", "max", "--fee-bps", "0"
        };
        assertEquals(0, verify(save).exitCode());
        final ProgramRun taken = verify(save);
        assertEquals(Program.WRONG_USAGE, taken.exitCode());
        assertTrue(taken.errors().contains("exists; remove it, or take another name"), taken.errors());
        // So tolerant that no machine is noisy enough.
        final ProgramRun check = verify(
                "--baseline", "check", "main", "--baselines", baselines, "--fee-bps", "0", "--tolerance", "1000");
        assertEquals(0, check.exitCode(), check.errors());
        assertTrue(check.output().contains("passed"), check.output());
        final ProgramRun otherDecisions =
                verify("--baseline", "check", "main", "--baselines", baselines, "--fee-bps", "1");
        assertEquals(Program.WRONG_USAGE, otherDecisions.exitCode());
        assertTrue(otherDecisions.errors().contains("other settings or another range"), otherDecisions.errors());
        final ProgramRun unknown = verify("--baseline", "check", "other", "--baselines", baselines);
        assertEquals(Program.WRONG_USAGE, unknown.exitCode());
        assertTrue(unknown.errors().contains("make it by --baseline save other"), unknown.errors());
    }

    @Test
    void shouldFailOnADigestOverNothingSinceItProvesNothing() {
        record(30);
        final ProgramRun run =
                verify("--before", "legacy", "--after", "aegis", "--rounds", "1", "--pace", "max", "--fee-bps", "1000");
        assertEquals(1, run.exitCode(), run.errors());
        assertTrue(run.errors().contains("nothing was decided in this range"), run.errors());
    }

    @Test
    void shouldFailIfThereIsNothingToCompare() {
        record(30);
        final ProgramRun run =
                verify("--before", "legacy", "--after", "aegis", "--rounds", "1", "--pace", "max", "--records", "1-1");
        assertEquals(Program.FAILED, run.exitCode(), run.errors());
        assertTrue(run.errors().contains("no step in this range"), run.errors());
        assertEquals("", run.output());
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "--rounds=0 | --rounds 0: must be from 1 to 40",
                "--rounds=41 | --rounds 41: must be from 1 to 40",
                "--before=slow | variant slow: must be legacy, seed, aegis, legacy+N or aegis-N with a fix's number",
                "--after=legacy | --before and --after name a variant twice: each can be compared once",
                "--period=dumps=3 | --period dumps=3: must be one of log-lines, seed-log-lines, dump-steps, seed-dump-steps, "
                        + "collect-steps, status-steps, seed-status-steps, cleanup-updates",
                "--period=dump-steps=0 | --period dump-steps=0: must be 1 or more",
                "--after-classpath=/nowhere/lib | class path /nowhere/lib: there is no /nowhere/lib; `aegis classpath replayer` "
                        + "prints the class path of a build",
                "--budget=soon | --budget soon: must be a number with ms, s, m or h, for example 5s",
                "--pace=fast | --pace fast: must be max or a multiple of the recorded speed, for example 1x or 50x",
                "--strategy=none | --strategy none: there are ising, order-flow, or name a class on the class path",
                "--steps=none | --steps: a verification records all of them; leave it out",
                "--records=9-8 | --records 9-8: must be FIRST-LAST or FIRST-, for example 1-50000"
            })
    void shouldNameAnOptionThatCannotBeUsedBeforeTheFirstTrial(String option, String message) {
        record(30);
        final ProgramRun run = verify(option);
        assertEquals(Program.WRONG_USAGE, run.exitCode());
        assertEquals("aegis verify: " + message, run.errors().strip());
    }

    @Test
    void shouldGiveAVerdictOnTheWholeRoundsWhenASignalEndsIt() throws Exception {
        record(300);
        try (ChildJvm verify = ChildJvm.start(
                directory,
                VerifyMain.class,
                arguments(
                        "--before",
                        "aegis",
                        "--after",
                        "legacy",
                        "--rounds",
                        "40",
                        "--pace",
                        "max",
                        "--fee-bps",
                        "0"))) {
            verify.await("the first round", () -> verify.errors().contains("trial 2 of 80"));
            verify.await("a further trial", () -> !verify.children().isEmpty());
            final List<ProcessHandle> trials = verify.children();
            // As Ctrl-C does it: the trial gets the signal, too.
            verify.terminate();
            trials.forEach(ProcessHandle::destroy);
            assertEquals(0, verify.exitCode(), verify.errors());
            assertTrue(verify.output().contains("equal: every variant took the same decisions"), verify.output());
            for (final ProcessHandle trial : trials) {
                assertTrue(trial.onExit().orTimeout(20, TimeUnit.SECONDS).join() != null);
            }
        }
    }

    @Test
    void shouldLetNobodyElseIntoItsFolderAndGoOnThereAfterAKill() throws Exception {
        record(300);
        final Path out = directory.resolve("out");
        final List<String> options = List.of(
                "--before", "aegis", "--after", "seed", "--pace", "max", "--fee-bps", "0", "--out", out.toString());
        final List<ProcessHandle> trials;
        try (ChildJvm verify = ChildJvm.start(directory, VerifyMain.class, with(options, "--rounds", "40"))) {
            verify.await("the first round", () -> verify.errors().contains("trial 2 of 80"));
            final ProgramRun other = ProgramRun.of(new VerifyMain(), with(options, "--rounds", "40"));
            assertEquals(Program.WRONG_USAGE, other.exitCode(), other.errors());
            assertTrue(other.errors().contains("another verification is at work there"), other.errors());
            verify.await("a further trial", () -> Files.exists(out.resolve("trial")));
            trials = verify.children();
        }
        for (final ProcessHandle trial : trials) {
            // It ends because its parent is gone.
            trial.onExit().orTimeout(20, TimeUnit.SECONDS).join();
        }
        final ProgramRun goesOn = ProgramRun.of(new VerifyMain(), with(options, "--rounds", "2"));
        assertEquals(Program.DONE, goesOn.exitCode(), goesOn.errors());
        assertFalse(goesOn.errors().contains("trial 1 of 4"), "the first round was there: " + goesOn.errors());
        assertFalse(Files.exists(out.resolve("trial")));
    }

    private String[] with(List<String> options, String... more) {
        final List<String> all = new ArrayList<>(options);
        all.addAll(List.of(more));
        return arguments(all.toArray(String[]::new));
    }
}
