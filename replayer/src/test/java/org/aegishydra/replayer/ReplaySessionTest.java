package org.aegishydra.replayer;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.BooleanSupplier;
import org.aegishydra.core.journal.Journal;
import org.aegishydra.core.journal.JournalFormat;
import org.aegishydra.core.journal.RecordKind;
import org.aegishydra.core.run.FeedWriter;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ReplaySessionTest {
    private static final int RECORDS = 50;
    private static final long MS_NS = 1_000_000L;

    @TempDir
    Path directory;

    private Journal journal;

    /** A record as it was handed over, apart from its monotonic time. */
    private record Handed(long sequence, RecordKind kind, int connection, long wallNs, long eventNs, String text) {}

    private final List<Handed> handed = new ArrayList<>();
    private final List<Long> dueNs = new ArrayList<>();
    private final List<Long> handedAtNs = new ArrayList<>();

    /** Records at irregular distances of up to 6 ms; once the clock steps back by a second. */
    @BeforeEach
    void record() {
        journal = Journal.create(directory.resolve("market"), JournalFormat.RUN);
        try (FeedWriter feed = new FeedWriter(journal).connect()) {
            for (int i = 2; i < RECORDS; i++) {
                feed.afterMs(i == 20 ? -1000 : i == 21 ? 1003 : i % 7).raw("record " + i);
            }
        }
    }

    private ReplaySession session(long first, long last, Pace pace, BooleanSupplier stop) {
        return new ReplaySession(journal.tailer(), new ReplayRange(first, last), pace, Waiting.SPIN, stop);
    }

    private void play(ReplaySession session) {
        handed.clear();
        dueNs.clear();
        handedAtNs.clear();
        try (session) {
            while (session.state() != ReplaySession.State.ENDED) {
                poll(session);
            }
            assertEquals(0, poll(session), "nothing comes after the end");
        }
    }

    private int poll(ReplaySession session) {
        return session.poll(
                (header, buffer, offset, length) -> {
                    handedAtNs.add(System.nanoTime());
                    dueNs.add(header.monotonicTimeNs());
                    handed.add(new Handed(
                            header.sequence(),
                            header.kind(),
                            header.connectionId(),
                            header.wallTimeNs(),
                            header.eventTimeNs(),
                            buffer.getStringWithoutLengthUtf8(offset, length)));
                },
                7);
    }

    @Test
    void shouldHandOverTheSameRecordsAtEveryPace() {
        play(session(1, RECORDS, Pace.MAX, () -> false));
        final List<Handed> atMax = List.copyOf(handed);
        assertEquals(RECORDS, atMax.size());
        assertTrue(dueNs.stream().allMatch(due -> due == 0), "at max no time of reception is known");
        for (final String pace : new String[] {"1x", "50x", "0.9x"}) {
            play(session(1, RECORDS, Pace.parse(pace), () -> false));
            assertEquals(atMax, handed, pace);
        }
    }

    @ParameterizedTest
    @CsvSource({"1, 50", "1, 1", "50, 50", "10, 20", "7, 14", "2, 49"})
    void shouldPlayExactlyItsRange(long first, long last) {
        for (final Pace pace : List.of(Pace.MAX, new Pace(1000))) {
            play(session(first, last, pace, () -> false));
            assertEquals(last - first + 1, handed.size());
            assertEquals(first, handed.get(0).sequence());
            assertEquals(last, handed.get(handed.size() - 1).sequence());
        }
    }

    @Test
    void shouldEndAtTheJournalsEndAtTheLatest() {
        play(session(40, 1000, Pace.MAX, () -> false));
        assertEquals(11, handed.size());
        play(session(51, 60, Pace.MAX, () -> false));
        assertEquals(0, handed.size());
    }

    @ParameterizedTest
    @CsvSource({"1x", "3x", "0.7x"})
    void shouldTellWhenAPacedRecordWasDue(String text) {
        final Pace pace = Pace.parse(text);
        play(session(5, RECORDS, pace, () -> false));
        for (int i = 0; i < handed.size(); i++) {
            final long eventNs = handed.get(i).eventNs() - handed.get(0).eventNs();
            assertEquals((long) (eventNs / pace.speed()), dueNs.get(i) - dueNs.get(0));
            assertTrue(handedAtNs.get(i) >= dueNs.get(i), "no record comes before it is due");
            assertTrue(i == 0 || dueNs.get(i) >= dueNs.get(i - 1), "event time never runs backwards");
        }
    }

    @Test
    void shouldNotMoveADueTimeBecauseTheReaderIsSlow() {
        try (ReplaySession session = session(1, RECORDS, Pace.parse("1x"), () -> false)) {
            poll(session);
            final long beginNs = System.nanoTime();
            while (System.nanoTime() - beginNs < 50 * MS_NS) {
                Thread.onSpinWait();
            }
            for (int i = 0; i < 9; i++) {
                poll(session);
            }
        }
        final long eventNs = handed.get(9).eventNs() - handed.get(0).eventNs();
        assertEquals(eventNs, dueNs.get(9) - dueNs.get(0));
        assertTrue(handedAtNs.get(9) - dueNs.get(9) > 10 * MS_NS, "the wait is part of the latency");
    }

    @Test
    void shouldEndWhenItIsToldToStop() {
        for (final Pace pace : List.of(Pace.MAX, new Pace(1000))) {
            handed.clear();
            final AtomicBoolean stop = new AtomicBoolean();
            try (ReplaySession session = session(1, RECORDS, pace, stop::get)) {
                assertEquals(ReplaySession.State.READY, session.state());
                poll(session);
                assertEquals(ReplaySession.State.PLAYING, session.state());
                final int before = handed.size();
                stop.set(true);
                assertEquals(0, poll(session));
                assertEquals(ReplaySession.State.ENDED, session.state());
                stop.set(false);
                assertEquals(0, poll(session));
                assertEquals(before, handed.size());
                assertEquals(before + 1, session.nextSequence());
            }
        }
    }

    @Test
    void shouldHandOverWhatIsDueAtOnceAndWaitForOneRecordAtMost() {
        try (ReplaySession session = session(1, RECORDS, Pace.parse("1x"), () -> false)) {
            while (session.nextSequence() < 10) {
                assertTrue(poll(session) > 0);
            }
            final long lateUntilNs = dueNs.get(dueNs.size() - 1) + 40 * MS_NS;
            while (System.nanoTime() < lateUntilNs) {
                Thread.onSpinWait();
            }
            final int before = handed.size();
            assertEquals(7, poll(session), "more were due than were asked for");
            assertEquals(before + 7, handed.size());
            while (session.state() != ReplaySession.State.ENDED) {
                poll(session);
            }
            assertEquals(RECORDS, session.lateness().getTotalCount());
            assertTrue(session.lateness().getMaxValue() > 10 * MS_NS);
            assertTrue(session.ownLateness().getTotalCount() < RECORDS, "who makes others wait is not the pacer");
        }
    }

    @Test
    @Timeout(20)
    void shouldNotWaitForTheNextRecordWhenItIsToldToStop() {
        final AtomicLong askedAtNs = new AtomicLong();
        final BooleanSupplier stop = () -> {
            if (handed.isEmpty()) {
                return false;
            }
            askedAtNs.compareAndSet(0, System.nanoTime());
            return System.nanoTime() - askedAtNs.get() > 20 * MS_NS;
        };
        try (ReplaySession session = session(10, RECORDS, Pace.parse("0.00001x"), stop)) {
            assertEquals(1, poll(session), "the next record was not due");
            assertEquals(ReplaySession.State.ENDED, session.state());
            assertEquals(11, session.nextSequence());
            assertEquals(0, poll(session));
        }
        assertEquals(1, handed.size());
    }
}
