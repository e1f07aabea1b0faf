package org.aegishydra.core.latency;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.FileNotFoundException;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.HdrHistogram.Histogram;
import org.HdrHistogram.HistogramLogReader;
import org.aegishydra.core.latency.LatencyRecorder.Stage;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class LatencyRecorderTest {
    @TempDir
    Path directory;

    private static LatencyTrace step(long receivedNs) {
        final LatencyTrace trace = new LatencyTrace();
        trace.begin(receivedNs);
        trace.decoded();
        trace.booked();
        trace.strategyEnded();
        trace.decided();
        trace.followed();
        return trace;
    }

    @Test
    void shouldSplitAStepIntoStagesThatAddUp() {
        final LatencyTrace trace = step(0);
        assertEquals(
                trace.totalNs(),
                trace.decodeNs() + trace.bookNs() + trace.strategyNs() + trace.orderNs() + trace.followNs());
        assertEquals(LatencyTrace.UNKNOWN, trace.receiveToDecisionNs());
    }

    @Test
    void shouldTellDecodingFromTheBookNowAndThenAtFullSpeedAndNeverGuess() {
        final LatencyTrace trace = new LatencyTrace();
        int told = 0;
        for (int i = 0; i < 10 * LatencyTrace.SPLIT_INTERVAL; i++) {
            trace.begin(0);
            trace.decoded();
            trace.booked();
            trace.strategyEnded();
            if (trace.isSplit()) {
                told++;
                assertEquals(trace.totalNs(), trace.decodeNs() + trace.bookNs() + trace.strategyNs());
            } else {
                assertEquals(LatencyTrace.UNKNOWN, trace.decodeNs());
                assertEquals(LatencyTrace.UNKNOWN, trace.bookNs());
            }
        }
        assertEquals(10, told);
    }

    @Test
    void shouldTellAllStagesOfEveryStepWhoseReceptionIsKnown() {
        final LatencyTrace trace = new LatencyTrace();
        for (int i = 0; i < 3 * LatencyTrace.SPLIT_INTERVAL; i++) {
            trace.begin(System.nanoTime());
            trace.decoded();
            trace.booked();
            trace.strategyEnded();
            assertEquals(trace.totalNs(), trace.decodeNs() + trace.bookNs() + trace.strategyNs());
        }
    }

    @Test
    void shouldCountTheTimeBetweenTwoStepsAtFullSpeedUnlessSomethingElseWasDoneInIt() {
        final LatencyTrace trace = new LatencyTrace();
        oneStep(trace, 0);
        spin(2_000_000);
        oneStep(trace, 0);
        assertTrue(trace.totalNs() >= 2_000_000, "reading the next record is a part of its step");
        oneStep(trace, 0);
        trace.pause();
        spin(2_000_000);
        final long pausedUntilNs = System.nanoTime();
        oneStep(trace, 0);
        assertTrue(trace.totalNs() <= System.nanoTime() - pausedUntilNs, "the pause is no step's");
        oneStep(trace, 1);
        final long idleForNs = spin(2_000_000);
        final long beginNs = System.nanoTime();
        oneStep(trace, beginNs);
        assertTrue(trace.totalNs() <= System.nanoTime() - beginNs, () -> "the wait of " + idleForNs + " is no step's");
        trace.begin(0);
        spin(2_000_000);
        final long stepBeginNs = System.nanoTime();
        oneStep(trace, 0);
        assertTrue(trace.totalNs() <= System.nanoTime() - stepBeginNs, "a record without a step is no step's");
    }

    @Test
    void shouldBeginTheStepOfASecondProductWhereTheFirstOnesEnded() {
        final LatencyTrace trace = new LatencyTrace();
        trace.begin(System.nanoTime());
        trace.decoded();
        spin(2_000_000);
        trace.booked();
        trace.strategyEnded();
        assertTrue(trace.isSplit());
        trace.booked();
        trace.strategyEnded();
        assertFalse(trace.isSplit(), "it had nothing to decode, which would be a time of 0 among the others");
        assertEquals(0, trace.decodeNs());
        assertEquals(0, trace.bookNs());
        assertEquals(trace.strategyNs(), trace.totalNs());
    }

    private static void oneStep(LatencyTrace trace, long receivedNs) {
        trace.begin(receivedNs);
        trace.decoded();
        trace.booked();
        trace.strategyEnded();
    }

    private static long spin(long ns) {
        final long beginNs = System.nanoTime();
        while (System.nanoTime() - beginNs < ns) {
            Thread.onSpinWait();
        }
        return System.nanoTime() - beginNs;
    }

    @Test
    void shouldLeaveOutStagesInWhichNothingWasDone() {
        final LatencyRecorder recorder = new LatencyRecorder();
        final LatencyTrace trace = new LatencyTrace();
        oneStep(trace, System.nanoTime());
        recorder.record(trace);
        assertEquals(
                List.of("Loop", "Eng", "Decode", "Book", "Receive"),
                List.copyOf(recorder.figures().keySet()));
    }

    @Test
    void shouldMeasureFromReceptionToTheDecision() {
        final long receivedNs = System.nanoTime() - 5_000_000;
        final LatencyTrace trace = step(receivedNs);
        assertTrue(trace.receiveToDecisionNs() >= 5_000_000 + trace.totalNs() - trace.followNs());
    }

    @Test
    void shouldLeaveOutReceptionWhereItIsUnknown() {
        final LatencyRecorder recorder = new LatencyRecorder();
        recorder.record(step(0));
        recorder.record(step(0));
        assertEquals(
                List.of("Loop", "Eng", "Decode", "Book", "Order", "Follow"),
                List.copyOf(recorder.figures().keySet()));
        recorder.record(step(System.nanoTime()));
        assertEquals(3, recorder.figures().get("Loop").count());
        assertEquals(1, recorder.figures().get("Receive").count());
    }

    @Test
    void shouldCapWhatIsLongerThanItsRange() {
        final LatencyRecorder recorder = new LatencyRecorder();
        recorder.record(step(System.nanoTime() - 3_600_000_000_000L));
        final double maxNs = (double) recorder.figures().get("Receive").maxNs();
        assertEquals(600e9, maxNs, 600e9 / 1000);
    }

    @Test
    void shouldWriteALogThatHdrHistogramsOwnReaderReads() throws FileNotFoundException {
        final LatencyRecorder recorder = new LatencyRecorder();
        for (int i = 0; i < 1000; i++) {
            recorder.record(step(System.nanoTime()));
        }
        final Path file = directory.resolve("latency.hlog");
        recorder.writeLog(file);
        final Map<String, Histogram> read = new HashMap<>();
        try (HistogramLogReader reader = new HistogramLogReader(file.toFile())) {
            while (reader.hasNext()) {
                final Histogram histogram = (Histogram) reader.nextIntervalHistogram();
                read.put(histogram.getTag(), histogram);
            }
        }
        for (final Stage stage : Stage.values()) {
            assertEquals(recorder.histogram(stage), read.get(stage.displayName()), stage.toString());
        }
        assertEquals(Stage.values().length, read.size());
    }

    @Test
    void shouldGiveAHistogramsFigures() {
        final Histogram histogram = new Histogram(3);
        for (int i = 1; i <= 1000; i++) {
            histogram.recordValue(i);
        }
        assertEquals(new LatencyFigures(1000, 500.5, 500, 950, 990, 999, 1000), LatencyFigures.of(histogram));
    }
}
