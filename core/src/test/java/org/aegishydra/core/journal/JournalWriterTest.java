package org.aegishydra.core.journal;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import net.openhft.chronicle.queue.ExcerptAppender;
import net.openhft.chronicle.queue.RollCycles;
import net.openhft.chronicle.queue.impl.single.SingleChronicleQueue;
import net.openhft.chronicle.queue.impl.single.SingleChronicleQueueBuilder;
import org.agrona.concurrent.UnsafeBuffer;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Rolls, pages ahead, syncs, and what a writer is told when it cannot write. */
class JournalWriterTest {
    private static final long NOON_NS = 1_786_276_800_000_000_000L;
    private static final long MIDNIGHT_NS = NOON_NS - Roll.DAILY.lengthNs() / 2;
    private static final long PATIENCE_NS = TimeUnit.SECONDS.toNanos(30);

    @TempDir
    Path directory;

    private static void append(JournalAppender appender, long wallNs, int lengthBytes) {
        appender.append(
                RecordKind.MESSAGE,
                Dialect.EXCHANGE,
                1,
                wallNs,
                0,
                new UnsafeBuffer(new byte[lengthBytes]),
                0,
                lengthBytes);
    }

    private void record(Path journal, JournalFormat format, long... wallTimesNs) {
        try (JournalAppender appender = Journal.create(journal, format).appender()) {
            for (final long wallNs : wallTimesNs) {
                append(appender, wallNs, 100);
            }
        }
    }

    private static int count(Path journal) {
        try (JournalTailer tailer = Journal.open(journal).tailer().verifyChecksums(true)) {
            return tailer.poll((header, buffer, offset, length) -> {}, 100_000);
        }
    }

    private void assertRefused(Path journal, String... words) {
        final JournalException refused = assertThrows(
                JournalException.class,
                () -> Journal.create(journal, JournalFormat.MARKET).appender().close());
        for (final String word : words) {
            assertTrue(refused.getMessage().contains(word), () -> "no <" + word + "> in: " + refused.getMessage());
        }
        assertFalse(refused.getMessage().contains("\n"), refused.getMessage());
    }

    @Test
    void shouldRollAsItsFormatSaysAndBeReadWithoutKnowingIt() throws IOException {
        for (final Roll roll : Roll.values()) {
            assertEquals(roll, Roll.named(roll.optionName()));
            final Path journal = directory.resolve(roll.optionName());
            record(
                    journal,
                    JournalFormat.MARKET.withRoll(roll),
                    MIDNIGHT_NS,
                    MIDNIGHT_NS + roll.lengthNs() - 1,
                    MIDNIGHT_NS + 5 * roll.lengthNs());
            assertEquals(3, count(journal));
            assertEquals(roll, Journal.open(journal).format().roll());
            try (var files = Files.list(journal)) {
                assertEquals(
                        2,
                        files.filter(file -> file.toString().endsWith(".cq4")).count());
            }
        }
        assertThrows(IllegalArgumentException.class, () -> Roll.named("weekly"));
    }

    @Test
    void shouldRefuseAnotherRollAndNameBoth() throws IOException {
        record(directory, JournalFormat.MARKET.withRoll(Roll.HOURLY), NOON_NS);
        assertRefused(directory, "rolls hourly, not daily", "--roll hourly");
        Files.delete(directory.resolve(JournalMetadata.FILE_NAME));
        assertRefused(directory, "rolls hourly, not daily", "--roll hourly");
    }

    @Test
    void shouldRefuseAFileInPlaceOfADirectory() throws IOException {
        assertRefused(Files.createFile(directory.resolve("file")), "is a file", "name a directory");
        assertRefused(directory.resolve("file").resolve("journal"), "file");
    }

    @Test
    void shouldRefuseTheQueueOfAnotherProgramWithoutChangingIt() throws IOException {
        final Path foreign = directory.resolve("foreign");
        final Path sparse = directory.resolve("sparse");
        for (final RollCycles cycle : List.of(RollCycles.FAST_DAILY, RollCycles.TWENTY_MINUTELY)) {
            final Path queueDirectory = cycle == RollCycles.FAST_DAILY ? foreign : sparse;
            try (SingleChronicleQueue queue = SingleChronicleQueueBuilder.binary(queueDirectory)
                            .rollCycle(cycle)
                            .build();
                    ExcerptAppender appender = queue.createAppender()) {
                appender.writeText("not Aegis's");
            }
        }
        final byte[] metadata = Files.readAllBytes(foreign.resolve(JournalMetadata.FILE_NAME));
        assertRefused(foreign, "its first record is none of Aegis's", "name another directory");
        assertArrayEquals(metadata, Files.readAllBytes(foreign.resolve(JournalMetadata.FILE_NAME)));
        assertRefused(sparse, "a roll that Aegis does not write", "another program's queue");
    }

    @Test
    void shouldRefuseDamagedMetadataAndMakeItAnewOnceItIsMovedAway() throws IOException {
        record(directory, JournalFormat.MARKET, NOON_NS, NOON_NS);
        final Path metadata = directory.resolve(JournalMetadata.FILE_NAME);
        final byte[] whole = Files.readAllBytes(metadata);
        final byte[] damaged = whole.clone();
        for (int i = 4; i < 64; i++) {
            damaged[i] ^= 0x55;
        }
        for (final byte[] content : new byte[][] {{}, new byte[whole.length], damaged}) {
            Files.write(metadata, content);
            assertRefused(directory, "metadata.cq4t is damaged", "move it away");
            assertThrows(JournalException.class, () -> Journal.open(directory));
        }
        Files.delete(metadata);
        record(directory, JournalFormat.MARKET, NOON_NS);
        assertEquals(3, count(directory));
    }

