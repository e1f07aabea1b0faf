package org.aegishydra.core.journal;

import static org.aegishydra.core.journal.JournalDays.DAY_NS;
import static org.aegishydra.core.journal.JournalDays.NOON_NS;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.file.Files;
import java.nio.file.Path;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.List;
import org.aegishydra.core.journal.JournalDays.Received;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class RecordingTest {
    private static final int MESSAGES = 40;

    /** A start, the messages, and the gap after them. */
    private static final int RECORDS = MESSAGES + 2;

    @TempDir
    Path directory;

    private JournalAppender appender(String name) {
        return Journal.create(directory.resolve(name), JournalFormat.MARKET).appender();
    }

    /** A recorder's day, counted from 2026-08-09. */
    private void record(String name, int day) {
        try (JournalAppender appender = appender(name)) {
            recordDay(appender, day);
        }
    }

    private static void recordDay(JournalAppender appender, int day) {
        JournalDays.append(appender, RecordKind.RECORDER_STARTED, NOON_NS + day * DAY_NS - 30_000L, "{}");
        JournalDays.append(appender, day, MESSAGES, 100);
    }

    private List<Received> read() {
        try (RecordReader reader = Recording.open(directory).reader()) {
            return JournalDays.readAll(reader);
        }
    }

    private String refusal() {
        return assertThrows(JournalException.class, () -> Recording.open(directory))
                .getMessage();
    }

    @Test
    void shouldReadADirectoryOfJournalsAsOneThatHoldsTheSameRecords() {
        // The names tell nothing of the order.
        record("c", 0);
        record("a", 1);
        record("b", 4);
        final List<Received> one;
        try (JournalAppender appender = appender("whole/journal")) {
            for (final int day : new int[] {0, 1, 4}) {
                recordDay(appender, day);
            }
            one = JournalDays.readAll(Journal.open(directory.resolve("whole/journal")));
        }
        assertEquals(3 * RECORDS, one.size());
        assertEquals(one, read());
    }

    @Test
    void shouldReadASingleJournalByItsOwnTailer() {
        record("days/2026-08-09", 0);
        for (final String name : List.of("days", "days/2026-08-09")) {
            final Recording recording = Recording.open(directory.resolve(name));
            assertEquals(directory.resolve(name), recording.directory());
            try (RecordReader reader = recording.reader()) {
                assertInstanceOf(JournalTailer.class, reader);
            }
        }
    }

    @Test
    void shouldMoveToAnyRecordOfAnyJournal() {
        record("a", 0);
        record("b", 1);
        record("c", 2);
        final List<Received> all = read();
        try (RecordReader reader = Recording.open(directory).reader()) {
            for (final int sequence : new int[] {100, 1, RECORDS, RECORDS + 1, 2 * RECORDS + 1, 3 * RECORDS, 7, 0}) {
                assertTrue(reader.seek(sequence));
                final List<Received> found = JournalDays.readAll(reader);
                assertEquals(all.size() - Math.max(0, sequence - 1), found.size());
                assertEquals(Math.max(1, sequence), found.get(0).sequence());
                assertEquals(found.get(0).wallTimeNs(), found.get(0).eventTimeNs(), "event time starts anew");
                assertEquals(
                        all.get(all.size() - 1).text(),
                        found.get(found.size() - 1).text());
            }
            assertFalse(reader.seek(3 * RECORDS + 1));
            assertEquals(0, JournalDays.readAll(reader).size());
        }
    }

    @Test
    void shouldKeepTheAddressesOfAJournalThatBeginsLater() {
        try (JournalAppender appender = appender("a")) {
            appender.beginAt(1000);
            JournalDays.append(appender, 0, MESSAGES, 100);
        }
        record("b", 1);
        final List<Received> all = read();
        assertEquals(1000, all.get(0).sequence());
        assertEquals(1000 + MESSAGES + RECORDS, all.get(all.size() - 1).sequence());
    }

    @Test
    void shouldNameDaysByTheRecordsOfTheWholeStream() {
        record("a", 0);
        try (JournalAppender appender = appender("b")) {
            // The day before goes on for a record.
            JournalDays.append(appender, RecordKind.RECORDER_STARTED, NOON_NS + DAY_NS / 4, "{}");
            JournalDays.append(appender, 1, MESSAGES, 100);
        }
        try (RecordReader reader = Recording.open(directory).reader()) {
            assertEquals(
                    List.of(
                            new RecordedDay(LocalDate.of(2026, 8, 9), 1, RECORDS + 1),
                            new RecordedDay(LocalDate.of(2026, 8, 10), RECORDS + 2, 2 * RECORDS)),
                    reader.days());
        }
    }

    @Test
    void shouldReadArchivedJournalsAmongRecordedOnes() {
        record("a", 0);
        record("b", 1);
        record("c", 2);
        final List<Received> recorded = read();
        JournalDays.archive(Journal.open(directory.resolve("a")), 1, true);
        JournalDays.archive(Journal.open(directory.resolve("b")), 1, false);
        assertFalse(Files.exists(directory.resolve("a/20260809F.cq4")));
        assertEquals(recorded, read());
    }

    @Test
    void shouldFollowTheLastJournalAsItGrows() {
        record("a", 0);
        try (JournalAppender appender = appender("b")) {
            JournalDays.append(appender, RecordKind.RECORDER_STARTED, NOON_NS + DAY_NS, "{}");
            try (RecordReader reader = Recording.open(directory).reader()) {
                assertEquals(RECORDS + 1, JournalDays.readAll(reader).size());
                JournalDays.append(appender, RecordKind.MESSAGE, NOON_NS + DAY_NS + 1, "new");
                final List<Received> grown = new ArrayList<>();
                assertEquals(1, reader.poll(JournalDays.collecting(grown), 5));
                assertEquals(RECORDS + 2, grown.get(0).sequence());
            }
        }
    }

    @Test
    void shouldNotLetEventTimeStepBackWhereAJournalBegins() {
        try (JournalAppender appender = appender("a")) {
            JournalDays.append(appender, RecordKind.RECORDER_STARTED, NOON_NS, "{}");
            JournalDays.append(appender, RecordKind.MESSAGE, NOON_NS + 5_000, "ahead");
            JournalDays.append(appender, RecordKind.MESSAGE, NOON_NS + 1_000, "stepped back");
        }
        try (JournalAppender appender = appender("b")) {
            JournalDays.append(appender, RecordKind.RECORDER_STARTED, NOON_NS + 2_000, "{}");
        }
        assertEquals(NOON_NS + 5_000, read().get(3).eventTimeNs());
    }

    @Test
    void shouldRefuseJournalsThatOverlapInTime() {
        record("a", 0);
        record("b", 1);
        try (JournalAppender appender = appender("late")) {
            JournalDays.append(appender, RecordKind.RECORDER_STARTED, NOON_NS + DAY_NS, "{}");
        }
        final String refusal = refusal();
        assertTrue(refusal.contains(directory.resolve("b") + " and " + directory.resolve("late")), refusal);
    }

    @Test
    void shouldRefuseALaterJournalWhoseConnectionsCannotBeToldFromThoseBefore() {
        record("a", 0);
        try (JournalAppender appender = appender("b")) {
            appender.beginAt(500);
            JournalDays.append(appender, 1, MESSAGES, 100);
        }
        final String refusal = refusal();
        assertTrue(
                refusal.startsWith(
                        "journal " + directory.resolve("b") + " begins in the middle of a recording, with a MESSAGE"),
                refusal);
    }

    @Test
    void shouldRefuseTheFolderOfARunAndWhatHoldsNoJournal() {
        try (JournalAppender appender = appender("decisions")) {
            JournalDays.append(appender, RecordKind.CONTROL, NOON_NS, "{}");
        }
        assertTrue(refusal().contains("is no recording: its first record is a CONTROL"), refusal());
        assertThrows(JournalException.class, () -> Recording.open(directory.resolve("nowhere")));
    }

    @Test
    void shouldLeaveEmptyJournalsOut() {
        record("a", 0);
        try (JournalAppender empty = appender("b")) {
            assertEquals(0, empty.lastSequence());
            assertEquals(RECORDS, read().size());
        }
    }
}
