package org.aegishydra.replayer.diff;

import org.aegishydra.core.coinbase.Side;
import org.aegishydra.trader.strategy.OrderRequests;
import org.aegishydra.trader.strategy.StepContext;
import org.aegishydra.trader.strategy.Strategy;
import org.aegishydra.trader.strategy.StrategySettings;

/** Buys in every hundredth step; how much, it asks the clock from one step on, which no strategy may do. */
public final class ClockStrategy implements Strategy {
    private int clockStep;

    @Override
    public String name() {
        return "clock";
    }

    @Override
    public void start(StrategySettings settings, long seed) {
        clockStep = settings.wholeNumber("clock-step", 1_000_000, 1, Integer.MAX_VALUE);
    }

    @Override
    public void onStep(StepContext step, OrderRequests orders) {
        if (step.step() % 100 == 0 && step.isTradable()) {
            final long size = step.step() < clockStep ? 1_000 : 1_000 + System.nanoTime() % 1_000_000_000L;
            orders.enter(Side.BID, size, step.limitPrice(Side.BID));
        }
    }
}
