package org.aegishydra.replayer.fixes;

import org.aegishydra.core.run.DecisionRecord;
import org.aegishydra.core.run.StepRecord;
import org.aegishydra.trader.StepObserver;

/**
 * One concern of what follows a step: an observer that does nothing but what a form adds. Used by the trading thread.
 */
abstract class StepWork implements StepObserver {
    @Override
    public void onDecision(DecisionRecord decision) {
        // Of no concern.
    }

    @Override
    public boolean follows(long step) {
        return true;
    }

    @Override
    public long onStep(StepRecord step) {
        return 0;
    }

    @Override
    public void onSpike(StepRecord step, long followNs) {
        // Detection is a concern of its own.
    }

    @Override
    public void onIdle() {
        // Nothing is put off.
    }

    @Override
    public void close() {
        // Nothing is left.
    }
}
