package org.aegishydra.replayer.verify;

import static org.junit.jupiter.api.Assertions.assertDoesNotThrow;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;
import org.aegishydra.core.command.Program;
import org.aegishydra.core.command.UsageException;
import org.aegishydra.replayer.ProgramRun;
import org.aegishydra.replayer.fixes.FixPeriods;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** A build that is held against its own past, or against one that was made up. */
class BaselineTest {
    private static final ObjectMapper JSON = new ObjectMapper();
    private static final int ROUNDS = Schedule.LEAST_ROUNDS;

    @TempDir
    Path directory;

    private RecordedMarket market;

    private ProgramRun verify(String action, String name, String... options) {
        final List<String> all = new ArrayList<>(List.of(
                "--baseline",
                action,
                name,
                "--baselines",
                directory.resolve("baselines").toString()));
        all.addAll(List.of(options));
        return market.verify(all.toArray(String[]::new));
    }

    private ProgramRun check(Path out, String... options) {
        final List<String> all = new ArrayList<>(List.of("--fee-bps", "0", "--out", out.toString()));
        all.addAll(List.of(options));
        return verify("check", "main", all.toArray(String[]::new));
    }

    private static void edit(Path file, Consumer<ObjectNode> change) {
        try {
            final ObjectNode content = (ObjectNode) JSON.readTree(file.toFile());
            change.accept(content);
            JSON.writeValue(file.toFile(), content);
        } catch (final IOException e) {
            throw new AssertionError(e);
        }
    }

    @Test
    void shouldPassTheSameBuildAndFailOneThatIsWorseOrDecidesOtherwise() throws Exception {
        market = RecordedMarket.swinging(directory, 500);
        final Path first = directory.resolve("first");
        final String[] save = {
            "--rounds", Integer.toString(ROUNDS), "--pace", "max", "--fee-bps", "0", "--out", first.toString()
        };
        final ProgramRun saved = verify("save", "main", save);
        assertEquals(Program.DONE, saved.exitCode(), saved.errors());
        final ProgramRun taken = verify("save", "main", save);
        assertEquals(Program.WRONG_USAGE, taken.exitCode());
        assertTrue(taken.errors().contains("exists; remove it, or take another name"), taken.errors());

        final ProgramRun ofItself = check(first);
        assertEquals(Program.WRONG_USAGE, ofItself.exitCode(), ofItself.output());
        assertTrue(
                ofItself.errors().contains("trials that were not begun by a check of this baseline"),
                ofItself.errors());

        final Path out = directory.resolve("out");
        // So tolerant that no machine is noisy enough.
        final ProgramRun same = check(out, "--tolerance", "1000");
        assertEquals(Program.DONE, same.exitCode(), same.errors());
        assertTrue(same.output().endsWith("passed\n"), same.output());
        assertTrue(same.output().contains("four of five such checks find an increase of "), same.output());
        final JsonNode again =
                JSON.readTree(check(out, "--tolerance", "1000", "--json").output());
        assertTrue(again.get("passed").booleanValue());
        assertTrue(again.at("/changes/0/smallest_increase").doubleValue() >= 10, again.toString());

        final ProgramRun otherDecisions =
                checkEdited(out, content -> content.put("digest", "0"), "--tolerance", "1000");
        assertEquals(Program.FAILED, otherDecisions.exitCode(), otherDecisions.errors());
        assertTrue(
                otherDecisions.output().endsWith("the decisions differ from the baseline's\nFAILED\n"),
                otherDecisions.output());
        assertFalse(otherDecisions.output().contains("WORSE"), otherDecisions.output());

        final String digest = saved("first").get("digest").textValue();
        final ProgramRun worse = checkEdited(out, content -> {
            content.put("digest", digest);
            divide((ArrayNode) content.get("mean_ns"));
            divide((ArrayNode) content.get("p99_ns"));
        });
        assertEquals(Program.FAILED, worse.exitCode(), worse.errors());
        assertFalse(worse.errors().contains("trial 1 of"), "the trials are there already: " + worse.errors());
        assertEquals(
                2,
                worse.output().lines().filter(line -> line.contains(", WORSE;")).count(),
                worse.output());
        assertFalse(worse.output().contains("the decisions differ"), worse.output());
    }

    /** Checks trials that are there already against what a baseline is changed to. */
    private ProgramRun checkEdited(Path out, Consumer<ObjectNode> change, String... options) throws IOException {
        final Path baseline = directory.resolve("baselines/main.json");
        edit(baseline, change);
        assertEquals(Program.WRONG_USAGE, check(out, options).exitCode(), "it was begun by the check of another one");
        Files.copy(baseline, out.resolve("baseline.json"), StandardCopyOption.REPLACE_EXISTING);
        return check(out, options);
    }

    private JsonNode saved(String folder) throws IOException {
        return JSON.readTree(
                directory.resolve(folder).resolve("trials/0001-aegis.json").toFile());
    }

    private static void divide(ArrayNode figures) {
        for (int i = 0; i < figures.size(); i++) {
            figures.set(i, JSON.getNodeFactory().numberNode(figures.get(i).doubleValue() / 1e6));
        }
    }

    @Test
    void shouldNameWhatABaselineIsOf() {
        market = RecordedMarket.swinging(directory, 30);
        baseline().save(directory.resolve("baselines"), "main");
        final ProgramRun otherSettings = verify("check", "main", "--fee-bps", "1");
        assertEquals(Program.WRONG_USAGE, otherSettings.exitCode());
        assertTrue(otherSettings.errors().contains("other settings or another range"), otherSettings.errors());
        final ProgramRun otherForms = verify("check", "main", "--fee-bps", "0", "--after", "legacy");
        assertEquals(Program.WRONG_USAGE, otherForms.exitCode());
        assertTrue(otherForms.errors().contains("is of --after aegis, not of legacy"), otherForms.errors());
        final ProgramRun unknown = verify("check", "other");
        assertEquals(Program.WRONG_USAGE, unknown.exitCode());
        assertTrue(unknown.errors().contains("make it by --baseline save other"), unknown.errors());
    }

