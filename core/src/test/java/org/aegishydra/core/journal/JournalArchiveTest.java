package org.aegishydra.core.journal;

import static org.aegishydra.core.journal.JournalDays.DAY_NS;
import static org.aegishydra.core.journal.JournalDays.NOON_NS;
import static org.aegishydra.core.journal.JournalDays.append;
import static org.aegishydra.core.journal.JournalDays.archive;
import static org.aegishydra.core.journal.JournalDays.collecting;
import static org.aegishydra.core.journal.JournalDays.readAll;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.io.RandomAccessFile;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Random;
import org.aegishydra.core.journal.JournalDays.Received;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class JournalArchiveTest {
    @TempDir
    Path directory;

    /** Three days of 501 records each. */
    private Journal threeDays(int largestBytes) {
        final Journal journal = JournalDays.create(directory);
        try (JournalAppender appender = journal.appender()) {
            for (int day = 0; day < 3; day++) {
                append(appender, day, 500, largestBytes);
            }
        }
        return journal;
    }

    private Path file(String name) {
        return directory.resolve(name);
    }

    @Test
    void shouldReadAnArchivedJournalAsTheRecordedOne() {
        final Journal journal = threeDays(300);
        final List<Received> recorded = readAll(journal);
        assertEquals(1503, recorded.size());
        for (int archived = 1; archived <= 3; archived++) {
            archive(journal, archived, false);
            assertEquals(recorded, readAll(journal), "archived beside the cycle files: " + archived);
        }
        for (int day = 9; day <= 11; day++) {
            assertTrue(file("202608" + (day < 10 ? "0" : "") + day + "F.cq4")
                    .toFile()
                    .delete());
            assertEquals(recorded, readAll(journal), "without the cycle files up to day " + day);
        }
        assertTrue(file("metadata.cq4t").toFile().delete());
        assertTrue(Journal.exists(directory));
        assertEquals(recorded, readAll(Journal.open(directory, JournalFormat.RUN)));
    }

    @Test
    void shouldReadAcrossEveryBorderBetweenArchivesAndCycleFiles() {
        final Journal journal = threeDays(100);
        final List<Received> recorded = readAll(journal);
        archive(journal, 3, false);
        for (int deleted = 0; deleted < 8; deleted++) {
            final Path copy = file("copy" + deleted);
            copyWithout(copy, deleted);
            final Journal mixed = Journal.open(copy, JournalFormat.RUN);
            assertEquals(recorded, readAll(mixed), "mixture " + deleted);
            try (JournalTailer tailer = mixed.tailer()) {
                for (final long from : new long[] {1503, 1, 501, 502, 1002, 1003, 700, 2, 0}) {
                    assertTrue(tailer.seek(from));
                    final List<Received> rest = readAll(tailer);
                    assertEquals(Math.max(1, from), rest.get(0).sequence());
                    assertEquals(1503, rest.get(rest.size() - 1).sequence());
                    assertEquals(1504 - Math.max(1, from), rest.size());
                }
                assertFalse(tailer.seek(1504));
                assertEquals(0, readAll(tailer).size());
                assertEquals(1503, tailer.readLast().sequence());
                assertEquals(
                        List.of(
                                new RecordedDay(LocalDate.of(2026, 8, 9), 1, 501),
                                new RecordedDay(LocalDate.of(2026, 8, 10), 502, 1002),
                                new RecordedDay(LocalDate.of(2026, 8, 11), 1003, 1503)),
                        tailer.days());
            }
        }
    }

    /** Bit n of the mixture says whether the cycle file of day n is left out. */
    private void copyWithout(Path copy, int mixture) {
        try (var files = Files.list(directory)) {
            Files.createDirectory(copy);
            for (final Path source : (Iterable<Path>) files.filter(Files::isRegularFile)::iterator) {
                final String name = source.getFileName().toString();
                final boolean leftOut =
                        name.endsWith("F.cq4") && (mixture >> (Integer.parseInt(name.substring(6, 8)) - 9) & 1) == 1;
                if (!leftOut) {
                    // The files are sparse, and a link costs nothing.
                    Files.createLink(copy.resolve(name), source);
                }
            }
        } catch (final IOException e) {
            throw new IllegalStateException(e);
        }
    }

    @Test
    void shouldInflateOnlyTheFramesThatAreAskedFor() {
        final Journal journal = JournalDays.create(directory);
        try (JournalAppender appender = journal.appender()) {
            append(appender, 0, 2000, 40_000);
            append(appender, RecordKind.MESSAGE, NOON_NS + 1_000_000_000L, "x".repeat(9_000_000));
            append(appender, RecordKind.MESSAGE, NOON_NS + 1_000_000_001L, "after the large one");
        }
        archive(journal, 1, true);
        final ArchiveManifest manifest;
        try (ArchiveCheck check =
                ArchiveCheck.of(directory, Segment.in(directory).get(0))) {
            manifest = check.manifest();
        }
        assertTrue(manifest.frames().size() > 8, "frames: " + manifest.frames().size());
        assertTrue(manifest.frames().stream()
                .anyMatch(frame -> frame.records() == 1 && frame.rawLengthBytes() > 9_000_000));
        final List<Received> read = new ArrayList<>();
        try (JournalTailer tailer = journal.tailer()) {
            final ArchiveManifest.Frame middle = manifest.frames().get(3);
            assertTrue(tailer.seek(middle.firstRecord() + 2));
            tailer.poll(collecting(read), middle.records() - 2);
            assertEquals(middle.firstRecord() + 2, read.get(0).sequence());
            assertEquals(middle.lastRecord(), read.get(read.size() - 1).sequence());
            assertEquals(1, tailer.inflatedFrames());
            tailer.poll(collecting(read), 1);
            assertEquals(2, tailer.inflatedFrames());
        }
    }

    @Test
    void shouldTellInTheManifestWhatTheArchiveHolds() throws IOException {
        final Journal journal = threeDays(100);
        archive(journal, 1, false);
        final ArchiveManifest manifest =
                ArchiveManifest.read(directory, Segment.in(directory).get(0));
        assertEquals(1, manifest.firstRecord());
        assertEquals(501, manifest.lastRecord());
        assertEquals(Map.of("MESSAGE", 500L, "GAP", 1L), manifest.kinds());
        assertEquals(Map.of("BTC-USD", 167L, "ETH-USD", 333L), manifest.products());
        assertEquals(1, manifest.gapCount());
        assertEquals(501, manifest.gaps().get(0).record());
        assertEquals(NOON_NS, manifest.firstReceiveNs());
        assertEquals(DAY_NS, manifest.cycleLengthNs());
        assertEquals(manifest.compressedLengthBytes(), Files.size(file("20260809F.records.zst")));
    }

    @Test
    void shouldGoOnWithTheNextSequenceBehindArchives() {
        final Journal journal = threeDays(100);
        archive(journal, 3, true);
        try (JournalAppender appender =
                Journal.create(directory, JournalFormat.RUN).appender()) {
            assertEquals(1503, appender.lastSequence());
            // A time in the archived day would hide the archive behind a new cycle file of the same name.
            append(appender, RecordKind.MESSAGE, NOON_NS + 2 * DAY_NS, "late");
            append(appender, RecordKind.MESSAGE, NOON_NS + 4 * DAY_NS, "next");
        }
        assertTrue(Files.exists(file("20260812F.cq4")));
        assertFalse(Files.exists(file("20260811F.cq4")));
        final List<Received> all = readAll(journal);
        assertEquals(1505, all.size());
        assertEquals("late", all.get(1503).text());
    }

    @Test
    void shouldTailOnWhileItsFilesAreArchivedAndDeleted() {
        final Journal journal = JournalDays.create(directory);
        final List<Received> live = new ArrayList<>();
        final List<Received> behind = new ArrayList<>();
        try (JournalAppender appender = journal.appender();
                JournalTailer tailer = journal.tailer();
                JournalTailer late = journal.tailer()) {
            append(appender, 0, 100, 2000);
            late.poll(collecting(behind), 10);
            for (int day = 1; day < 8; day++) {
                // A day without records in between: Chronicle finds its way on by the files that are left.
                tailUpTo(tailer, live, appender.lastSequence());
                append(appender, day * 2, 100, 2000);
                archiveAllButTheLast(journal);
                assertEquals(1, countCycleFiles());
            }
            tailUpTo(tailer, live, appender.lastSequence());
            tailUpTo(late, behind, appender.lastSequence());
        }
        assertEquals(808, live.size());
        assertEquals(live, behind);
        assertEquals(readAll(journal), live);
    }

    private static void archiveAllButTheLast(Journal journal) {
        try (ArchiveSession session = ArchiveSession.open(journal)) {
            final List<RecordedSegment> recorded = session.segments();
            for (final RecordedSegment source : recorded.subList(0, recorded.size() - 1)) {
                if (source.segment().hasCycleFile()) {
                    JournalDays.archive(session, source);
                    assertTrue(session.deleteCycleFile(source, false));
                }
            }
        }
    }

    private long countCycleFiles() {
        return Segment.in(directory).stream().filter(Segment::hasCycleFile).count();
    }

    private static void tailUpTo(JournalTailer tailer, List<Received> records, long sequence) {
        final long deadlineNs = System.nanoTime() + 30_000_000_000L;
        while (records.isEmpty() || records.get(records.size() - 1).sequence() < sequence) {
            tailer.poll(collecting(records), 16);
            assertTrue(System.nanoTime() < deadlineNs, () -> "stands after " + records.size() + " records");
        }
    }

    @Test
    void shouldTailOnWhenTheFileAtWhoseEndItWaitsIsDeletedAndAWriterComesBack() {
        final Journal journal = JournalDays.create(directory);
        final List<Received> live = new ArrayList<>();
        try (JournalTailer tailer = journal.tailer()) {
            try (JournalAppender appender = journal.appender()) {
                append(appender, 0, 20, 100);
            }
            tailUpTo(tailer, live, 21);
            archive(journal, 1, true);
            assertEquals(0, tailer.poll(collecting(live), 10));
            try (JournalAppender appender = journal.appender()) {
                append(appender, 3, 20, 100);
                tailUpTo(tailer, live, 42);
                archiveAllButTheLast(journal);
                append(appender, 3, 20, 100);
                tailUpTo(tailer, live, 63);
            }
        }
        assertEquals(readAll(journal), live);
    }

    @Test
    void shouldReadAJournalWhoseOldestDaysAreGone() {
        final Journal journal = threeDays(100);
        final List<Received> recorded = readAll(journal);
        try (ArchiveSession session = ArchiveSession.open(journal)) {
            session.remove(Segment.in(directory).get(0));
        }
        assertEquals(
                recorded.subList(501, 1503).stream().map(Received::sequence).toList(),
                readAll(journal).stream().map(Received::sequence).toList());
        try (JournalTailer tailer = journal.tailer()) {
            for (final long from : new long[] {0, 1, 300, 501, 502}) {
                assertTrue(tailer.seek(from));
                assertEquals(502, readAll(tailer).get(0).sequence());
            }
            assertEquals(502, tailer.days().get(0).firstSequence());
        }
        try (JournalAppender appender = journal.appender()) {
            assertEquals(1503, appender.lastSequence());
        }
    }

    @Test
    void shouldReportARecordThatIsMissingBetweenSegments() {
        final Journal journal = threeDays(100);
        archive(journal, 1, false);
        assertTrue(file("20260810F.cq4").toFile().delete());
        for (int i = 0; i < 2; i++) {
            final JournalException missing = assertThrows(JournalException.class, () -> readAll(journal));
            assertTrue(
                    missing.getMessage().contains("expected record 502 but found record 1003"), missing.getMessage());
            file("20260809F.cq4").toFile().delete();
        }
    }

    @Test
    void shouldFindAFlippedByteWhereverItIs() throws IOException {
        final Journal journal = threeDays(5_000);
        archive(journal, 1, false);
        final Segment segment = Segment.in(directory).get(0);
        final Random random = new Random(1);
        for (final Path damaged : List.of(segment.recordsFile(directory), segment.manifestFile(directory))) {
            final long size = Files.size(damaged);
            for (int i = 0; i < 40; i++) {
                final long at = i == 0 ? 0 : i == 1 ? size - 1 : random.nextLong(size);
                flip(damaged, at);
                final String found = damage(segment);
                assertTrue(found.contains(segment.name()), damaged + " at " + at + ": " + found);
                if (damaged.toString().endsWith(".zst")) {
                    assertTrue(found.contains("frame 0") && found.contains("record"), found);
                }
                flip(damaged, at);
            }
        }
        assertEquals("", damage(segment));
        Files.write(segment.recordsFile(directory), new byte[1], java.nio.file.StandardOpenOption.APPEND);
        assertTrue(damage(segment).contains("bytes instead of"), damage(segment));
    }

    private String damage(Segment segment) {
        try (ArchiveCheck check = ArchiveCheck.of(directory, segment)) {
            long records = 0;
            for (int read = check.poll(); read > 0; read = check.poll()) {
                records += read;
            }
            assertEquals(501, records);
            return String.join("\n", check.damages());
        } catch (final JournalException e) {
            return e.getMessage();
        }
    }

    private static void flip(Path file, long at) throws IOException {
        try (RandomAccessFile access = new RandomAccessFile(file.toFile(), "rw")) {
            access.seek(at);
            final int value = access.read();
            access.seek(at);
            access.write(value ^ 0x10);
        }
    }

    @Test
    void shouldRefuseToArchiveADamagedCycleFile() throws IOException {
        final Journal journal = threeDays(100);
        final byte[] head = new byte[1 << 20];
        try (RandomAccessFile access =
                new RandomAccessFile(file("20260809F.cq4").toFile(), "rw")) {
            access.readFully(head);
            final int at = new String(head, java.nio.charset.StandardCharsets.ISO_8859_1).indexOf("ETH-USD");
            access.seek(at);
            access.write('e');
        }
        final JournalException refused = assertThrows(JournalException.class, () -> archive(journal, 1, true));
        assertTrue(refused.getMessage().contains("after record 1 does not match its CRC-32C"), refused.getMessage());
        assertTrue(Segment.in(directory).stream().noneMatch(Segment::isArchived));
        assertTrue(Files.exists(file("20260809F.cq4")));
    }

    @Test
    void shouldLetOneArchiverInAtATimeAndClearWhatAKilledOneLeft() throws IOException {
        final Journal journal = threeDays(100);
        Files.writeString(file("20260809F.records.zst.unfinished"), "half");
        try (ArchiveSession session = ArchiveSession.open(journal)) {
            assertFalse(Files.exists(file("20260809F.records.zst.unfinished")));
            final JournalException refused = assertThrows(JournalException.class, () -> ArchiveSession.open(journal));
            assertTrue(refused.getMessage().contains("is being archived by process"), refused.getMessage());
            assertFalse(session.hasWriter());
            try (JournalAppender appender = journal.appender()) {
                assertEquals(1503, appender.lastSequence());
                assertTrue(session.hasWriter());
                assertFalse(session.deleteCycleFile(session.segments().get(2), true));
            }
        }
    }
}
