package org.aegishydra.core.book;

import org.aegishydra.core.coinbase.Product;
import org.aegishydra.core.coinbase.Side;

/**
 * What a {@link Market} knows of one product: its book, whether the book can be trusted, and its last trade.
 * Used by the market's thread; readers on it must not keep what the book returns across messages.
 */
public final class ProductBook {
    /** No connection is authoritative. */
    static final int NO_CONNECTION = 0;

    private final Product product;
    private final OrderBook book;
    private long digest;
    private boolean live;
    private int connectionId = NO_CONNECTION;
    private long lastTradeId = Long.MIN_VALUE;
    private long lastTradePrice;
    private long levelUpdates;
    private long trades;
    private long snapshots;

    ProductBook(Product product, OrderBook book) {
        this.product = product;
        this.book = book;
    }

    public Product product() {
        return product;
    }

    public OrderBook book() {
        return book;
    }

    /** The fingerprint of the book, see {@link BookDigest}. */
    public long digest() {
        return digest;
    }

    /**
     * Whether the book is what the exchange's was: it had a snapshot and missed nothing since. A strategy may not trade
     * on a book that is not live.
     */
    public boolean isLive() {
        return live;
    }

    /** The price of the last trade; 0 before the first. */
    public long lastTradePrice() {
        return lastTradePrice;
    }

    /** Levels set since the start, those that changed nothing included. */
    public long levelUpdates() {
        return levelUpdates;
    }

    /** Trades seen since the start, each once. */
    public long trades() {
        return trades;
    }

    /** Snapshots applied since the start. */
    public long snapshots() {
        return snapshots;
    }

    int connectionId() {
        return connectionId;
    }

    void startSnapshot(int connection) {
        book.clear();
        digest = 0;
        live = true;
        connectionId = connection;
        snapshots++;
    }

    void set(Side side, long price, long size) {
        levelUpdates++;
        final long before = book.set(side, price, size);
        if (before != size) {
            digest += BookDigest.level(side, price, size) - BookDigest.level(side, price, before);
        }
    }

    void rescale(long priceFactor, long sizeFactor) {
        book.rescale(priceFactor, sizeFactor);
        lastTradePrice *= priceFactor;
        digest = digestOfAllLevels(Side.BID) + digestOfAllLevels(Side.ASK);
    }

    private long digestOfAllLevels(Side side) {
        final long[] prices = new long[book.levels(side)];
        final long[] sizes = new long[prices.length];
        long sum = 0;
        for (int i = book.top(side, prices.length, prices, sizes) - 1; i >= 0; i--) {
            sum += BookDigest.level(side, prices[i], sizes[i]);
        }
        return sum;
    }

    /** The trade counts unless it is history or was seen before. */
    boolean acceptTrade(long tradeId, long price, boolean history) {
        if (tradeId <= lastTradeId) {
            return false;
        }
        lastTradeId = tradeId;
        lastTradePrice = price;
        if (history) {
            return false;
        }
        trades++;
        return true;
    }

    /** Something of this product was missed: the book waits for its next snapshot. */
    void blind() {
        live = false;
    }

    void disconnected() {
        live = false;
        connectionId = NO_CONNECTION;
    }

    void takenOverBy(int connection) {
        if (connectionId != connection) {
            live = false;
            connectionId = connection;
        }
    }
}
