package org.aegishydra.replayer.fixes;

import org.aegishydra.core.run.StepRecord;

/**
 * Fix 3 before where nobody formats rows inline: a step's two timestamps are formatted all the same, and go nowhere but into
 * a sum, which keeps them from being optimised away.
 */
final class UnreadTimestamps extends StepWork {
    private final RowTimestamps timestamps = new RowTimestamps.EachFormatted();
    private long characters;

    @Override
    public long onStep(StepRecord step) {
        characters += timestamps.ofLogRow(step.eventTimeNs()).length();
        characters += timestamps.ofStateObject(step.eventTimeNs()).length();
        return 0;
    }

    /** How many characters were formatted. */
    long characters() {
        return characters;
    }
}
