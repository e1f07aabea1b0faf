package org.aegishydra.recorder.archive;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.io.RandomAccessFile;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.concurrent.TimeUnit;
import org.aegishydra.core.command.JvmFlags;
import org.aegishydra.core.command.Program;
import org.aegishydra.core.journal.Journal;
import org.aegishydra.core.journal.JournalAppender;
import org.aegishydra.core.journal.JournalDays;
import org.aegishydra.core.journal.JournalDays.Received;
import org.aegishydra.core.journal.JournalFormat;
import org.aegishydra.core.journal.RecordKind;
import org.aegishydra.core.journal.Segment;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ArchiveMainTest {
    private static final int KILLS = Integer.getInteger("aegis.archive.kills", 4);

    @TempDir
    Path directory;

    private Journal days(int days, int records, int largestBytes) {
        final Journal journal = Journal.create(directory, JournalFormat.MARKET);
        try (JournalAppender appender = journal.appender()) {
            for (int day = 0; day < days; day++) {
                JournalDays.append(appender, day, records, largestBytes);
            }
        }
        return journal;
    }

    private record Result(int exitCode, JsonNode report) {
        String outcomes() {
            final List<String> outcomes = new ArrayList<>();
            report.get("cycles")
                    .forEach(cycle -> outcomes.add(cycle.get("outcome").asText()));
            return outcomes.toString();
        }
    }

    private Result archive(String... options) throws IOException {
        final List<String> arguments = new ArrayList<>(List.of("--journal", directory.toString(), "--json"));
        arguments.addAll(List.of(options));
        final ByteArrayOutputStream printed = new ByteArrayOutputStream();
        final PrintStream standardOutput = System.out;
        System.setOut(new PrintStream(printed, true, StandardCharsets.UTF_8));
        final int exitCode;
        try {
            exitCode = Program.run(new ArchiveMain(), arguments.toArray(String[]::new));
        } finally {
            System.setOut(standardOutput);
        }
        return new Result(exitCode, new ObjectMapper().readTree(printed.toString(StandardCharsets.UTF_8)));
    }

    private List<String> files(String suffix) {
        return Segment.in(directory).stream()
                .map(segment -> segment.name() + suffix)
                .filter(name -> Files.exists(directory.resolve(name)))
                .toList();
    }

    @Test
    void shouldArchiveWhatIsClosedAndTakeTheRestLater() throws IOException {
        final Journal journal = days(3, 200, 200);
        final List<Received> recorded = JournalDays.readAll(journal);
        try (JournalAppender appender = journal.appender()) {
            assertEquals(603, appender.lastSequence());
            assertEquals("[ARCHIVED, ARCHIVED, OPEN]", archive().outcomes());
            assertEquals("[ARCHIVED_BEFORE, ARCHIVED_BEFORE, OPEN]", archive().outcomes());
        }
        assertEquals(3, files(".cq4").size());
        final Result last = archive("--delete-originals");
        assertEquals("[ARCHIVED_BEFORE, ARCHIVED_BEFORE, ARCHIVED]", last.outcomes());
        assertEquals(0, last.exitCode());
        assertEquals(List.of(), files(".cq4"));
        assertEquals(recorded, JournalDays.readAll(journal));
        assertEquals("[CHECKED, CHECKED, CHECKED]", archive("--verify-only").outcomes());
    }

    @Test
    void shouldNotArchiveACycleWhoseTimeIsNotOver() throws IOException {
        final Journal journal = Journal.create(directory, JournalFormat.MARKET);
        try (JournalAppender appender = journal.appender()) {
            final Instant now = Instant.now();
            JournalDays.append(
                    appender, RecordKind.MESSAGE, now.getEpochSecond() * 1_000_000_000L + now.getNano(), "{}");
        }
        assertEquals("[OPEN]", archive("--delete-originals").outcomes());
    }

    @Test
    void shouldArchiveAnewWhatWasAppendedToAfterItsArchive() throws IOException {
        final Journal journal = days(1, 50, 100);
        assertEquals("[ARCHIVED]", archive().outcomes());
        try (JournalAppender appender = journal.appender()) {
            JournalDays.append(appender, RecordKind.MESSAGE, JournalDays.NOON_NS + 1_000_000_000L, "{\"more\":1}");
        }
        final List<Received> recorded = JournalDays.readAll(journal);
        assertEquals("[ARCHIVED]", archive("--delete-originals").outcomes());
        assertEquals(List.of(), files(".cq4"));
        assertEquals(recorded, JournalDays.readAll(journal));
    }

    @Test
    void shouldNotDeleteAnOriginalWhoseArchiveIsDamaged() throws IOException {
        final Journal journal = days(2, 200, 200);
        final List<Received> recorded = JournalDays.readAll(journal);
        archive();
        final Path records = directory.resolve("20260809F.records.zst");
        try (RandomAccessFile access = new RandomAccessFile(records.toFile(), "rw")) {
            access.seek(access.length() / 2);
            access.write(0x5A);
            access.write(0xA5);
        }
        final Result verified = archive("--verify-only");
        assertEquals(1, verified.exitCode());
        final String failure = verified.report().get("failures").get(0).asText();
        assertTrue(
                failure.contains(records.toString())
                        && failure.contains("frame 0")
                        && failure.contains("the damage begins at record"),
                failure);
        final Result again = archive("--delete-originals");
        assertEquals("[ARCHIVED, ARCHIVED_BEFORE]", again.outcomes());
        assertEquals(0, archive("--verify-only").exitCode());
        assertEquals(recorded, JournalDays.readAll(journal));
    }

    @Test
    void shouldRemoveTheOldestDaysAndNeverTheNewest() throws IOException {
        final Journal journal = days(5, 100, 100);
        archive();
        Files.delete(directory.resolve("20260810F.cq4"));
        final Result kept = archive("--keep-days", "3");
        assertEquals(
                "2026-08-09", kept.report().get("removed").get(0).get("day").asText());
        assertEquals(
                "2026-08-10", kept.report().get("removed").get(1).get("day").asText());
        assertEquals(203, JournalDays.readAll(journal).get(0).sequence());
        assertEquals(
                List.of("20260811F.manifest.json", "20260812F.manifest.json", "20260813F.manifest.json"),
                files(".manifest.json"));
        try (JournalAppender appender = journal.appender()) {
            assertEquals(505, appender.lastSequence());
            final Result small = archive("--keep-size", "1B");
            assertEquals(2, small.report().get("removed").size());
            JournalDays.append(appender, RecordKind.MESSAGE, JournalDays.NOON_NS + 4 * JournalDays.DAY_NS, "{}");
        }
        assertEquals(List.of("20260813F.cq4"), files(".cq4"));
        final List<Received> left = JournalDays.readAll(journal);
        assertEquals(405, left.get(0).sequence());
        assertEquals(506, left.get(left.size() - 1).sequence());
    }

    @Test
    void shouldLoseNothingWhenItIsKilled() throws Exception {
        final Journal journal = days(3, 4_000, 20_000);
        final List<Received> recorded = JournalDays.readAll(journal);
        final Random random = new Random(3);
        int killedInTheMiddle = 0;
        for (int kill = 0; kill < KILLS; kill++) {
            final Process archiver = start("--delete-originals");
            while (archiver.isAlive() && files(".records.zst.unfinished").isEmpty()) {
                Thread.onSpinWait();
            }
            // It is at work; the moment from there on is random on purpose.
            if (!archiver.waitFor(random.nextLong(30), TimeUnit.MILLISECONDS)) {
                killedInTheMiddle++;
            }
            archiver.destroyForcibly().onExit().join();
            assertEquals(recorded, JournalDays.readAll(journal), "after kill " + kill);
            if (files(".cq4").isEmpty()) {
                break;
            }
        }
        assertNotEquals(0, killedInTheMiddle);
        assertEquals(0, archive("--delete-originals").exitCode());
        assertEquals(List.of(), files(".cq4"));
        assertEquals(recorded, JournalDays.readAll(journal));
        try (var left = Files.list(directory)) {
            assertFalse(left.anyMatch(file -> file.toString().endsWith(".unfinished")));
        }
    }

    private Process start(String... options) throws IOException {
        final List<String> command = JvmFlags.command(
                JvmFlags.aegisHome(),
                "-Xmx256m",
                "-cp",
                System.getProperty("java.class.path"),
                ArchiveMain.class.getName());
        command.addAll(List.of("--journal", directory.toString()));
        command.addAll(List.of(options));
        return new ProcessBuilder(command)
                .redirectErrorStream(true)
                .redirectOutput(ProcessBuilder.Redirect.DISCARD)
                .start();
    }

    @Test
    void shouldRefuseWhatCannotBe() {
        for (final String[] options : new String[][] {
            {"--level", "23"}, {"--keep-days", "0"}, {"--keep-size", "much"}, {"--verify-only", "--delete-originals"}
        }) {
            final List<String> arguments = new ArrayList<>(List.of("--journal", directory.toString()));
            arguments.addAll(List.of(options));
            assertEquals(Program.WRONG_USAGE, Program.run(new ArchiveMain(), arguments.toArray(String[]::new)));
        }
    }
}
