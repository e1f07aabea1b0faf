package org.aegishydra.core.latency;

import java.io.FileNotFoundException;
import java.io.PrintStream;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Map;
import org.HdrHistogram.Histogram;
import org.HdrHistogram.HistogramLogWriter;

/**
 * Histograms of a run's stages, in nanoseconds with three significant digits, from 1 ns to ten minutes. Written by the
 * trading thread; read after it has ended.
 */
public final class LatencyRecorder implements StepTimes {
    private static final long MAX_NS = 600_000_000_000L;
    private static final int SIGNIFICANT_DIGITS = 3;

    /** What is measured. */
    public enum Stage {
        /** The whole step, what followed it included. */
        LOOP("Loop"),
        /** The strategy. */
        ENGINE("Eng"),
        /** Of the steps that tell it from the book, see {@link LatencyTrace}. */
        DECODE("Decode"),
        /** Likewise. */
        BOOK("Book"),
        /** Risk, paper fill, decision written; of the steps that had an order. */
        ORDER("Order"),
        /** What followed the step, inline; of the steps that something followed. */
        FOLLOW("Follow"),
        /** From reception, or from when a paced record was due, to the written decision. */
        RECEIVE_TO_DECISION("Receive");

        private final String displayName;

        Stage(String displayName) {
            this.displayName = displayName;
        }

        /** The name in tables and logs. */
        public String displayName() {
            return displayName;
        }
    }

    private final Histogram[] histograms = new Histogram[Stage.values().length];
    private final Map<String, Histogram> others = new LinkedHashMap<>();
    private final long startMs = System.currentTimeMillis();

    /** A recorder without values; its histograms are allocated here, once. */
    public LatencyRecorder() {
        for (int i = 0; i < histograms.length; i++) {
            histograms[i] = new Histogram(MAX_NS, SIGNIFICANT_DIGITS);
        }
    }

    /** Records one step: the whole, the strategy, and of the other stages those that were stamped and had something to do. */
    @Override
    public void record(LatencyTrace trace) {
        record(Stage.LOOP, trace.totalNs());
        record(Stage.ENGINE, trace.strategyNs());
        if (trace.isSplit()) {
            record(Stage.DECODE, trace.decodeNs());
            record(Stage.BOOK, trace.bookNs());
        }
        if (trace.orderNs() > 0) {
            record(Stage.ORDER, trace.orderNs());
        }
        if (trace.followNs() > 0) {
            record(Stage.FOLLOW, trace.followNs());
        }
        final long receiveNs = trace.receiveToDecisionNs();
        if (receiveNs >= 0) {
            record(Stage.RECEIVE_TO_DECISION, receiveNs);
        }
    }

    private void record(Stage stage, long valueNs) {
        histograms[stage.ordinal()].recordValue(Math.min(Math.max(valueNs, 0), MAX_NS));
    }

    /** Takes a histogram that somebody else fills into the log, under a tag that is no stage's. */
    public void log(String tag, Histogram histogram) {
        others.put(tag, histogram);
    }

    /** A stage's histogram. */
    public Histogram histogram(Stage stage) {
        return histograms[stage.ordinal()];
    }

    /** The figures of every stage that has values, by display name. */
    public Map<String, LatencyFigures> figures() {
        final Map<String, LatencyFigures> figures = new LinkedHashMap<>();
        for (final Stage stage : Stage.values()) {
            final Histogram histogram = histogram(stage);
            if (histogram.getTotalCount() > 0) {
                figures.put(stage.displayName(), LatencyFigures.of(histogram));
            }
        }
        return figures;
    }

    /** Writes all histograms as one interval, each tagged with its stage, in HdrHistogram's log format. */
    public void writeLog(Path file) {
        try (PrintStream stream = new PrintStream(file.toFile(), java.nio.charset.StandardCharsets.UTF_8)) {
            final HistogramLogWriter writer = new HistogramLogWriter(stream);
            writer.outputComment("[Aegis latencies in nanoseconds, a tag a stage]");
            writer.outputLogFormatVersion();
            writer.outputStartTime(startMs);
            writer.outputLegend();
            for (final Stage stage : Stage.values()) {
                write(writer, stage.displayName(), histogram(stage));
            }
            others.forEach((tag, histogram) -> write(writer, tag, histogram));
        } catch (final FileNotFoundException e) {
            throw new java.io.UncheckedIOException("cannot write " + file, e);
        } catch (final java.io.IOException e) {
            throw new java.io.UncheckedIOException("cannot write " + file, e);
        }
    }

    private void write(HistogramLogWriter writer, String tag, Histogram histogram) {
        histogram.setTag(tag);
        histogram.setStartTimeStamp(startMs);
        histogram.setEndTimeStamp(System.currentTimeMillis());
        writer.outputIntervalHistogram(histogram);
    }
}
