package org.aegishydra.replayer.trial;

import java.util.List;
import org.HdrHistogram.Histogram;
import org.aegishydra.core.latency.LatencyRecorder;
import org.aegishydra.core.latency.LatencyTrace;
import org.aegishydra.core.latency.StepTimes;

/**
 * What is measured of a trial's steps, from outside and alike for every variant: the histograms of a run, their course, and,
 * where steps were due at a time, how long after it each had ended. Used by the trading thread.
 */
final class TrialTimes implements StepTimes {
    private static final List<LatencyRecorder.Stage> PARTS = List.of(
            LatencyRecorder.Stage.DECODE,
            LatencyRecorder.Stage.BOOK,
            LatencyRecorder.Stage.ENGINE,
            LatencyRecorder.Stage.ORDER,
            LatencyRecorder.Stage.FOLLOW);
    private static final long MAX_NS = 600_000_000_000L;

    private final LatencyRecorder stages = new LatencyRecorder();
    private final Histogram response = new Histogram(MAX_NS, 3);
    private final Timeline.Recorder timeline = new Timeline.Recorder();
    private long totalNs;
    private boolean measuring;

    /** The run-up is over: steps count from here on. */
    void begin() {
        measuring = true;
    }

    @Override
    public void record(LatencyTrace trace) {
        if (!measuring) {
            return;
        }
        stages.record(trace);
        timeline.add(trace.totalNs());
        totalNs += trace.totalNs();
        final long responseNs = trace.receiveToEndNs();
        if (responseNs >= 0) {
            response.recordValue(Math.min(responseNs, MAX_NS));
        }
    }

    /** What a step took, from the record's reading to the end of all that followed the step. */
    Histogram service() {
        return stages.histogram(LatencyRecorder.Stage.LOOP);
    }

    /** From when each step was due to its end; empty where none was due. */
    Histogram response() {
        return response;
    }

    /** The parts of a step that have values, in their order. */
    List<LatencyRecorder.Stage> parts() {
        return PARTS.stream()
                .filter(part -> stages.histogram(part).getTotalCount() > 0)
                .toList();
    }

    Histogram part(LatencyRecorder.Stage stage) {
        return stages.histogram(stage);
    }

    Timeline timeline() {
        return timeline.timeline();
    }

    /** The time of all steps together, in ns. */
    long totalNs() {
        return totalNs;
    }
}
