package org.aegishydra.trader;

import org.aegishydra.core.run.RunSummary;

/**
 * How a live trader uses its machine: no decision depends on it, so it is no part of a run's settings.
 *
 * @param idling what the trading thread does while nothing comes.
 * @param pinning the trading thread's CPU, or null for any.
 */
record LiveSettings(Idling idling, ThreadPinning pinning) {
    /** Before the run's threads are started. */
    void beforeOtherThreads() {
        if (pinning != null) {
            pinning.keepOff();
        }
    }

    /** Before the trading thread begins to trade. */
    void beforeTrading() {
        if (pinning != null) {
            pinning.pin();
        }
    }

    /** After the last record. */
    void afterTrading() {
        if (pinning != null) {
            pinning.release();
        }
    }

    RunSummary.TradingThread summary() {
        return new RunSummary.TradingThread(idling.optionName(), pinning == null ? null : pinning.cpu());
    }
}
