package org.aegishydra.core.coinbase;

/**
 * What a message says, in the message's own order but for trades, which come oldest first. Called on the decoding
 * thread, only for a message that was checked as a whole.
 *
 * <p>Prices and sizes are fixed-point numbers in the product's scales: 65083.66 at {@link Product#priceScale()} 2 is
 * 6508366. Times are nanoseconds since the epoch, {@link #NO_TIME} where the message has none.
 */
public interface MarketDataListener {
    /** A time that the message does not give. */
    long NO_TIME = Long.MIN_VALUE;

    /** A number that the message does not give. */
    long NO_VALUE = Long.MIN_VALUE;

    /**
     * Every message, before what it holds.
     *
     * @param exchangeTimeNs the exchange's own stamp.
     * @param sequenceNumber the connection's sequence number (Advanced Trade), or {@link #NO_VALUE}.
     */
    default void onMessage(long exchangeTimeNs, long sequenceNumber) {}

    /**
     * The product's numbers need finer scales from here on: whatever is kept in the old ones is to be multiplied.
     *
     * @param priceFactor a power of ten, 1 if the price scale stays.
     * @param sizeFactor a power of ten, 1 if the size scale stays.
     */
    default void onScaleChange(Product product, long priceFactor, long sizeFactor) {}

    /** The product's book starts anew; its levels follow. */
    default void onSnapshotStart(Product product) {}

    /** The product's book changes; its levels follow. */
    default void onUpdateStart(Product product) {}

    /** A price level has this size now; 0 removes it. */
    default void onLevel(Product product, Side side, long price, long size) {}

    /** The last level of a snapshot or update was given. */
    default void onLevelsEnd(Product product) {}

    /**
     * A message about books could not be used: from here on they are not what the exchange's are.
     *
     * @param product whose book it is, or null if that cannot be told: any of the connection's.
     */
    default void onBookLost(Product product) {}

    /**
     * A trade.
     *
     * @param makerSide the side of the resting order.
     * @param history whether the trade was made before the subscription: the first messages of a connection repeat some.
     */
    default void onTrade(
            Product product, long tradeId, long price, long size, Side makerSide, long timeNs, boolean history) {}

    /** The exchange's own view of the top of the book; a number that it does not give is {@link #NO_VALUE}. */
    default void onTicker(
            Product product, long price, long bestBid, long bestBidSize, long bestAsk, long bestAskSize) {}

    /**
     * A heartbeat.
     *
     * @param product whose heartbeat it is (Exchange), or null for the connection's (Advanced Trade).
     * @param counter the connection's counter, or the product's sequence.
     * @param lastTradeId the product's last trade, or {@link #NO_VALUE}.
     */
    default void onHeartbeat(Product product, long counter, long lastTradeId) {}
}
