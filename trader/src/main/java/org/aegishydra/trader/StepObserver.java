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

    /**
     * A step ended with its decisions written.
     *
     * @return the bits of the {@link org.aegishydra.core.run.StepOperation}s that ran in this call.
     */
    long onStep(StepRecord step);

    /** The step that ended last took longer than the spike threshold; its times are complete now. */
    void onSpike(StepRecord step);

    @Override
    void close();
}
