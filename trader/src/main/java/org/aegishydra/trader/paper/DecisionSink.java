package org.aegishydra.trader.paper;

import org.aegishydra.core.run.DecisionRecord;

/** Takes decisions, in order, on the trading thread. The record is reused: valid during the call. */
@FunctionalInterface
public interface DecisionSink {
    /** A decision was taken. */
    void onDecision(DecisionRecord decision);
}
