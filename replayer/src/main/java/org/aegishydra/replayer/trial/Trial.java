package org.aegishydra.replayer.trial;

import com.fasterxml.jackson.databind.PropertyNamingStrategies;
import com.fasterxml.jackson.databind.annotation.JsonNaming;
import java.util.List;
import java.util.Map;
import org.aegishydra.core.latency.LatencyFigures;
import org.aegishydra.core.run.RunSummary;

/**
 * What one run of one variant, in a JVM of its own, came to.
 *
 * @param variant the variant's name.
 * @param forms the variant whose forms it has.
 * @param round from 1; 0 of a pilot, which is in no verdict.
 * @param digest over decisions and books.
 * @param decisions what the run decided: a digest over nothing proves nothing.
 * @param steps how many steps there were behind the run-up, to which alone the figures belong.
 * @param measuredSeconds from the first record to the last.
 * @param busyShare the share of that time in which it did not wait until a record was due.
 * @param service the times of whole steps, what followed them included.
 * @param response from when each step was due to its end; null where none was due.
 * @param parts the parts of a step that have values, by name.
 * @param spikes steps whose own time was over the spike threshold.
 * @param keptSpikes the longest {@value SpikeKeeper#MAX_KEPT} of them, in their order.
 * @param noise how late a sleeping thread woke up meanwhile.
 * @param histograms the histograms in HdrHistogram's compressed form, base64: {@code service}, {@code response}, {@code noise}.
 * @param flags of the JVM, as it was started.
 * @param wallSeconds the whole trial: start of the JVM, warm-up and end included; set by who ran it.
 */
@JsonNaming(PropertyNamingStrategies.SnakeCaseStrategy.class)
public record Trial(
        String variant,
        String forms,
        int round,
        String digest,
        RunSummary.Decisions decisions,
        long steps,
        double measuredSeconds,
        double busyShare,
        LatencyFigures service,
        LatencyFigures response,
        Map<String, LatencyFigures> parts,
        long spikes,
        List<Spike> keptSpikes,
        Timeline timeline,
        LatencyFigures noise,
        List<MemoryWatch.Sample> memory,
        Map<String, String> histograms,
        List<String> flags,
        double wallSeconds) {

    /** What the verdict is about: from when a step was due, if any was; else what it took. */
    public LatencyFigures latency() {
        return response == null ? service : response;
    }

    /** The name of the histogram of {@link #latency()}. */
    public String latencyHistogram() {
        return histograms.get(response == null ? "service" : "response");
    }

    Trial took(double newWallSeconds) {
        return new Trial(
                variant,
                forms,
                round,
                digest,
                decisions,
                steps,
                measuredSeconds,
                busyShare,
                service,
                response,
                parts,
                spikes,
                keptSpikes,
                timeline,
                noise,
                memory,
                histograms,
                flags,
                newWallSeconds);
    }
}
