package org.aegishydra.recorder.feed;

import java.util.LinkedHashMap;
import java.util.Map;
import org.HdrHistogram.Histogram;

/**
 * How long the journal takes: for each append, and for each message from its reception until it was in the journal,
 * waiting for other connections' appends included. {@link #take()} by one thread; the figures may be asked from any.
 */
public final class RecorderGauge {
    private final RecordingWriter writer;
    private final Histogram appendNs = new Histogram(3);
    private final Histogram receptionNs = new Histogram(3);
    private Histogram lastAppendNs;
    private Histogram lastReceptionNs;

    RecorderGauge(RecordingWriter writer) {
        this.writer = writer;
        lastAppendNs = writer.takeAppendNs(null);
        lastReceptionNs = writer.takeReceptionNs(null);
    }

    /** Adds what was measured since the last call. */
    synchronized void take() {
        lastAppendNs = writer.takeAppendNs(lastAppendNs);
        lastReceptionNs = writer.takeReceptionNs(lastReceptionNs);
        appendNs.add(lastAppendNs);
        receptionNs.add(lastReceptionNs);
    }

    /** Nanoseconds an append, since the start: at a percentile, 100 for the longest. */
    public synchronized long appendNs(double percentile) {
        return appendNs.getValueAtPercentile(percentile);
    }

    /** Nanoseconds an append, in the last interval that was taken. */
    public synchronized long recentAppendNs(double percentile) {
        return lastAppendNs.getValueAtPercentile(percentile);
    }

    /** The figures since the start, for a report. */
    public synchronized Map<String, Object> toReport() {
        final Map<String, Object> report = new LinkedHashMap<>();
        report.put("append_ns", percentiles(appendNs));
        report.put("reception_to_journal_ns", percentiles(receptionNs));
        return report;
    }

    private static Map<String, Object> percentiles(Histogram histogram) {
        final Map<String, Object> percentiles = new LinkedHashMap<>();
        percentiles.put("count", histogram.getTotalCount());
        percentiles.put("p50", histogram.getValueAtPercentile(50));
        percentiles.put("p99", histogram.getValueAtPercentile(99));
        percentiles.put("p99_9", histogram.getValueAtPercentile(99.9));
        percentiles.put("max", histogram.getMaxValue());
        return percentiles;
    }
}
