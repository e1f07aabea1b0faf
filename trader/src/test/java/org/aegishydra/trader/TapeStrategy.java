package org.aegishydra.trader;

import org.aegishydra.core.book.ProductBook;
import org.aegishydra.core.coinbase.Side;
import org.aegishydra.trader.strategy.OrderRequests;
import org.aegishydra.trader.strategy.StepContext;
import org.aegishydra.trader.strategy.Strategy;

/** Buys one unit for each trade that it heard of since its last step. */
public final class TapeStrategy implements Strategy {
    private int heard;

    @Override
    public String name() {
        return "tape";
    }

    @Override
    public void onTrade(ProductBook product, long price, long size, Side makerSide, long timeNs) {
        heard++;
    }

    @Override
    public void onStep(StepContext step, OrderRequests orders) {
        for (; heard > 0; heard--) {
            final long unit = (long) Math.pow(10, step.product().product().sizeScale());
            orders.enter(Side.BID, unit, step.limitPrice(Side.BID));
        }
    }
}
