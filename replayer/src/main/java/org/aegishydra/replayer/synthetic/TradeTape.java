package org.aegishydra.replayer.synthetic;

/** The last trades of a product, in a ring. Used by one thread. */
final class TradeTape {
    /** As many as Coinbase repeats on subscription. */
    static final int CAPACITY = 100;

    private final long[] prices = new long[CAPACITY];
    private final long[] sizes = new long[CAPACITY];
    private final long[] timesNs = new long[CAPACITY];
    private final boolean[] makersBuy = new boolean[CAPACITY];
    private long lastTradeId;

    /** @param lastTradeId the id before the first trade's. */
    TradeTape(long lastTradeId) {
        this.lastTradeId = lastTradeId;
    }

    void add(long price, long size, boolean makerBuys, long timeNs) {
        lastTradeId++;
        final int slot = slot(lastTradeId);
        prices[slot] = price;
        sizes[slot] = size;
        makersBuy[slot] = makerBuys;
        timesNs[slot] = timeNs;
    }

    long lastTradeId() {
        return lastTradeId;
    }

    long price(long tradeId) {
        return prices[slot(tradeId)];
    }

    long size(long tradeId) {
        return sizes[slot(tradeId)];
    }

    boolean makerBuys(long tradeId) {
        return makersBuy[slot(tradeId)];
    }

    long timeNs(long tradeId) {
        return timesNs[slot(tradeId)];
    }

    private static int slot(long tradeId) {
        return (int) (tradeId % CAPACITY);
    }
}
