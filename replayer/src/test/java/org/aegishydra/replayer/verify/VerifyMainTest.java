package org.aegishydra.replayer.verify;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.regex.Pattern;
import org.HdrHistogram.Histogram;
import org.HdrHistogram.HistogramLogReader;
import org.aegishydra.core.command.Program;
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

    private RecordedMarket market;

    private void record(int messages) {
        market = RecordedMarket.swinging(directory, messages);
    }

    private String[] arguments(String... options) {
        return market.arguments(List.of(options));
    }

    private ProgramRun verify(String... options) {
        return market.verify(options);
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
            assertLog(directory.resolve("out").resolve(name + ".hlog"), found);
        }
        final ProgramRun again = verify(options);
        assertEquals(0, again.exitCode(), again.errors());
        assertFalse(again.errors().contains("trial 1 of"), "all trials are there already");
        assertEquals(
                found.get("comparisons"),
                new ObjectMapper().readTree(again.output()).get("comparisons"));
        final ProgramRun otherPace =
                verify("--after", "seed,aegis", "--pace", "50x", "--fee-bps", "0", "--out", out, "--rounds", "4");
        assertEquals(Program.WRONG_USAGE, otherPace.exitCode());
        assertTrue(
                otherPace
                        .errors()
                        .contains("played at pace max up to record 1,503, not at pace 50x up to record 1,503"),
                otherPace.errors());
        final ProgramRun other = verify("--after", "seed", "--out", out);
        assertEquals(Program.WRONG_USAGE, other.exitCode());
        assertTrue(other.errors().contains("holds a verification of something else"), other.errors());
    }

    private static void assertLog(Path file, JsonNode found) throws IOException {
        final Histogram service = (Histogram) new HistogramLogReader(file.toFile()).nextIntervalHistogram();
        assertEquals("service", service.getTag());
        assertEquals(
                Instant.parse(found.get("started").textValue()), Instant.ofEpochMilli(service.getStartTimeStamp()));
        assertEquals(
                found.get("seconds").doubleValue(),
                (service.getEndTimeStamp() - service.getStartTimeStamp()) / 1e3,
                0.002);
        assertEquals(3L * found.at("/variants/0/steps").intValue(), service.getTotalCount());
    }

    @Test
    void shouldPaceItsTrialsByPilotsUnlessItIsToldAPace() throws Exception {
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
        assertTrue(found.get("busy_share").isNumber(), "it was due at times");
        assertTrue(run.errors().contains("a pilot of each variant"), run.errors());
        assertTrue(run.errors().contains("fewer than 6 rounds make no claims"), run.errors());
    }

    @Test
    void shouldSwitchEachFixFromBothEnds() throws Exception {
        record(100);
        final ProgramRun run = verify("--ablate", "--rounds", "1", "--pace", "max", "--fee-bps", "0", "--json");
        assertEquals(0, run.exitCode(), run.errors());
        final JsonNode found = new ObjectMapper().readTree(run.output());
        final List<String> names = new ArrayList<>();
        for (final JsonNode variant : found.get("variants")) {
            names.add(variant.get("name").textValue());
            assertTrue(variant.get("equal").booleanValue(), variant.get("name").textValue());
            assertTrue(variant.get("decisions").intValue() > 0);
        }
        assertEquals(List.of("legacy", "seed", "aegis", "legacy+1", "aegis-1"), names.subList(0, 5));
        assertEquals(18, names.size());
        assertTrue(names.contains("legacy+5") && !names.contains("aegis-5"), "there is nothing to switch: " + names);
        assertEquals("before", found.at("/variants/4/forms/1").textValue());
        assertEquals("aegis", found.at("/variants/4/forms/2").textValue());
        assertEquals(8, found.get("ablation").size());
    }

    @Test
    void shouldNameTheDecisionAtWhichAVariantPartsFromTheFirst() throws Exception {
        market = RecordedMarket.withASpacedMessage(directory, 300);
        final Path out = directory.resolve("out");
        final String[] options = {
            "--before",
            "legacy",
            "--after",
            "seed",
            "--rounds",
            "2",
            "--pace",
            "max",
            "--fee-bps",
            "0",
            "--out",
            out.toString()
        };
        final ProgramRun run = verify(options);
        assertEquals(Program.FAILED, run.exitCode(), run.errors());
        final String legacy = digest(out.resolve("trials/0001-legacy.json"));
        final String seed = digest(out.resolve("trials/0001-seed.json"));
        assertTrue(
                Pattern.compile("^seed decides something else, .*: at record \\d+: .* \\| .*$", Pattern.MULTILINE)
                        .matcher(run.output())
                        .find(),
                run.output());
        assertTrue(run.output().contains("DIFFERENT: "), run.output());

        // As if the reference had decided in its second round what seed does.
        final Path runs = out.resolve("runs");
        Files.move(runs.resolve("seed").resolve(seed), runs.resolve("legacy").resolve(seed));
        final Path second = out.resolve("trials/0002-legacy.json");
        Files.writeString(second, Files.readString(second).replace(legacy, seed));
        for (int round = 1; round <= 2; round++) {
            final Path same = out.resolve("trials/000" + round + "-seed.json");
            Files.writeString(same, Files.readString(same).replace(seed, legacy));
        }
        final ProgramRun again = verify(options);
        assertEquals(Program.FAILED, again.exitCode(), again.errors());
        assertFalse(again.errors().contains("trial "), "all are there: " + again.errors());
        assertTrue(
                Pattern.compile(
                                "^legacy decides .*: its round 2 differs from its round 1, at record \\d+: .* \\| .*$",
                                Pattern.MULTILINE)
                        .matcher(again.output())
                        .find(),
                again.output());
    }

    private static String digest(Path trial) throws IOException {
        return new ObjectMapper().readTree(trial.toFile()).get("digest").textValue();
    }

    @Test
    void shouldRefuseABudgetThatAFewPilotsShowToBeTooSmall() {
        record(300);
        final ProgramRun run = verify("--ablate", "--budget", "2s", "--fee-bps", "0");
        assertEquals(Program.WRONG_USAGE, run.exitCode(), run.errors());
        assertTrue(
                Pattern.compile(
                                "the budget leaves \\d+ s for the rounds, and 6 rounds of the first \\d+ of 18 variants need ")
                        .matcher(run.errors())
                        .find(),
                run.errors());
    }

    @Test
    void shouldSayPlainlyThatATrialFailed() throws Exception {
        record(30);
        final Path entry = directory.resolve("broken/org/aegishydra/replayer/trial/TrialMain.class");
        Files.createDirectories(entry.getParent());
        Files.writeString(entry, "no class");
        final ProgramRun run =
                verify("--before-classpath", directory.resolve("broken").toString(), "--rounds", "1", "--pace", "max");
        assertEquals(Program.FAILED, run.exitCode(), run.errors());
        assertTrue(run.errors().endsWith("\naegis verify: the trial of before failed: see above\n"), run.errors());
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
                "--after-classpath=/nowhere/lib | --after-classpath /nowhere/lib: there is no /nowhere/lib; `aegis classpath "
                        + "replayer` prints the class path of a build",
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
    void shouldSayThatThereIsNoVerdictWhenASignalEndsItsPilots() throws Exception {
        record(300);
        try (ChildJvm verify = ChildJvm.start(directory, VerifyMain.class, arguments("--quick", "--fee-bps", "0"))) {
            verify.await("a pilot", () -> verify.errors().contains("a pilot of each variant"));
            verify.terminate();
            assertEquals(Program.FAILED, verify.exitCode(), verify.errors());
            assertTrue(
                    verify.errors().endsWith("stopped before the first round was whole: no verdict\n"),
                    verify.errors());
            assertEquals("", verify.output());
        }
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
