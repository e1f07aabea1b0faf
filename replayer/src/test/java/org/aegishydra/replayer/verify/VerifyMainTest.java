package org.aegishydra.replayer.verify;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
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
    void shouldFindThatAllFormsDecideTheSame() throws Exception {
        record(1500);
        final ProgramRun run =
                verify("--before", "legacy", "--after", "seed,aegis", "--rounds", "1", "--fee-bps", "0", "--json");
        assertEquals(0, run.exitCode(), run.errors());
        final JsonNode verdict = new ObjectMapper().readTree(run.output());
        assertTrue(verdict.get("equal").booleanValue());
        assertEquals(1, verdict.get("rounds").intValue());
        final List<String> variants = new ArrayList<>();
        for (final JsonNode variant : verdict.get("variants")) {
            variants.add(variant.get("variant").textValue());
            assertTrue(variant.get("equal").booleanValue());
            assertEquals(verdict.at("/variants/0/digest"), variant.get("digest"));
            assertTrue(variant.get("decisions").intValue() > 50);
            assertTrue(variant.at("/p50_ns/median").doubleValue() > 0);
            assertTrue(variant.at("/p99_ratio/highest").doubleValue() > 0);
        }
        assertEquals(List.of("legacy", "seed", "aegis"), variants);
        assertEquals(1.0, verdict.at("/variants/0/p50_ratio/median").doubleValue());
        assertTrue(run.errors().contains("trial 3 of 3"), run.errors());
    }

    @Test
    void shouldFailOnADigestOverNothingSinceItProvesNothing() {
        record(30);
        final ProgramRun run = verify("--before", "aegis", "--after", "aegis", "--rounds", "1", "--fee-bps", "1000");
        assertEquals(1, run.exitCode(), run.errors());
        assertTrue(run.errors().contains("nothing was decided in this range"), run.errors());
    }

    @Test
    void shouldFailIfThereIsNothingToCompare() {
        record(30);
        final ProgramRun run = verify("--before", "aegis", "--after", "aegis", "--rounds", "1", "--records", "1-1");
        assertEquals(Program.FAILED, run.exitCode(), run.errors());
        assertTrue(run.errors().contains("no step in this range"), run.errors());
        assertEquals("", run.output());
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "--rounds=0 | --rounds 0: must be from 1 to 1000",
                "--rounds=1001 | --rounds 1001: must be from 1 to 1000",
                "--before=slow | variant slow: must be legacy, seed, aegis, legacy+N or aegis-N with a fix's number",
                "--after=aegis,legacy+2 | variant legacy+2: this version knows the fixes 1 and 4",
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
                arguments("--before", "aegis", "--after", "legacy", "--rounds", "1000", "--fee-bps", "0"))) {
            verify.await("the first round", () -> verify.errors().contains("trial 2 of 2000"));
            verify.await("a further trial", () -> !verify.children().isEmpty());
            final List<ProcessHandle> trials = verify.children();
            // As Ctrl-C does it: the trial gets the signal, too.
            verify.terminate();
            trials.forEach(ProcessHandle::destroy);
            assertEquals(0, verify.exitCode(), verify.errors());
            assertTrue(verify.output().contains("equal: every variant took the same decisions"), verify.output());
            for (final ProcessHandle trial : trials) {
                assertTrue(trial.onExit()
                                .orTimeout(20, java.util.concurrent.TimeUnit.SECONDS)
                                .join()
                        != null);
            }
        }
    }
}
