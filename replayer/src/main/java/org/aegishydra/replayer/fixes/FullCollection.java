package org.aegishydra.replayer.fixes;

import org.aegishydra.core.run.StepOperation;
import org.aegishydra.core.run.StepRecord;

/**
 * Fix 2 before: the trading thread asks for a full collection every so many steps, and waits for it. A JVM with
 * {@code -XX:+DisableExplicitGC} would not do it.
 */
final class FullCollection extends StepWork {
    private final int stepsPerCollection;

    FullCollection(int stepsPerCollection) {
        this.stepsPerCollection = stepsPerCollection;
    }

    @Override
    public boolean follows(long step) {
        return step % stepsPerCollection == 0;
    }

    @Override
    public long onStep(StepRecord step) {
        System.gc();
        return StepOperation.GC_COLLECT.bit();
    }
}
