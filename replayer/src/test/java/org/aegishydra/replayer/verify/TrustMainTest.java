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
import org.aegishydra.replayer.ProgramRun;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** {@code aegis trust} with disturbances of known cause, in JVMs of their own. */
class TrustMainTest {
    private static final int INJECTIONS = 10;

    @TempDir
    Path directory;

    @BeforeEach
    void record() {
        try (FeedWriter feed =
                new FeedWriter(Journal.create(directory.resolve("market"), JournalFormat.MARKET)).connect()) {
            new SwingingMarket(feed, "BTC-USD", 1).snapshot().run(1_000);
        }
    }

    private ProgramRun trust(String... options) {
        final List<String> arguments = new ArrayList<>(
                List.of("--journal", directory.resolve("market").toString(), "--set", "hold-ms=50", "--fee-bps", "0"));
        arguments.addAll(List.of(options));
        return ProgramRun.of(new TrustMain(), arguments.toArray(String[]::new));
    }

    @Test
    @EnabledOnOs(OS.LINUX)
    void shouldStateTheCausesOfWhatItDisturbsItself() throws Exception {
        final ProgramRun run = trust(
                "--causes",
                "--injections",
                Integer.toString(INJECTIONS),
                "--spike-threshold-ms",
                "0.1",
                "--out",
                directory.resolve("trust").toString(),
                "--json");
        assertEquals(Program.DONE, run.exitCode(), run.errors());
        final JsonNode causes = new ObjectMapper().readTree(run.output()).get("causes");
        assertEquals(5, causes.size());
        for (final JsonNode cause : causes) {
            final JsonNode stated = cause.get("stated");
            switch (cause.get("injection").textValue()) {
                case "collection" -> {
                    assertEquals(INJECTIONS, cause.get("spikes").intValue(), "a collection takes longer than a spike");
                    // The machine may have stalled the thread for longer now and then, but not in most of them.
                    assertTrue(stated.path("safepoint").intValue() > INJECTIONS / 2, cause.toString());
                }
                case "page-faults" -> {
                    assertEquals(INJECTIONS, cause.get("spikes").intValue(), "8,192 faults take longer than a spike");
                    assertEquals(0, stated.path("unexplained").intValue(), cause.toString());
                    assertEquals(0, stated.path("housekeeping").intValue(), cause.toString());
                }
                case "synchronous-write" -> {
                    assertEquals(INJECTIONS, cause.get("spikes").intValue());
                    assertTrue(stated.path("unexplained").intValue() <= INJECTIONS / 2, cause.toString());
                }
                case "stall" -> {
                    assertEquals(INJECTIONS, cause.get("spikes").intValue());
                    // A machine that has other work takes the CPU away meanwhile; a fault or two explain nothing.
                    assertEquals(0, stated.path("housekeeping").intValue(), cause.toString());
                    assertEquals(0, stated.path("page faults").intValue(), cause.toString());
                }
                default -> {
                    assertEquals("busy-process", cause.get("injection").textValue());
                    assertEquals(0, stated.path("housekeeping").intValue(), cause.toString());
                }
            }
        }
    }

    @Test
    void shouldJudgeOneVariantAgainstItselfManyTimes() throws Exception {
        final ProgramRun run = trust("--equal", "12", "--rounds", "6", "--records", "1-100", "--json");
        assertEquals(Program.DONE, run.exitCode(), run.errors());
        final JsonNode equal = new ObjectMapper().readTree(run.output()).get("equal");
        assertEquals(12, equal.get("trials").intValue());
        assertEquals(10_000, equal.get("verifications").intValue());
        final double wrong = equal.get("wrong").intValue() / 10_000.0;
        final double bound = equal.get("upper_bound").doubleValue();
        assertTrue(wrong < bound && bound < wrong + 0.01, equal.toString());
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "--json | nothing is asked for: give --equal, --stalls or --causes",
                "--equal=19 | --equal 19: must be from 20, two groups of --rounds, to 10000",
                "--rounds=5 --causes | --rounds 5: must be from 6 to 40",
                "--every=0 --stalls | --every 0: must be 1 or more",
                "--injections=0 --causes | --injections 0: must be 1 or more"
            })
    void shouldNameAnOptionThatCannotBeUsed(String options, String message) {
        final ProgramRun run = trust(options.split(" ", -1));
        assertEquals(Program.WRONG_USAGE, run.exitCode());
        assertEquals("aegis trust: " + message, run.errors().strip());
    }
}