    @Test
    void shouldFailWhereNothingWasDecidedSinceThatProvesNothing() throws Exception {
        market = RecordedMarket.swinging(directory, 30);
        final Path out = directory.resolve("out");
        final String[] options = {"--fee-bps", "1000", "--out", out.toString()};
        final List<String> save = new ArrayList<>(List.of(options));
        save.addAll(List.of("--rounds", Integer.toString(ROUNDS), "--pace", "max"));
        final ProgramRun saved = verify("save", "main", save.toArray(String[]::new));
        assertEquals(Program.FAILED, saved.exitCode(), saved.errors());
        assertTrue(saved.errors().contains("nothing was decided in this range"), saved.errors());
        final Path baseline = directory.resolve("baselines/main.json");
        assertFalse(Files.exists(baseline));

        // One that an earlier version may have saved.
        final Schedule schedule = JSON.readValue(out.resolve("schedule.json").toFile(), Schedule.class);
        final Question question = JSON.readValue(out.resolve("question.json").toFile(), Question.class);
        Baseline.of(
                        question,
                        schedule,
                        MadeUpTrials.of("aegis", "0", 1_000, 2_000, 0).subList(0, ROUNDS))
                .save(baseline.getParent(), "main");
        Files.copy(baseline, out.resolve("baseline.json"));
        final ProgramRun checked = verify("check", "main", options);
        assertEquals(Program.FAILED, checked.exitCode(), checked.errors());
        assertTrue(checked.errors().contains("nothing was decided in this range"), checked.errors());
        assertEquals("", checked.output());
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "check | --pace=max | --pace max: --baseline check plays its trials as those of the baseline were played, as many "
                        + "and at their pace; leave it out",
                "check | --pace=auto | --pace auto: --baseline check plays",
                "check | --rounds=10 | --rounds 10: --baseline check plays",
                "check | --budget=10m | --budget 10m: --baseline check plays",
                "check | --quick | --quick: --baseline check plays",
                "save | --rounds=5 | --baseline save: 5 rounds tell no change from chance; give 6 at least by --rounds",
                "keep | --rounds=6 | --baseline keep: must be save or check, and a name",
                "save | --tolerance=-1 | --tolerance -1.0: must be from 0 to 1000 percent"
            })
    void shouldNameAnOptionThatDoesNothingToABaseline(String action, String option, String message) {
        market = RecordedMarket.swinging(directory, 30);
        final ProgramRun run = verify(action, "main", option);
        assertEquals(Program.WRONG_USAGE, run.exitCode());
        assertTrue(run.errors().startsWith("aegis verify: " + message), run.errors());
        assertFalse(run.errors().contains("trial 1"), run.errors());
    }

    private static Question question(String forms, FixPeriods periods) {
        return Question.of(
                List.of(new Question.Contender(forms, forms, "x", "", null)),
                "journal",
                1,
                1_000,
                ScheduleTest.SETTINGS,
                periods);
    }

    private static Baseline baseline() {
        return Baseline.of(
                question("aegis", FixPeriods.DEFAULT),
                new Schedule("max", 1_000, MadeUpTrials.ROUNDS, 0),
                MadeUpTrials.of("aegis", "0", 1_000, 2_000, 0));
    }

    @Test
    void shouldRefuseToBeComparedWithWhatIsPlayedOtherwise() throws IOException {
        final Baseline saved = baseline();
        assertDoesNotThrow(() -> saved.requireSame(question("aegis", FixPeriods.DEFAULT)));
        assertRefused("is of --after aegis, not of seed", saved, question("seed", FixPeriods.DEFAULT));
        assertRefused(
                "is of other periods", saved, question("aegis", FixPeriods.DEFAULT.with(Map.of("dump-steps", 7))));
        saved.save(directory, "main");
        edit(directory.resolve("main.json"), content -> ((ArrayNode) content.get("flags")).add("-XX:+UseZGC"));
        assertRefused(
                "is of other JVM flags (", Baseline.read(directory, "main"), question("aegis", FixPeriods.DEFAULT));
    }

    private static void assertRefused(String part, Baseline saved, Question question) {
        final String message = assertThrows(UsageException.class, () -> saved.requireSame(question))
                .getMessage();
        assertTrue(message.contains(part), message);
    }

    @Test
    void shouldRefuseFiguresThatNothingCanBeHeldAgainst() {
        baseline().save(directory, "few");
        edit(directory.resolve("few.json"), content -> {
            for (final String figures : List.of("mean_ns", "p99_ns")) {
                final ArrayNode all = (ArrayNode) content.get(figures);
                while (all.size() >= ROUNDS) {
                    all.remove(0);
                }
            }
        });
        baseline().save(directory, "zero");
        edit(
                directory.resolve("zero.json"),
                content -> ((ArrayNode) content.get("p99_ns"))
                        .set(0, JSON.getNodeFactory().numberNode(0)));
        for (final String name : List.of("few", "zero")) {
            final String message = assertThrows(UsageException.class, () -> Baseline.read(directory, name))
                    .getMessage();
            assertTrue(message.endsWith("does not hold the figures of 6 to 40 rounds: save it anew"), message);
        }
        baseline().save(directory, "old");
        edit(directory.resolve("old.json"), content -> content.remove("periods"));
        final String message = assertThrows(UsageException.class, () -> Baseline.read(directory, "old"))
                .getMessage();
        assertTrue(message.contains("cannot be read, save it anew"), message);
    }
}
