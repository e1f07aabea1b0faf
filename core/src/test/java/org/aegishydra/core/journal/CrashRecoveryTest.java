package org.aegishydra.core.journal;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTimeout;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import net.openhft.chronicle.core.values.LongValue;
import net.openhft.chronicle.queue.ExcerptAppender;
import net.openhft.chronicle.queue.impl.single.SingleChronicleQueue;
import net.openhft.chronicle.wire.DocumentContext;
import net.openhft.chronicle.wire.Wires;
import org.agrona.concurrent.UnsafeBuffer;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What a killed writer leaves behind, made on purpose: {@link JournalCrashTest} comes upon it by chance. */
class CrashRecoveryTest {
    private static final JournalFormat FORMAT = JournalFormat.RUN.withRoll(Roll.MINUTELY);
    private static final long NOON_NS = 1_786_276_800_000_000_000L;
    private static final long MINUTE_NS = Roll.MINUTELY.lengthNs();
    private static final Duration LONGEST_WAIT = Duration.ofSeconds(2);

    @TempDir
    Path directory;

    private Journal journal() {
        return Journal.create(directory, FORMAT);
    }

    private static void append(JournalAppender appender, long wallNs) {
        appender.append(RecordKind.STEP, Dialect.NONE, 0, wallNs, 0, new UnsafeBuffer(new byte[] {1, 2, 3}), 0, 3);
    }

    private void record(long... wallTimesNs) {
        try (JournalAppender appender = journal().appender()) {
            for (final long wallNs : wallTimesNs) {
                append(appender, wallNs);
            }
        }
    }

    /** Reopens the journal, appends one record, and tells its sequence. */
    private long appendAfterCrash(long wallNs) {
        return assertTimeout(LONGEST_WAIT, () -> {
            try (JournalAppender appender = journal().appender()) {
                append(appender, wallNs);
                return appender.lastSequence();
            }
        });
    }

    private List<Long> sequences() {
        final List<Long> sequences = new ArrayList<>();
        try (JournalTailer tailer = Journal.open(directory).tailer().verifyChecksums(true)) {
            while (tailer.poll((header, buffer, offset, length) -> sequences.add(header.sequence()), 1000) > 0) {
                assertTrue(sequences.size() < 1_000_000);
            }
        }
        return sequences;
    }

    private static void awaitOne(JournalTailer tailer) {
        final long deadlineNs = System.nanoTime() + LONGEST_WAIT.toNanos();
        int records = 0;
        while (records == 0) {
            assertTrue(System.nanoTime() - deadlineNs < 0, "a reader waits");
            records = tailer.poll((header, buffer, offset, length) -> {}, 10);
        }
        assertEquals(1, records);
    }

    private Path cycleFile(int minute) {
        return directory.resolve(String.format("20260809-12%02d.cq4", minute));
    }

    private static void write(Path file, long position, byte[] bytes) throws IOException {
        try (FileChannel channel = FileChannel.open(file, StandardOpenOption.CREATE, StandardOpenOption.WRITE)) {
            channel.write(ByteBuffer.wrap(bytes), position);
        }
    }

    private static byte[] unfinishedHead(int lengthBytes) {
        final byte[] bytes = new byte[lengthBytes];
        Arrays.fill(bytes, (byte) 0x5A);
        ByteBuffer.wrap(bytes).order(ByteOrder.LITTLE_ENDIAN).putInt(0, Wires.NOT_COMPLETE_UNKNOWN_LENGTH);
        return bytes;
    }

    @Test
    void shouldIndexRecordsWhereALargeOneWasNeverFinished() {
        record(NOON_NS);
        final byte[] unfinished = new byte[8 << 20];
        Arrays.fill(unfinished, (byte) 0x5A);
        try (SingleChronicleQueue queue = journal().queue(false, () -> NOON_NS / 1_000_000);
                ExcerptAppender appender = queue.createAppender()) {
            final long endOfRecords;
            try (DocumentContext document = appender.writingDocument()) {
                endOfRecords = document.wire().bytes().writePosition();
                document.rollbackOnClose();
            }
            write(cycleFile(0), endOfRecords, unfinished);
        } catch (final IOException e) {
            throw new AssertionError(e);
        }

        final int records = 70_000;
        try (JournalAppender appender = journal().appender()) {
            while (appender.lastSequence() < records) {
                append(appender, NOON_NS);
            }
        }

        assertEquals(records, sequences().size());
        try (JournalTailer tailer = Journal.open(directory).tailer()) {
            for (final long sequence : new long[] {2, 32_767, 32_768, 32_769, 65_537, records}) {
                assertTrue(tailer.seek(sequence));
                tailer.poll((header, buffer, offset, length) -> assertEquals(sequence, header.sequence()), 1);
            }
            assertEquals(records, tailer.readLast().sequence());
        }
    }

