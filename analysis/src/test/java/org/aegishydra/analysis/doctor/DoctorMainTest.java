package org.aegishydra.analysis.doctor;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import org.aegishydra.analysis.ProgramRun;
import org.aegishydra.core.board.RecorderFigure;
import org.aegishydra.core.board.StatusBoard;
import org.aegishydra.core.journal.DiskGuard;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class DoctorMainTest {
    @TempDir
    Path directory;

    private static JsonNode check(JsonNode report, String name) {
        for (final JsonNode check : report.get("checks")) {
            if (check.get("name").asText().equals(name)) {
                return check;
            }
        }
        throw new AssertionError("no " + name + " in " + report);
    }

    @Test
    void shouldExamineThisHost() {
        final ProgramRun run = ProgramRun.of(new DoctorMain(), "--json");

        final JsonNode report = run.json();
        assertEquals(report.get("fit").asBoolean() ? 0 : 1, run.exitCode(), run.err());
        assertEquals("ok", check(report, "java").get("state").asText());
        assertEquals("ok", check(report, "jvm_flags").get("state").asText());
        assertFalse(report.toString().contains("journal_space"), "no journal was named");
    }

    @Test
    void shouldReadTheKernelsOwnSettingsWhole() {
        final Host host = new Host(Path.of("/"), DoctorMain::answer);
        for (final String setting : List.of("/proc/sys/vm/max_map_count", "/proc/sys/vm/swappiness", "/proc/mounts")) {
            assertEquals(host.ask("cat", setting), host.text(setting));
        }
    }

    @Test
    void shouldHoldTheDiskAgainstTheReserveOfTheRecorder() {
        try (StatusBoard board = StatusBoard.create(directory)) {
            board.recorder().set(RecorderFigure.DISK_RESERVE_BYTES, Long.MAX_VALUE);
            board.publish();
        }

        final ProgramRun run = ProgramRun.of(new DoctorMain(), "--journal", directory.toString());

        assertEquals(1, run.exitCode(), run.out());
        assertTrue(run.out().contains("BAD") && run.out().contains("a recorder would stop"), run.out());
        assertEquals(DiskGuard.of(directory, null).reserveBytes(), DoctorMain.reserveBytes(directory.resolve("other")));
    }

    @Test
    void shouldTakeThePlaceOfAJournalThatIsNotThereYet() throws IOException {
        assertEquals(directory.toRealPath(), DoctorMain.existing(directory.resolve("a/b")));
    }

    @Test
    void shouldRefuseAJournalBelowAFile() throws IOException {
        Files.writeString(directory.resolve("file"), "");

        final ProgramRun run = ProgramRun.of(
                new DoctorMain(), "--journal", directory.resolve("file/btc").toString());

        assertEquals(2, run.exitCode(), run.err());
        assertTrue(run.err().contains("is no directory"), run.err());
    }

    @Test
    void shouldTakeAProgramThatFailsOrIsNotThereForNoAnswer() {
        assertEquals(Optional.of("yes\n"), DoctorMain.answer(List.of("echo", "yes")));
        assertEquals(Optional.empty(), DoctorMain.answer(List.of("false")));
        assertEquals(Optional.empty(), DoctorMain.answer(List.of("/no/such/program")));
    }
}
