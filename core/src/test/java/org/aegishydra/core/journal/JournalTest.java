package org.aegishydra.core.journal;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.io.RandomAccessFile;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import net.openhft.chronicle.queue.ChronicleReaderMain;
import org.agrona.concurrent.UnsafeBuffer;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class JournalTest {
    private static final long DAY_NS = 86_400_000_000_000L;
    private static final long NOON_NS = 1_786_276_800_000_000_000L;

    @TempDir
    Path directory;

    private record Received(
            RecordKind kind,
            Dialect dialect,
            int connection,
            long sequence,
            long wall,
            long event,
            long mono,
            String text) {}

    private static long append(JournalAppender appender, long wallNs, String text) {
        final byte[] bytes = text.getBytes(StandardCharsets.UTF_8);
        return appender.append(
                RecordKind.MESSAGE, Dialect.EXCHANGE, 7, wallNs, wallNs + 1, new UnsafeBuffer(bytes), 0, bytes.length);
    }

    private static List<Received> readAll(JournalTailer tailer) {
        final List<Received> records = new ArrayList<>();
        final RecordHandler handler = (header, buffer, offset, length) -> records.add(new Received(
                header.kind(),
                header.dialect(),
                header.connectionId(),
                header.sequence(),
                header.wallTimeNs(),
                header.eventTimeNs(),
                header.monotonicTimeNs(),
                buffer.getStringWithoutLengthUtf8(offset, length)));
        while (tailer.poll(handler, 3) > 0) {
            assertTrue(records.size() < 100_000);
        }
        return records;
    }

    @Test
    void shouldReadWhatWasAppended() {
        final Journal journal = Journal.create(directory, JournalFormat.RUN);
        try (JournalAppender appender = journal.appender()) {
            assertEquals(1, append(appender, NOON_NS, "{\"ä\":1}"));
            assertEquals(2, append(appender, NOON_NS - 5, ""));
            assertEquals(3, append(appender, NOON_NS + 9, "x".repeat(200)));
        }
        try (JournalTailer tailer = journal.tailer()) {
            assertEquals(
                    List.of(
                            received(1, NOON_NS, NOON_NS, "{\"ä\":1}"),
                            received(2, NOON_NS - 5, NOON_NS, ""),
                            received(3, NOON_NS + 9, NOON_NS + 9, "x".repeat(200))),
                    readAll(tailer));
        }
    }

    private static Received received(long sequence, long wallNs, long eventNs, String text) {
        return new Received(RecordKind.MESSAGE, Dialect.EXCHANGE, 7, sequence, wallNs, eventNs, wallNs + 1, text);
    }

    @Test
    void shouldKeepEveryKindAndDialectApart() {
        final Journal journal = Journal.create(directory, JournalFormat.RUN);
        final List<String> written = new ArrayList<>();
        try (JournalAppender appender = journal.appender()) {
            for (final RecordKind kind : RecordKind.values()) {
                for (final Dialect dialect : Dialect.values()) {
                    appender.append(kind, dialect, -1, Long.MAX_VALUE / 2, -2, new UnsafeBuffer(new byte[129]), 0, 129);
                    written.add(kind + " " + dialect + " 129");
                }
            }
        }
        final List<String> read = new ArrayList<>();
        try (JournalTailer tailer = journal.tailer()) {
            tailer.verifyChecksums(true)
                    .poll(
                            (header, buffer, offset, length) -> {
                                assertEquals(-1, header.connectionId());
                                read.add(header.kind() + " " + header.dialect() + " " + length);
                            },
                            1000);
        }
        assertEquals(written, read);
    }

    @Test
    void shouldPutRecordsInTheFileOfTheirDayAndReadThemAsOneStream() throws IOException {
        final Journal journal = Journal.create(directory, JournalFormat.RUN);
        try (JournalAppender appender = journal.appender()) {
            for (int i = 0; i < 30; i++) {
                append(appender, NOON_NS + (i / 10) * DAY_NS, "record " + i);
            }
        }
        try (var files = Files.list(directory)) {
            assertEquals(
                    List.of("20260809F.cq4", "20260810F.cq4", "20260811F.cq4"),
                    files.map(file -> file.getFileName().toString())
                            .filter(name -> name.endsWith(".cq4"))
                            .sorted()
                            .toList());
        }
        try (JournalTailer tailer = journal.tailer()) {
            for (final long from : new long[] {30, 1, 10, 11, 12, 21, 25, 2}) {
                assertTrue(tailer.seek(from), "record " + from);
                final List<Received> rest = readAll(tailer);
                assertEquals(from, rest.get(0).sequence());
                assertEquals(30, rest.get(rest.size() - 1).sequence());
                assertEquals(31 - from, rest.size());
            }
            assertFalse(tailer.seek(31));
        }
    }

    @Test
    void shouldGoOnWithTheNextSequenceWhenReopened() {
        final Journal journal = Journal.create(directory, JournalFormat.RUN);
        try (JournalAppender appender = journal.appender()) {
            append(appender, NOON_NS, "first");
        }
        try (JournalTailer tailer = journal.tailer()) {
            assertEquals(1, readAll(tailer).size());
            try (JournalAppender appender = journal.appender()) {
                assertEquals(1, appender.lastSequence());
                assertEquals(2, append(appender, NOON_NS + DAY_NS, "second"));
                assertEquals(3, append(appender, NOON_NS, "after a clock that stepped back by a day"));
            }
            assertEquals(
                    List.of(2L, 3L),
                    readAll(tailer).stream().map(Received::sequence).toList());
        }
    }

    @Test
    void shouldTakeTheLargestFrameAndRefuseALargerOneWithoutATrace() {
        final Journal journal = Journal.create(directory, JournalFormat.MARKET);
        final byte[] frame = new byte[JournalFormat.MAX_PAYLOAD_BYTES + 1];
        frame[0] = 'a';
        frame[frame.length - 2] = 'z';
        final UnsafeBuffer buffer = new UnsafeBuffer(frame);
        try (JournalAppender appender = journal.appender()) {
            append(appender, NOON_NS, "before");
            appender.append(RecordKind.MESSAGE, Dialect.EXCHANGE, 1, NOON_NS, 0, buffer, 0, frame.length - 1);
            assertThrows(
                    JournalException.class,
                    () -> appender.append(
                            RecordKind.MESSAGE, Dialect.EXCHANGE, 1, NOON_NS, 0, buffer, 0, frame.length));
            append(appender, NOON_NS, "after");
        }
        final List<Integer> lengths = new ArrayList<>();
        try (JournalTailer tailer = journal.tailer()) {
            tailer.verifyChecksums(true).poll((header, payload, offset, length) -> lengths.add(length), 10);
        }
        assertEquals(List.of(6, JournalFormat.MAX_PAYLOAD_BYTES, 5), lengths);
    }

    @Test
    void shouldRefuseASecondWriterAndNameTheFirst() {
        final Journal journal = Journal.create(directory, JournalFormat.RUN);
        try (JournalAppender first = journal.appender()) {
            append(first, NOON_NS, "held");
            final JournalException refused = assertThrows(JournalException.class, journal::appender);
            assertTrue(
                    refused.getMessage()
                            .contains("process " + ProcessHandle.current().pid()),
                    refused.getMessage());
        }
        try (JournalAppender second = journal.appender()) {
            assertEquals(2, append(second, NOON_NS, "free again"));
        }
    }

    @Test
    void shouldFindAFlippedByteOfAPayload() throws IOException {
        final Journal journal = Journal.create(directory, JournalFormat.RUN);
        try (JournalAppender appender = journal.appender()) {
            append(appender, NOON_NS, "whole");
            append(appender, NOON_NS, "a payload that will be damaged");
        }
        final Path file = directory.resolve("20260809F.cq4");
        final byte[] head = new byte[1 << 20];
        try (RandomAccessFile access = new RandomAccessFile(file.toFile(), "rw")) {
            access.readFully(head);
            final int at = new String(head, StandardCharsets.ISO_8859_1).indexOf("damaged");
            access.seek(at);
            access.write('D');
        }
        try (JournalTailer tailer = journal.tailer()) {
            assertEquals(2, readAll(tailer).size(), "a live tail does not check");
        }
        try (JournalTailer tailer = journal.tailer().verifyChecksums(true)) {
            final JournalException found = assertThrows(JournalException.class, () -> readAll(tailer));
            assertTrue(found.getMessage().contains("after record 1"), found.getMessage());
        }
    }

    @Test
    void shouldRefuseAnotherRollCycleAndAForeignDirectory() throws IOException {
        final Journal daily = Journal.create(directory, JournalFormat.RUN);
        try (JournalAppender appender = daily.appender()) {
            append(appender, NOON_NS, "daily");
        }
        final Journal hourly = Journal.create(directory, JournalFormat.RUN.withRoll(Roll.HOURLY));
        assertThrows(JournalException.class, hourly::appender);

        final Path foreign = Files.createDirectory(directory.resolve("foreign"));
        Files.writeString(foreign.resolve("thesis.tex"), "");
        final JournalException refused =
                assertThrows(JournalException.class, () -> Journal.create(foreign, JournalFormat.RUN));
        assertTrue(refused.getMessage().contains("thesis.tex"), refused.getMessage());
        assertThrows(JournalException.class, () -> Journal.open(foreign, JournalFormat.RUN));
    }

    @Test
    void shouldBePrintedByChroniclesOwnReader() {
        final Journal journal = Journal.create(directory, JournalFormat.RUN);
        try (JournalAppender appender = journal.appender()) {
            append(appender, NOON_NS, "{\"type\":\"ticker\",\"price\":\"65083.66\"}");
            appender.append(
                    RecordKind.DECISION, Dialect.NONE, 0, NOON_NS, 0, new UnsafeBuffer(new byte[] {1, 2, 3}), 0, 3);
        }
        final ByteArrayOutputStream printed = new ByteArrayOutputStream();
        final PrintStream standardOutput = System.out;
        System.setOut(new PrintStream(printed, true, StandardCharsets.UTF_8));
        try {
            ChronicleReaderMain.main(new String[] {"-d", directory.toString()});
        } finally {
            System.setOut(standardOutput);
        }
        final String text = printed.toString(StandardCharsets.UTF_8);
        for (final String expected : new String[] {
            "kind: MESSAGE",
            "dialect: EXCHANGE",
            "conn: 7",
            "seq: 1",
            "wall: " + NOON_NS,
            "mono: " + (NOON_NS + 1),
            "ticker",
            "65083.66",
            "kind: DECISION",
            "data: \"\\x01\\x02\\x03\""
        }) {
            assertTrue(text.contains(expected), () -> "no <" + expected + "> in:\n" + text);
        }
    }

    @Test
    void shouldComputeTheStandardChecksum() {
        final byte[] digits = "123456789".getBytes(StandardCharsets.US_ASCII);
        // The check value of CRC-32C in RFC 3720's terms.
        assertEquals(0xE3069283, new PayloadChecksum().of(new UnsafeBuffer(digits), 0, 9));
    }

    @Test
    void shouldKeepTheOrderIfTheClockStepsBackOverMidnightBeforeARestart() {
        final long midnightNs = NOON_NS + DAY_NS / 2;
        final Journal journal = Journal.create(directory, JournalFormat.RUN);
        try (JournalAppender appender = journal.appender()) {
            append(appender, midnightNs - 10, "a");
            append(appender, midnightNs + 10, "b");
            append(appender, midnightNs - 5, "c");
        }
        try (JournalAppender appender = journal.appender()) {
            assertEquals(4, append(appender, midnightNs - 4, "d"));
        }
        try (JournalTailer tailer = journal.tailer()) {
            assertEquals(
                    List.of("a", "b", "c", "d"),
                    readAll(tailer).stream().map(Received::text).toList());
        }
    }

    @Test
    void shouldGoOnAfterAFileThatWasBegunAndHoldsNoRecord() {
        final Journal journal = Journal.create(directory, JournalFormat.RUN);
        try (JournalAppender appender = journal.appender()) {
            append(appender, NOON_NS, "a");
        }
        try (var queue = journal.queue(false, () -> (NOON_NS + DAY_NS) / 1_000_000);
                var appender = queue.createAppender();
                var document = appender.writingDocument()) {
            document.rollbackOnClose();
        }
        try (JournalAppender appender = journal.appender()) {
            assertEquals(2, append(appender, NOON_NS + 1, "b"));
        }
        try (JournalTailer tailer = journal.tailer()) {
            assertEquals(
                    List.of("a", "b"),
                    readAll(tailer).stream().map(Received::text).toList());
        }
    }
}