    @Test
    void shouldNameWhatItMayNotReadOrWrite() throws IOException {
        final Path journal = Files.createDirectory(directory.resolve("journal"));
        Files.setPosixFilePermissions(journal, PosixFilePermissions.fromString("r-x------"));
        assumeTrue(!Files.isWritable(journal), "the superuser may write everywhere");
        assertRefused(journal, "permission denied", "run as the user");
    }

    @Test
    void shouldAllowTheFilesThatStandBesideCycleFiles() throws IOException {
        for (final String name : List.of(
                "20260809F.records.zst", "20260809F.manifest.json.unfinished", "archive.lock", "status.board")) {
            Files.createFile(directory.resolve(name));
        }
        record(directory, JournalFormat.MARKET, NOON_NS);
        assertEquals(1, count(directory));
    }

    @Test
    void shouldPopulatePagesAheadWithinItsLimits() throws IOException {
        final List<String> said = new ArrayList<>();
        final int aheadBytes = 16 << 20;
        try (JournalAppender appender = Journal.create(directory, JournalFormat.RUN.withRoll(Roll.MINUTELY))
                .appender()) {
            appender.populateAhead(aheadBytes, 0, said::add);
            final int payloadBytes = 15 << 20;
            // Over the end of a block and over a roll.
            for (int i = 0; i < 8; i++) {
                final long before = appender.populatedBytes();
                append(appender, NOON_NS + (i / 6) * Roll.MINUTELY.lengthNs(), payloadBytes);
                final long deadlineNs = System.nanoTime() + PATIENCE_NS;
                while (appender.populatedBytes() == before && said.isEmpty()) {
                    assertTrue(System.nanoTime() - deadlineNs < 0, "nothing is populated");
                    LockSupport.parkNanos(1_000_000);
                }
                assertTrue(appender.populatedBytes() <= (i + 1L) * (payloadBytes + aheadBytes));
            }
            assumeTrue(said.isEmpty(), () -> "this kernel cannot: " + said);
        }
        assertEquals(8, count(directory));
        try (FileChannel file = FileChannel.open(directory.resolve("20260809-1200.cq4"), StandardOpenOption.READ)) {
            assertEquals((2 * 64L + 16) << 20, file.size(), "as long as without");
        }
    }

    @Test
    void shouldPopulateNothingOnADiskThatIsNearlyFull() {
        try (JournalAppender appender =
                Journal.create(directory, JournalFormat.RUN).appender()) {
            appender.populateAhead(16 << 20, Long.MAX_VALUE, said -> {});
            for (int i = 0; i < 50; i++) {
                append(appender, NOON_NS, 1 << 16);
                LockSupport.parkNanos(1_000_000);
            }
            assertEquals(0, appender.populatedBytes());
            assertThrows(IllegalArgumentException.class, () -> appender.populateAhead(1, 0, said -> {}));
        }
    }

    @Test
    void shouldSyncEachFileThatWasWrittenSinceTheLastTime() {
        final Journal journal = Journal.create(directory, JournalFormat.RUN.withRoll(Roll.MINUTELY));
        try (JournalSync sync = new JournalSync(journal)) {
            sync.sync();
            try (JournalAppender appender = journal.appender()) {
                for (int i = 0; i < 10; i++) {
                    append(appender, NOON_NS + (long) i * i * Roll.MINUTELY.lengthNs() / 10, 100);
                    sync.sync();
                }
            }
            assertTrue(
                    sync.lastFile().endsWith("20260809-1208.cq4"),
                    sync.lastFile().toString());
        }
        assertEquals(10, count(directory));
    }

    @Test
    void shouldBeginAtAnyRecordOfAnEmptyJournalAndOnlyThere() {
        final Journal journal = JournalDays.create(directory.resolve("part"));
        try (JournalAppender appender = journal.appender()) {
            assertThrows(IllegalArgumentException.class, () -> appender.beginAt(0));
            appender.beginAt(5_000);
            JournalDays.append(appender, RecordKind.MESSAGE, JournalDays.NOON_NS, "first");
            assertEquals(5_000, appender.lastSequence());
            assertThrows(JournalException.class, () -> appender.beginAt(1));
        }
        try (JournalAppender appender = journal.appender()) {
            JournalDays.append(appender, RecordKind.MESSAGE, JournalDays.NOON_NS, "second");
            final String refusal = assertThrows(JournalException.class, () -> appender.beginAt(9_000))
                    .getMessage();
            assertTrue(refusal.contains("holds records up to 5001 already"), refusal);
        }
        final List<JournalDays.Received> records = JournalDays.readAll(journal);
        assertEquals(
                List.of("first", "second"),
                records.stream().map(JournalDays.Received::text).toList());
        assertEquals(5_001, records.get(1).sequence());
        try (JournalTailer tailer = journal.tailer()) {
            assertTrue(tailer.seek(5_001));
            assertEquals(1, JournalDays.readAll(tailer).size());
        }
    }
}
