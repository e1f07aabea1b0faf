package org.aegishydra.trader;

import org.aegishydra.core.command.UsageException;
import org.aegishydra.core.run.RunSummary;

/**
 * How a live trader uses its machine: no decision depends on it, so it is no part of a run's settings.
 *
 * @param idling what the trading thread does while nothing comes.
 * @param pinning the trading thread's CPU, or null for any.
 * @param warmUpRecords how many records the engine is run on before the first one that counts, see {@link WarmUp}.
 */
record LiveSettings(Idling idling, ThreadPinning pinning, int warmUpRecords) {
    private static final int MOST_WARM_UP_RECORDS = 10_000_000;

    LiveSettings {
        if (warmUpRecords < 0 || warmUpRecords > MOST_WARM_UP_RECORDS) {
            throw new UsageException("--warm-up " + warmUpRecords + ": must be from 0 to " + MOST_WARM_UP_RECORDS);
        }
    }

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
        return new RunSummary.TradingThread(idling.optionName(), pinning == null ? null : pinning.cpu(), warmUpRecords);
    }
}
