package org.aegishydra.replayer;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.file.Path;
import org.aegishydra.core.command.UsageException;
import org.aegishydra.core.journal.Journal;
import org.aegishydra.core.journal.JournalFormat;
import org.aegishydra.core.journal.Recording;
import org.aegishydra.core.run.FeedWriter;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class ReplayRangeTest {
    private static final long DAY_NS = 86_400_000_000_000L;

    @TempDir
    Path directory;

    private Journal journal;

    /** Ten records on 2026-08-09, none on the 10th, 20 on the 11th, 5 on the 12th. */
    @BeforeEach
    void record() {
        journal = Journal.create(directory.resolve("market"), JournalFormat.MARKET);
        try (FeedWriter feed = new FeedWriter(journal)) {
            write(feed, 0, 10);
            write(feed, 2, 20);
            write(feed, 3, 5);
        }
    }

    private static void write(FeedWriter feed, int day, int records) {
        feed.at(FeedWriter.START_NS + day * DAY_NS);
        for (int i = 0; i < records; i++) {
            feed.afterMs(1).raw("{}");
        }
    }

    private ReplayRange range(String day, String records) {
        return ReplayRange.of(Recording.open(journal.directory()), day, records, null, null);
    }

    private String refusal(String day, String records) {
        return assertThrows(UsageException.class, () -> range(day, records)).getMessage();
    }

    @Test
    void shouldBeTheWholeJournalUnlessOneSaysOtherwise() {
        assertEquals(new ReplayRange(1, 35), range(null, null));
        assertEquals(35, range(null, null).records());
    }

    @ParameterizedTest
    @CsvSource({"2026-08-09, 1, 10", "2026-08-11, 11, 30", "2026-08-12, 31, 35"})
    void shouldPickADay(String day, long first, long last) {
        assertEquals(new ReplayRange(first, last), range(day, null));
    }

    @ParameterizedTest
    @CsvSource({"1-35, 1, 35", "1-, 1, 35", "12-12, 12, 12", "30-, 30, 35", "0012-0013, 12, 13"})
    void shouldPickRecords(String records, long first, long last) {
        assertEquals(new ReplayRange(first, last), range(null, records));
    }

    @Test
    void shouldNameTheDaysThatThereAre() {
        assertEquals(
                "--day 2026-08-10: " + journal.directory() + " holds 2026-08-09, 2026-08-11, 2026-08-12",
                refusal("2026-08-10", null));
    }

    @ParameterizedTest
    @ValueSource(strings = {"yesterday", "2026-8-9", "2026-13-01", ""})
    void shouldSayHowADayIsWritten(String day) {
        assertEquals("--day " + day + ": must be a date such as 2026-11-22", refusal(day, null));
    }

    @ParameterizedTest
    @ValueSource(strings = {"0-5", "1-36", "36-", "36-40"})
    void shouldNameTheRecordsThatThereAre(String records) {
        assertEquals("--records " + records + ": the journal holds records 1-35", refusal(null, records));
    }

    @ParameterizedTest
    @ValueSource(strings = {"5", "-5", "a-b", "1..5", "1-5-9", "99999999999999999999-", "9-8"})
    void shouldSayHowRecordsAreWritten(String records) {
        assertTrue(
                refusal(null, records)
                        .startsWith("--records " + records + ": must be FIRST-LAST or FIRST-, for example 1-50000"),
                refusal(null, records));
    }

    private ReplayRange times(String day, String from, String to) {
        return ReplayRange.of(Recording.open(journal.directory()), day, null, from, to);
    }

    /** A record's time is 2 ms after its day's noon for the first, and a millisecond more for each that follows. */
    @ParameterizedTest
    @CsvSource({
        "2026-08-09T12:00:00Z, , 1, 35",
        ", 2026-08-13T00:00:00Z, 1, 35",
        "2026-08-09T12:00:00.002Z, 2026-08-09T12:00:00.011Z, 1, 9",
        "2026-08-09T12:00:00.003Z, 2026-08-09T12:00:00.004Z, 2, 2",
        "2026-08-09T12:00:00.0021Z, 2026-08-09T12:00:00.0041Z, 2, 3",
        "2026-08-10T00:00:00Z, 2026-08-12T00:00:00Z, 11, 30",
        "2026-08-09T12:00:00.011Z, 2026-08-11T12:00:00.003Z, 10, 11",
        "2026-08-11T14:00:00.006+02:00, , 15, 35",
        "2026-08-12T12:00:00.006Z, , 35, 35"
    })
    void shouldPickTimes(String from, String to, long first, long last) {
        assertEquals(new ReplayRange(first, last), times(null, from, to));
    }

    @ParameterizedTest
    @CsvSource({
        "2026-08-11, 12:00:00.012, , 21, 30",
        "2026-08-11, , 12:00:00.012, 11, 20",
        "2026-08-11, 11:00, 12:00:01, 11, 30",
        "2026-08-11, 2026-08-01T00:00:00Z, 2026-08-30T00:00:00Z, 11, 30"
    })
    void shouldPickTimesOfADay(String day, String from, String to, long first, long last) {
        assertEquals(new ReplayRange(first, last), times(day, from, to));
    }

    @Test
    void shouldGoByTheRunningMaximumOfReceiveTimes() {
        final Journal stepping = Journal.create(directory.resolve("stepping"), JournalFormat.MARKET);
        try (FeedWriter feed = new FeedWriter(stepping)) {
            for (final int ms : new int[] {0, 10, -8, 3, 7, 5}) {
                feed.afterMs(ms).raw("{}");
            }
        }
        // Received at 1, 11, 3, 6, 13 and 18 ms.
        final Recording recording = Recording.open(stepping.directory());
        final String at4 = "2026-08-09T12:00:00.004Z";
        final String at12 = "2026-08-09T12:00:00.012Z";
        assertEquals(new ReplayRange(2, 6), ReplayRange.of(recording, null, null, at4, null));
        assertEquals(new ReplayRange(1, 4), ReplayRange.of(recording, null, null, null, at12));
        assertEquals(new ReplayRange(5, 6), ReplayRange.of(recording, null, null, at12, null));
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                " | noon | | --from noon: must be a time such as 2026-11-22T14:30:00Z, or with --day one such as 14:30 or 14:30:15",
                " | | 2026-08-09 | --to 2026-08-09: must be a time such as",
                "2026-08-09 | 25:00 | | --from 25:00: must be a time such as",
                " | 14:30 | | --from 14:30: a time of the day needs its --day, for example --day 2026-11-22",
                "2026-08-09 | 14:30 | 14:30 | --from 14:30 --to 14:30: --to must be later than --from",
                " | 2026-08-20T00:00:00Z | | --from 2026-08-20T00:00:00Z holds no record: those that there are go from 2026-08-09T12:00:00.002Z to 2026-08-12T12:00:00.006Z",
                "2026-08-11 | 11:00 | 12:00 | --from 11:00 --to 12:00 holds no record: those that there are go from 2026-08-11T12:00:00.002Z"
            })
    void shouldSayWhatIsWrongWithTimes(String day, String from, String to, String message) {
        final String refusal =
                assertThrows(UsageException.class, () -> times(day, from, to)).getMessage();
        assertTrue(refusal.startsWith(message), refusal);
    }

    @Test
    void shouldTakeTimesOrRecordsButNotBoth() {
        final Recording recording = Recording.open(journal.directory());
        assertEquals(
                "--to 2026-08-09T12:00:00Z and --records 1-5: give one of them",
                assertThrows(
                                UsageException.class,
                                () -> ReplayRange.of(recording, null, "1-5", null, "2026-08-09T12:00:00Z"))
                        .getMessage());
    }

    @Test
    void shouldTakeADayOrRecordsButNotBoth() {
        assertEquals("--day 2026-08-09 and --records 1-5: give one of them", refusal("2026-08-09", "1-5"));
    }

    @Test
    void shouldSayThatTheJournalIsEmpty() {
        final Journal empty = Journal.create(directory.resolve("empty"), JournalFormat.MARKET);
        try (FeedWriter feed = new FeedWriter(empty)) {
            assertEquals(0, feed.lastSequence());
            assertTrue(assertThrows(
                            RuntimeException.class,
                            () -> ReplayRange.of(Recording.open(empty.directory()), null, null, null, null))
                    .getMessage()
                    .contains(empty.directory().toString()));
        }
    }

    @ParameterizedTest
    @CsvSource({"max, max", "1x, 1x", "50x, 50x", "0.5x, 0.5x", "1.0x, 1x", "999999x, 999999x"})
    void shouldReadAPaceAndWriteItBack(String text, String written) {
        assertEquals(written, Pace.parse(text).toString());
        assertEquals(Pace.parse(text), Pace.parse(written));
    }

    @ParameterizedTest
    @ValueSource(strings = {"0x", "0.0x", "-1x", "2", "x", "fast", "1e3x", "1000000000x", "MAX", ""})
    void shouldSayHowAPaceIsWritten(String text) {
        assertEquals(
                "--pace " + text + ": must be max or a multiple of the recorded speed, for example 1x or 50x",
                assertThrows(UsageException.class, () -> Pace.parse(text)).getMessage());
    }
}
