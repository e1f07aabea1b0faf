package org.aegishydra.replayer.trial;

import java.nio.file.Path;
import org.aegishydra.core.run.StepRecord;
import org.aegishydra.replayer.fixes.ForwardingObserver;
import org.aegishydra.trader.StepObserver;

/** Adds an {@link Injection} to what follows a step. Used by the trading thread. */
final class InjectingObserver extends ForwardingObserver {
    private final Injection injection;
    private final Path directory;

    /** @param directory where the injection may write. */
    InjectingObserver(StepObserver observer, Injection injection, Path directory) {
        super(observer);
        this.injection = injection;
        this.directory = directory;
    }

    @Override
    public boolean follows(long step) {
        return super.follows(step) || injection.hits(step);
    }

    @Override
    public long onStep(StepRecord step) {
        final long operations = super.follows(step.step()) ? super.onStep(step) : 0;
        if (injection.hits(step.step())) {
            injection.run(directory);
        }
        return operations;
    }
}
