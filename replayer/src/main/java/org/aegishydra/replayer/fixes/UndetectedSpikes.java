package org.aegishydra.replayer.fixes;

import org.aegishydra.core.run.DecisionRecord;
import org.aegishydra.core.run.StepRecord;
import org.aegishydra.trader.StepObserver;

/** Fix 7 before where steps are recorded: an observer that is not told about spikes. Used by the trading thread. */
final class UndetectedSpikes implements StepObserver {
    private final StepObserver observer;

    UndetectedSpikes(StepObserver observer) {
        this.observer = observer;
    }

    @Override
    public void onDecision(DecisionRecord decision) {
        observer.onDecision(decision);
    }

    @Override
    public boolean follows(long step) {
        return observer.follows(step);
    }

    @Override
    public long onStep(StepRecord step) {
        return observer.onStep(step);
    }

    @Override
    public void onSpike(StepRecord step, long followNs) {
        // Nobody looks.
    }

    @Override
    public void onIdle() {
        observer.onIdle();
    }

    @Override
    public void close() {
        observer.close();
    }
}
