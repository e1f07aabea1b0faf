package org.aegishydra.trader;

import java.time.Duration;
import java.util.function.BooleanSupplier;
import org.agrona.concurrent.IdleStrategy;

/**
 * Drives the engine of a live run until it is to end, and has its state kept now and then: when there is nothing else to do,
 * or, if there always is, when the interval is over twice. Used by the trading thread.
 */
final class LiveDrive {
    /** Why a run ends for which nothing comes any more. */
    static final String IDLE = "idle";

    /** How many duty cycles with work pass between two looks at the clock. */
    private static final int CYCLES_PER_LOOK = 64;

    private final BooleanSupplier stop;
    private final IdleStrategy idle;
    private final long idleLimitNs;
    private final long checkpointIntervalNs;
    private long lastWorkNs;
    private long lastCheckpointNs;

    /**
     * A drive that has not begun.
     *
     * @param stop asked in each duty cycle.
     * @param idling what the thread does while nothing comes.
     * @param idleLimit ends the run when nothing came for this long; null for never.
     * @param checkpointInterval how often the state is kept.
     */
    LiveDrive(BooleanSupplier stop, Idling idling, Duration idleLimit, Duration checkpointInterval) {
        this.stop = stop;
        this.idle = idling.newStrategy();
        this.idleLimitNs = idleLimit == null ? Long.MAX_VALUE : idleLimit.toNanos();
        this.checkpointIntervalNs = checkpointInterval.toNanos();
    }

    /** Returns why the run ends. */
    String untilEnd(TradingRun run) {
        lastWorkNs = System.nanoTime();
        lastCheckpointNs = lastWorkNs;
        int busyCycles = 0;
        while (!stop.getAsBoolean()) {
            final int work = run.engine().doWork();
            idle.idle(work);
            if (work > 0 && ++busyCycles < CYCLES_PER_LOOK) {
                continue;
            }
            final long nowNs = System.nanoTime();
            if (busyCycles > 0) {
                busyCycles = 0;
                lastWorkNs = nowNs;
            } else if (nowNs - lastWorkNs > idleLimitNs) {
                run.checkpoint();
                return IDLE;
            }
            checkpointIfDue(run, nowNs, work == 0);
        }
        run.checkpoint();
        return "signal";
    }

    private void checkpointIfDue(TradingRun run, long nowNs, boolean nothingToDo) {
        final long sinceLastNs = nowNs - lastCheckpointNs;
        if (sinceLastNs > checkpointIntervalNs && (nothingToDo || sinceLastNs > 2 * checkpointIntervalNs)) {
            run.checkpoint();
            lastCheckpointNs = nowNs;
        }
    }
}
