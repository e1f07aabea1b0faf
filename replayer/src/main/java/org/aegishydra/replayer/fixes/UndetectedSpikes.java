package org.aegishydra.replayer.fixes;

import org.aegishydra.core.run.StepRecord;
import org.aegishydra.trader.StepObserver;

/** Fix 7 before where steps are recorded: an observer that is not told about spikes. Used by the trading thread. */
final class UndetectedSpikes extends ForwardingObserver {
    UndetectedSpikes(StepObserver observer) {
        super(observer);
    }

    @Override
    public void onSpike(StepRecord step, long followNs) {
        // Nobody looks.
    }
}
