package org.aegishydra.replayer.trial;

import java.util.List;
import java.util.function.LongSupplier;
import org.HdrHistogram.Histogram;
import org.aegishydra.core.latency.LatencyRecorder;
import org.aegishydra.core.latency.LatencyTrace;
import org.aegishydra.core.latency.StepTimes;

/**
 * What is measured of a trial's steps, from outside and alike for every variant: the histograms of a run, their course, their
 * spikes, and, where steps were due at a time, how long after it each had ended. Used by the trading thread.
 *
 * <p>A step is a spike by its <em>own time</em>. At full speed that is what the step took. Where it was due at a time, it is
 * what passed until its end since then or, if that was later, since the end of the step before it: so what the trader does
 * between two steps counts as well, and a stop counts once, not again for each step that had to queue behind it.
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
    private final long spikeThresholdNs;
    private final SpikeKeeper spikes;
    private final LongSupplier currentRecord;
    private long steps;
    private long firstStep;
    private long lastEndNs;

    /**
     * Times of a trial that has not begun.
     *
     * @param currentRecord the market record that leads to the step.
     */
    TrialTimes(long spikeThresholdNs, SpikeKeeper spikes, LongSupplier currentRecord) {
        this.spikeThresholdNs = spikeThresholdNs;
        this.spikes = spikes;
        this.currentRecord = currentRecord;
    }

    /** The run-up is over: steps count from here on. */
    void begin() {
        firstStep = steps + 1;
    }

    @Override
    public void record(LatencyTrace trace) {
        steps++;
        final long operations = spikes.takeOperations();
        if (firstStep != 0) {
            stages.record(trace);
            final long responseNs = trace.receiveToEndNs();
            if (responseNs >= 0) {
                response.recordValue(Math.min(responseNs, MAX_NS));
            }
            final long ownNs = responseNs < 0 ? trace.totalNs() : Math.min(responseNs, trace.endNs() - lastEndNs);
            timeline.add(ownNs);
            if (ownNs > spikeThresholdNs) {
                spikes.keep(trace, ownNs, steps, currentRecord.getAsLong(), operations);
            }
        }
        lastEndNs = trace.endNs();
    }

    /** How many steps were measured. */
    long steps() {
        return firstStep == 0 ? 0 : steps - firstStep + 1;
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
        return timeline.timeline(firstStep);
    }
}
