package org.aegishydra.replayer;

import org.aegishydra.core.run.ControlRecord;
import org.aegishydra.trader.ControlSource;

/** Trading is disabled up to a record, so that the books are whole when it begins there. Used by one thread. */
final class TradingFrom implements ControlSource {
    private final long firstSequence;
    private boolean disabled;
    private boolean enabled;

    /** Trading begins with this record. */
    TradingFrom(long firstSequence) {
        this.firstSequence = firstSequence;
    }

    @Override
    public ControlRecord due(long lastSequence) {
        if (!disabled && lastSequence < firstSequence - 1) {
            disabled = true;
            return new ControlRecord(ControlRecord.Type.TRADING_DISABLED, lastSequence, "making the books whole");
        }
        if (disabled && !enabled && lastSequence >= firstSequence - 1) {
            enabled = true;
            return new ControlRecord(ControlRecord.Type.TRADING_ENABLED, lastSequence, "the range begins");
        }
        return null;
    }
}
