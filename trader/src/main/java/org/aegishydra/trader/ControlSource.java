package org.aegishydra.trader;

import org.aegishydra.core.run.ControlRecord;

/**
 * Where the inputs of a run come from that are not in the market journal: a person, or the run that is being repeated.
 * Asked on the trading thread before each record.
 */
@FunctionalInterface
public interface ControlSource {
    /** No controls. */
    ControlSource NONE = lastSequence -> null;

    /**
     * The next control that is due, or null.
     *
     * @param lastSequence the last record of the market journal that was handled; 0 before the first.
     */
    ControlRecord due(long lastSequence);
}
