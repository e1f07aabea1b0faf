package org.aegishydra.trader;

import org.aegishydra.core.coinbase.Side;
import org.aegishydra.trader.strategy.OrderRequests;
import org.aegishydra.trader.strategy.StepContext;
import org.aegishydra.trader.strategy.Strategy;
import org.aegishydra.trader.strategy.StrategySettings;

/** Buys one unit in every step up to a limit, whatever the book looks like, and never sells. */
public final class EagerStrategy implements Strategy {
    private double limit;

    @Override
    public String name() {
        return "eager";
    }

    @Override
    public void start(StrategySettings settings, long seed) {
        limit = settings.number("limit", 1, 0, 1e6);
    }

    @Override
    public void onStep(StepContext step, OrderRequests orders) {
        final long unit = (long) Math.pow(10, step.product().product().sizeScale());
        if (step.position() < limit * unit) {
            orders.enter(Side.BID, unit, step.limitPrice(Side.BID));
        }
    }

    @Override
    public double signal() {
        return Double.NaN;
    }
}
