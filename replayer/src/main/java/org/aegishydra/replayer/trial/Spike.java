package org.aegishydra.replayer.trial;

import com.fasterxml.jackson.databind.PropertyNamingStrategies;
import com.fasterxml.jackson.databind.annotation.JsonNaming;
import java.util.List;
import org.aegishydra.core.latency.LatencyTrace;
import org.aegishydra.core.latency.StallCause;
import org.aegishydra.core.latency.StallWitnesses;
import org.aegishydra.core.run.StepOperation;

/**
 * A step whose own time (see {@link TrialTimes}) was over the threshold, with what ran in it and what the platform did
 * meanwhile. Times in ns; null where one is unknown.
 *
 * @param record the market record that led to the step.
 * @param atSeconds since the trial's first record.
 * @param totalNs its own time.
 * @param lateNs the part of it before the step began; 0 at full speed.
 * @param followNs what followed the step, inline.
 * @param operations the housekeeping that ran in it.
 * @param cause what covers at least half of its time: what the platform did, by {@link StallCause}; else {@value #HOUSEKEEPING},
 *     if that was what followed the step; else page faults, if so many can take that long; else {@code unexplained}, or
 *     {@value #NOT_WATCHED} if what was seen of the platform at that time is forgotten.
 */
@JsonNaming(PropertyNamingStrategies.SnakeCaseStrategy.class)
public record Spike(
        long step,
        long record,
        double atSeconds,
        long totalNs,
        long lateNs,
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

    /** The cause where what was seen of the platform is forgotten. */
    public static final String NOT_WATCHED = "not watched";

    /** What a fault on a small page takes at most where nothing has to be read; a faulting thread that waits is off the CPU. */
    private static final long MOST_FAULT_NS = 10_000;

    /**
     * Of a step as it was kept.
     *
     * @param startNs when the trial began.
     * @param watchedFromNs what the witnesses saw before is forgotten.
     */
    static Spike of(SpikeKeeper.Kept kept, long startNs, StallWitnesses witnesses, long watchedFromNs) {
        return new Spike(
                kept.step,
                kept.record,
                (kept.endNs - startNs) / 1e9,
                kept.ownNs,
                kept.ownNs - kept.totalNs,
                known(kept.decodeNs),
                known(kept.bookNs),
                kept.engineNs,
                kept.orderNs,
                kept.followNs,
                StepOperation.names(kept.operations),
                kept.endNs - kept.ownNs < watchedFromNs ? NOT_WATCHED : cause(kept, witnesses));
    }

    private static Long known(long ns) {
        return ns == LatencyTrace.UNKNOWN ? null : ns;
    }

    private static String cause(SpikeKeeper.Kept kept, StallWitnesses witnesses) {
        final long beginNs = kept.endNs - kept.ownNs;
        final StallCause platform = witnesses.explain(beginNs, kept.endNs);
        if (platform != StallCause.UNEXPLAINED && platform != StallCause.PAGE_FAULTS) {
            return platform.displayName();
        }
        if (kept.operations != 0 && kept.followNs >= kept.ownNs / 2) {
            return HOUSEKEEPING;
        }
        return witnesses.faults(beginNs, kept.endNs) * MOST_FAULT_NS >= kept.ownNs / 2
                ? StallCause.PAGE_FAULTS.displayName()
                : UNEXPLAINED;
    }
}
