package org.aegishydra.trader.paper;

import org.aegishydra.core.coinbase.Side;
import org.aegishydra.core.run.OrderIntent;

/** Where orders go: on paper today, to an exchange for whoever writes that gateway. Called on the trading thread. */
public interface OrderGateway {
    /**
     * Sends an order that takes what is there up to its limit price; the rest is cancelled at once.
     *
     * @param side BID to buy.
     * @param size in the size scale, positive.
     * @param limitPrice the worst price, in the price scale.
     */
    void submit(Side side, OrderIntent intent, long size, long limitPrice);
}
