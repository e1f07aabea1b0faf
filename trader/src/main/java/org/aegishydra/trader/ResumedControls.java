package org.aegishydra.trader;

import org.aegishydra.core.run.ControlRecord;

/**
 * The controls of a run that was resumed: first those that it had before, at their places, then those that come now; no new
 * one before the last record that the run is known to have handled. Used by the trading thread.
 */
final class ResumedControls implements ControlSource {
    private final ControlSource recorded;
    private final long lastSequence;
    private final ControlSource live;

    /**
     * The controls of both.
     *
     * @param recorded those of the run so far that are to be repeated.
     * @param lastSequence the last record that the run handled, as far as its journal tells.
     */
    ResumedControls(ControlSource recorded, long lastSequence, ControlSource live) {
        this.recorded = recorded;
        this.lastSequence = lastSequence;
        this.live = live;
    }

    @Override
    public ControlRecord due(long handled) {
        final ControlRecord control = recorded.due(handled);
        return control == null && handled >= lastSequence ? live.due(handled) : control;
    }
}
