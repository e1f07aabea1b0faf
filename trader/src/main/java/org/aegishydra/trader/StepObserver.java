package org.aegishydra.trader;

import org.aegishydra.core.run.DecisionRecord;
import org.aegishydra.core.run.StepRecord;

/**
 * What follows a step, on the trading thread. Its time is part of the step's. The records are reused: valid during the
 * call.
 *
 * <p>A seam: {@link StepJournal} writes a record and leaves the rest to the scribe; forms that do more inline are put in
 * its place to measure what they cost.
 */
public interface StepObserver extends AutoCloseable {
    /** A decision was taken and written, in the step that is about to end. */
    void onDecision(DecisionRecord decision);

    /** Whether something follows this step, of which a record is needed. */
    boolean follows(long step);

    /**
     * A step ended with its decisions written. Called if something {@link #follows}.
     *
     * @param step its times end where the decisions were written.
     * @return the bits of the {@link org.aegishydra.core.run.StepOperation}s that ran in this call.
     */
    long onStep(StepRecord step);

    /**
     * The step that ended last took longer than the spike threshold.
     *
     * @param step its times are complete now.
     * @param followNs what followed it took, in ns.
     */
    void onSpike(StepRecord step, long followNs);

    /** There is no record that waits: the time for what was put off. */
    void onIdle();

    @Override
    void close();
}
