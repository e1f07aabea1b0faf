package org.aegishydra.jmh.hop;

import com.fasterxml.jackson.annotation.JsonProperty;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;
import org.aegishydra.core.journal.JournalTailer;
import org.aegishydra.core.journal.RecordKind;
import org.aegishydra.core.latency.StallWitnesses;
import org.aegishydra.core.run.RunFolder;
import org.aegishydra.core.run.StepBatch;
import org.aegishydra.core.run.StepRecord;

/**
 * The times at which a run decided later than a limit after a message was due, each with its cause. Messages that came due
 * while the trader was late already belong to the same time. Stateless.
 */
final class LateSteps {
    /** The writer had the message in the journal too late: nothing that a reader can help. */
    private static final String WRITER = "writer's ";

    private static final int POLL_LIMIT = 1024;

    private LateSteps() {}

    /**
     * One such time.
     *
     * @param record the first late record.
     * @param steps how many steps were late in a row.
     * @param lateNs from when the first one was due to its decision, or the longest step if that was longer.
     * @param longestStepNs the longest step itself, its wait left out.
     */
    record Lateness(
            @JsonProperty("record") long record,
            @JsonProperty("steps") int steps,
            @JsonProperty("late_ns") long lateNs,
            @JsonProperty("longest_step_ns") long longestStepNs,
            @JsonProperty("cause") String cause) {}

    /** Reads a run's steps. */
    static List<Lateness> find(RunFolder run, PacedWriter writer, int warmUp, long limitNs, StallWitnesses witnesses) {
        final List<long[]> times = new ArrayList<>();
        final StepRecord view = new StepRecord();
        final Consumer<StepRecord> keepIfLate = step -> {
            final long record = step.marketSequence();
            final long lateNs = Math.max(step.receiveToDecisionNs(), step.totalNs());
            if (record > warmUp && lateNs > limitNs) {
                addTo(times, record, writer.dueNs(record), lateNs, step.totalNs());
            }
        };
        try (JournalTailer tailer = run.steps().tailer()) {
            int polled;
            do {
                polled = tailer.poll(
                        (header, buffer, offset, length) -> {
                            if (header.kind() == RecordKind.STEP) {
                                StepBatch.forEach(buffer, offset, length, view, keepIfLate);
                            }
                        },
                        POLL_LIMIT);
            } while (polled > 0);
        }
        final List<Lateness> found = new ArrayList<>();
        for (final long[] time : times) {
            final boolean byWriter = writer.lateNs(time[0]) >= time[4] / 2;
            found.add(new Lateness(
                    time[0],
                    (int) time[3],
                    time[4],
                    time[5],
                    byWriter
                            ? WRITER + writer.explain(time[0]).displayName()
                            : witnesses.explain(time[1], time[2]).displayName()));
        }
        return found;
    }

    /** Each time: first record, begin, end, steps, lateness of the first one, longest step. */
    private static void addTo(List<long[]> times, long record, long dueNs, long lateNs, long stepNs) {
        final long[] last = times.isEmpty() ? null : times.get(times.size() - 1);
        if (last != null && dueNs <= last[2]) {
            last[2] = Math.max(last[2], dueNs + lateNs);
            last[3]++;
            last[5] = Math.max(last[5], stepNs);
        } else {
            times.add(new long[] {record, dueNs, dueNs + lateNs, 1, lateNs, stepNs});
        }
    }
}
