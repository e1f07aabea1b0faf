package org.aegishydra.replayer.verify;

import com.fasterxml.jackson.databind.PropertyNamingStrategies;
import com.fasterxml.jackson.databind.annotation.JsonNaming;
import org.aegishydra.core.latency.LatencyFigures;
import org.aegishydra.core.run.RunSummary;

/**
 * What one run of one variant, in a JVM of its own, came to.
 *
 * @param variant the variant's name.
 * @param digest over decisions and books.
 * @param decisions what the run decided: a digest over nothing proves nothing.
 * @param loop the times of whole steps.
 * @param engine the times of the strategy alone.
 * @param spikes steps over the spike threshold.
 * @param noise how late a sleeping thread woke up meanwhile.
 */
@JsonNaming(PropertyNamingStrategies.SnakeCaseStrategy.class)
public record Trial(
        String variant,
        String digest,
        RunSummary.Decisions decisions,
        LatencyFigures loop,
        LatencyFigures engine,
        long spikes,
        LatencyFigures noise) {}
