package org.aegishydra.replayer.fixes;

import org.aegishydra.core.run.StepOperation;
import org.aegishydra.core.run.StepRecord;

/** Tells of the rebuildings of books' heaps, which ran within a step, what the other forms tell of their own work. */
final class HeapCleanups extends StepWork {
    private boolean rebuilt;

    /** A book has rebuilt a heap. */
    void rebuilt() {
        rebuilt = true;
    }

    @Override
    public boolean follows(long step) {
        return rebuilt;
    }

    @Override
    public long onStep(StepRecord step) {
        rebuilt = false;
        return StepOperation.HEAP_CLEANUP.bit();
    }
}
