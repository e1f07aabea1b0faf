package org.aegishydra.replayer.verify;

import java.nio.file.Path;
import org.aegishydra.core.run.DecisionRecord;
import org.aegishydra.core.run.StepRecord;
import org.aegishydra.trader.StepObserver;

/** Adds an {@link Injection} to what follows a step. Used by the trading thread. */
final class InjectingObserver implements StepObserver {
    private final StepObserver observer;
    private final Injection injection;
    private final Path directory;

    /** @param directory where the injection may write. */
    InjectingObserver(StepObserver observer, Injection injection, Path directory) {
        this.observer = observer;
        this.injection = injection;
        this.directory = directory;
    }

    @Override
    public void onDecision(DecisionRecord decision) {
        observer.onDecision(decision);
    }

    @Override
    public boolean follows(long step) {
        return observer.follows(step) || injection.hits(step);
    }

    @Override
    public long onStep(StepRecord step) {
        final long operations = observer.follows(step.step()) ? observer.onStep(step) : 0;
        if (injection.hits(step.step())) {
            injection.run(directory);
        }
        return operations;
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
        // The observer belongs to its variant's seams.
    }
}
