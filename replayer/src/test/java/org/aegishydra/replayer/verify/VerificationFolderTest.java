package org.aegishydra.replayer.verify;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.aegishydra.core.command.UsageException;
import org.aegishydra.replayer.fixes.FixPeriods;
import org.aegishydra.replayer.trial.Trial;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What a verification may take for its own trials. */
class VerificationFolderTest {
    private static final Question.Contender AEGIS = new Question.Contender("aegis", "aegis", "x", "", null);
    private static final Question QUESTION =
            Question.of(List.of(AEGIS), "journal", 1, 1_000, ScheduleTest.SETTINGS, FixPeriods.DEFAULT);
    private static final List<Trial> TRIALS = MadeUpTrials.of("aegis", "0", 1_000, 2_000, 0);

    @TempDir
    Path directory;

    private VerificationFolder folder;

    @BeforeEach
    void open() {
        folder = VerificationFolder.open(directory.resolve("out"), QUESTION);
    }

    @AfterEach
    void close() {
        folder.close();
    }

    private void assertRefused(String part, Schedule schedule) {
        final String message =
                assertThrows(UsageException.class, () -> folder.keep(schedule)).getMessage();
        assertTrue(message.contains(part), message);
    }

    @Test
    void shouldTakeMoreOrFewerRoundsButNoOtherPaceOrLength() {
        folder.keep(new Schedule("max", 1_000, 10, 0));
        folder.keep(AEGIS, TRIALS.get(0));
        folder.keep(new Schedule("max", 1_000, 12, 3));
        folder.keep(new Schedule("max", 1_000, 6, 0));
        assertEquals(6, folder.schedule().rounds());
        assertRefused(
                "its trials were played at pace max up to record 1,000, not at pace 50x up to record 1,000",
                new Schedule("50x", 1_000, 6, 0));
        assertRefused("not at pace max up to record 999 as asked for", new Schedule("max", 999, 6, 0));
        assertEquals("max", folder.schedule().pace());
    }

    @Test
    void shouldNotTakeTrialsWhosePaceIsNotKnown() throws Exception {
        folder.keep(new Schedule("max", 1_000, 10, 0));
        folder.keep(AEGIS, TRIALS.get(0));
        Files.delete(folder.directory().resolve("schedule.json"));
        assertRefused("in a way that is not known", new Schedule("max", 1_000, 10, 0));
    }

    private static Baseline baseline(int firstTrial) {
        return Baseline.of(QUESTION, new Schedule("max", 1_000, 6, 0), TRIALS.subList(firstTrial, firstTrial + 6));
    }

    @Test
    void shouldGoOnWithTheCheckThatBeganItAndWithNoOther() {
        folder.check(baseline(0));
        folder.keep(AEGIS, TRIALS.get(0));
        folder.check(baseline(0));
        assertThrows(UsageException.class, () -> folder.check(baseline(1)));
    }

    @Test
    void shouldNotCheckABaselineWithTrialsThatItMayBeMadeOf() {
        folder.keep(AEGIS, TRIALS.get(0));
        final String message = assertThrows(UsageException.class, () -> folder.check(baseline(0)))
                .getMessage();
        assertTrue(message.endsWith("which may be made of them: name a new folder"), message);
    }
}
