package org.aegishydra.replayer.trial;

import com.fasterxml.jackson.databind.PropertyNamingStrategies;
import com.fasterxml.jackson.databind.annotation.JsonNaming;
import java.util.List;
import org.aegishydra.core.latency.LatencyTrace;
import org.aegishydra.core.latency.StallCause;
import org.aegishydra.core.latency.StallWitnesses;
import org.aegishydra.core.run.StepOperation;

/**
 * A step over the threshold, with what ran in it and what the platform did meanwhile. Times in ns; null where one is unknown.
 *
 * @param record the market record that led to the step.
 * @param atSeconds since the trial's first record.
 * @param followNs what followed the step, inline.
 * @param operations the housekeeping that ran in it.
 * @param cause what covers at least half of its time: what the platform did, by {@link StallCause}; else {@value #HOUSEKEEPING},
 *     if that was what followed the step; else {@code unexplained}.
 */
@JsonNaming(PropertyNamingStrategies.SnakeCaseStrategy.class)
public record Spike(
        long step,
        long record,
        double atSeconds,
        long totalNs,
        Long decodeNs,
        Long bookNs,
        long engineNs,
        long orderNs,
        long followNs,
        List<String> operations,
        String cause) {
    /** The cause where the step's own housekeeping is it. */
    public static final String HOUSEKEEPING = "housekeeping";

    /** The cause where nothing that was watched tells. */
    public static final String UNEXPLAINED = StallCause.UNEXPLAINED.displayName();

    /** Of a step as it was kept. */
    static Spike of(SpikeKeeper.Kept kept, long startNs, StallWitnesses witnesses) {
        return new Spike(
                kept.step(),
                kept.record(),
                (kept.endNs() - startNs) / 1e9,
                kept.totalNs(),
                known(kept.decodeNs()),
                known(kept.bookNs()),
                kept.engineNs(),
                kept.orderNs(),
                kept.followNs(),
                StepOperation.names(kept.operations()),
                cause(kept, witnesses));
    }

    private static Long known(long ns) {
        return ns == LatencyTrace.UNKNOWN ? null : ns;
    }

    private static String cause(SpikeKeeper.Kept kept, StallWitnesses witnesses) {
        final StallCause platform = witnesses.explain(kept.endNs() - kept.totalNs(), kept.endNs());
        if (platform != StallCause.UNEXPLAINED && platform != StallCause.PAGE_FAULTS) {
            return platform.displayName();
        }
        // Faults have no length that is known: work that is seen to fill the time says more.
        final boolean housekeeping = kept.operations() != 0 && kept.followNs() >= kept.totalNs() / 2;
        return housekeeping ? HOUSEKEEPING : platform.displayName();
    }
}
