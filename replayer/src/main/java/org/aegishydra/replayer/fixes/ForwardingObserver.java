package org.aegishydra.replayer.fixes;

import org.aegishydra.core.run.DecisionRecord;
import org.aegishydra.core.run.StepRecord;
import org.aegishydra.trader.StepObserver;

/** Passes everything on to another observer: for who changes one thing about it. Used by the trading thread. */
public abstract class ForwardingObserver implements StepObserver {
    private final StepObserver observer;

    protected ForwardingObserver(StepObserver observer) {
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
        observer.onSpike(step, followNs);
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
