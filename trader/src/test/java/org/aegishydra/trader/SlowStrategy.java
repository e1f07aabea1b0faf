package org.aegishydra.trader;

import org.aegishydra.trader.strategy.OrderRequests;
import org.aegishydra.trader.strategy.StepContext;
import org.aegishydra.trader.strategy.Strategy;

/** Takes a little over seven milliseconds in every tenth step, and decides nothing. */
public final class SlowStrategy implements Strategy {
    /** Every how many-th step is slow. */
    static final int SLOW_EVERY = 10;

    static final long SLOW_NS = 7_000_000L;

    @Override
    public String name() {
        return "slow";
    }

    @Override
    public void onStep(StepContext step, OrderRequests orders) {
        final long beginNs = System.nanoTime();
        while (step.step() % SLOW_EVERY == 0 && System.nanoTime() - beginNs < SLOW_NS) {
            Thread.onSpinWait();
        }
    }
}
