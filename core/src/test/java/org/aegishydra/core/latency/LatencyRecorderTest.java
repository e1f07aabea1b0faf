package org.aegishydra.core.latency;

import static org.junit.jupiter.api.Assertions.assertEquals;
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
        trace.end();
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
