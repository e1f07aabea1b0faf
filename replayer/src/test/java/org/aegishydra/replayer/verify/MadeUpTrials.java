package org.aegishydra.replayer.verify;

import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import org.HdrHistogram.Histogram;
import org.aegishydra.core.latency.LatencyFigures;
import org.aegishydra.core.run.RunSummary;
import org.aegishydra.replayer.trial.Timeline;
import org.aegishydra.replayer.trial.Trial;

/** Trials that nobody ran, of 20,000 steps each. */
final class MadeUpTrials {
    static final int ROUNDS = 10;

    static final RunSummary.Decisions DECISIONS = new RunSummary.Decisions(40, 10, 5, 5, 20, 3, 2, 2, Map.of());
    static final RunSummary.Decisions NO_DECISIONS = new RunSummary.Decisions(0, 0, 0, 0, 0, 0, 0, 0, Map.of());

    private MadeUpTrials() {}

    static LatencyFigures figures(long meanNs, long p99Ns) {
        return new LatencyFigures(20_000, meanNs, meanNs, meanNs, p99Ns, p99Ns * 2, p99Ns * 3);
    }

    static Trial trial(String variant, int round, String digest, long meanNs, long p99Ns, long spikes) {
        return trial(variant, round, digest, figures(meanNs, p99Ns), spikes, figures(1, 1), DECISIONS);
    }

    static Trial trial(
            String variant,
            int round,
            String digest,
            LatencyFigures service,
            long spikes,
            LatencyFigures noise,
            RunSummary.Decisions decisions) {
        final Histogram histogram = new Histogram(3);
        histogram.recordValue(service.p99Ns());
        final ByteBuffer bytes = ByteBuffer.allocate(histogram.getNeededByteBufferCapacity());
        final int length = histogram.encodeIntoCompressedByteBuffer(bytes);
        final String encoded = Base64.getEncoder().encodeToString(Arrays.copyOf(bytes.array(), length));
        return new Trial(
                variant,
                variant,
                round,
                digest,
                decisions,
                20_000,
                1,
                0.2,
                service,
                service,
                Map.of(),
                spikes,
                List.of(),
                new Timeline(1, 1, List.of(), List.of()),
                noise,
                List.of(),
                Map.of("service", encoded, "response", encoded, "noise", encoded),
                List.of(),
                2);
    }

    /** Trials that differ from round to round by some percent, as those of a machine do: one a round. */
    static List<Trial> of(String variant, String digest, long meanNs, long p99Ns, long spikes) {
        final List<Trial> trials = new ArrayList<>();
        for (int round = 1; round <= ROUNDS; round++) {
            final int percent = 100 + (round * 7 + variant.length() * 5) % 11;
            trials.add(
                    trial(variant, round, digest, meanNs * percent / 100, p99Ns * percent / 100, spikes + round % 3));
        }
        return trials;
    }
}
