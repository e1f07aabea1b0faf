package org.aegishydra.replayer;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.file.Path;
import org.aegishydra.core.command.UsageException;
import org.aegishydra.core.journal.Journal;
import org.aegishydra.core.journal.JournalFormat;
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

    private String refusal(String day, String records) {
        return assertThrows(UsageException.class, () -> ReplayRange.of(journal, day, records))
                .getMessage();
    }

    @Test
    void shouldBeTheWholeJournalUnlessOneSaysOtherwise() {
        assertEquals(new ReplayRange(1, 35), ReplayRange.of(journal, null, null));
        assertEquals(35, ReplayRange.of(journal, null, null).records());
    }

    @ParameterizedTest
    @CsvSource({"2026-08-09, 1, 10", "2026-08-11, 11, 30", "2026-08-12, 31, 35"})
    void shouldPickADay(String day, long first, long last) {
        assertEquals(new ReplayRange(first, last), ReplayRange.of(journal, day, null));
    }

    @ParameterizedTest
    @CsvSource({"1-35, 1, 35", "1-, 1, 35", "12-12, 12, 12", "30-, 30, 35", "0012-0013, 12, 13"})
    void shouldPickRecords(String records, long first, long last) {
        assertEquals(new ReplayRange(first, last), ReplayRange.of(journal, null, records));
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

    @Test
    void shouldTakeADayOrRecordsButNotBoth() {
        assertEquals("--day 2026-08-09 and --records 1-5: give one of them", refusal("2026-08-09", "1-5"));
    }

    @Test
    void shouldSayThatTheJournalIsEmpty() {
        final Journal empty = Journal.create(directory.resolve("empty"), JournalFormat.MARKET);
        try (FeedWriter feed = new FeedWriter(empty)) {
            assertEquals(0, feed.lastSequence());
            assertTrue(assertThrows(RuntimeException.class, () -> ReplayRange.of(empty, null, null))
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