    @Test
    void shouldFinishACycleFileThatWasOnlyBegun() throws IOException {
        record(NOON_NS);
        for (final int headBytes : new int[] {0, 3, Integer.BYTES, 100_000}) {
            final int minute = sequences().size();
            record(NOON_NS + minute * MINUTE_NS);
            Files.delete(cycleFile(minute));
            write(cycleFile(minute), 0, headBytes < Integer.BYTES ? new byte[headBytes] : unfinishedHead(headBytes));
            try (JournalTailer tailer = Journal.open(directory).tailer()) {
                assertEquals(minute, tailer.poll((header, buffer, offset, length) -> {}, 10));
                assertEquals(minute + 1, appendAfterCrash(NOON_NS + minute * MINUTE_NS), headBytes + " bytes");
                awaitOne(tailer);
            }
        }
        assertEquals(List.of(1L, 2L, 3L, 4L, 5L), sequences());
    }

    @Test
    void shouldLeaveAFileWithoutRecordsBehindWhenTimeWentOn() throws IOException {
        record(NOON_NS);
        for (int minute = 1; minute <= 3; minute++) {
            record(NOON_NS + minute * MINUTE_NS);
            Files.delete(cycleFile(minute));
            write(cycleFile(minute), 0, unfinishedHead(100_000));
            assertTimeout(LONGEST_WAIT, () -> journal().appender().close());
        }
        try (JournalTailer tailer = Journal.open(directory).tailer()) {
            assertEquals(1, tailer.readLast().sequence());
        }
        try (JournalTailer tailer = Journal.open(directory).tailer()) {
            assertEquals(1, tailer.poll((header, buffer, offset, length) -> {}, 10));
            assertEquals(2, appendAfterCrash(NOON_NS + 9 * MINUTE_NS));
            awaitOne(tailer);
        }
        assertEquals(List.of(1L, 2L), sequences());
    }

    @Test
    void shouldGoOnInTheNextCycleAfterOneThatWasEnded() throws IOException {
        record(NOON_NS, NOON_NS + MINUTE_NS);
        // Chronicle ends a cycle file before it makes the next one.
        Files.delete(cycleFile(1));
        assertEquals(2, appendAfterCrash(NOON_NS));
        assertTrue(Files.exists(cycleFile(1)));
        assertEquals(List.of(1L, 2L), sequences());
    }

    @Test
    void shouldBeginAnewAfterAMetadataFileThatWasOnlyBegun() throws IOException {
        for (final byte[] head : new byte[][] {{}, unfinishedHead(200), new byte[65_536]}) {
            Files.deleteIfExists(cycleFile(0));
            Files.deleteIfExists(directory.resolve(JournalMetadata.FILE_NAME));
            write(directory.resolve(JournalMetadata.FILE_NAME), 0, head);
            assertFalse(Journal.exists(directory));
            assertEquals(1, appendAfterCrash(NOON_NS), head.length + " bytes");
        }
    }

    @Test
    void shouldTakeChroniclesLockFromADeadWriterWhoseProcessIdLives() {
        record(NOON_NS);
        for (final long processId : new long[] {ProcessHandle.current().pid(), 1}) {
            try (SingleChronicleQueue queue = journal().queue(false, () -> NOON_NS / 1_000_000);
                    LongValue lock = queue.metaStore().acquireValueFor("chronicle.write.lock")) {
                lock.setVolatileValue(processId);
            }
            appendAfterCrash(NOON_NS);
        }
        assertEquals(List.of(1L, 2L, 3L), sequences());
    }
}
