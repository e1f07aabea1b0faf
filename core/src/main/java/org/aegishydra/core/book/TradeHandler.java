package org.aegishydra.core.book;

import org.aegishydra.core.coinbase.Side;

/**
 * Receives each trade once, oldest first, on the market's thread: while a message is applied, or a fact by which another
 * connection's trades come to count.
 */
@FunctionalInterface
public interface TradeHandler {
    /**
     * A trade.
     *
     * @param tradeId the exchange's number of the trade, which rises within a product.
     * @param makerSide the side of the resting order.
     * @param timeNs when it was made, ns since the epoch.
     */
    void onTrade(ProductBook product, long tradeId, long price, long size, Side makerSide, long timeNs);
}
