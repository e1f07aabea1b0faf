package org.aegishydra.core.coinbase;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * Keeps what a decoder says. Follows the products' scales through {@link #onScaleChange} alone, as a book does, and
 * holds them against the products' own at each number.
 */
final class CallLog implements MarketDataListener {
    final List<Call> calls = new ArrayList<>();
    private final Map<Product, Scales> scales = new HashMap<>();

    private static final class Scales {
        private int price;
        private int size;
    }

    /** Other products follow. */
    void forget() {
        calls.clear();
        scales.clear();
    }

    private Scales scales(Product product) {
        final Scales known = scales.computeIfAbsent(product, p -> new Scales());
        assertEquals(product.priceScale(), known.price, "a changed price scale was not told");
        assertEquals(product.sizeScale(), known.size, "a changed size scale was not told");
        return known;
    }

    private BigDecimal price(Product product, long price) {
        final Scales known = scales(product);
        return price == NO_VALUE ? null : BigDecimal.valueOf(price, known.price);
    }

    private BigDecimal size(Product product, long size) {
        final Scales known = scales(product);
        return size == NO_VALUE ? null : BigDecimal.valueOf(size, known.size);
    }

    @Override
    public void onMessage(long exchangeTimeNs, long sequenceNumber) {
        calls.add(Call.message(exchangeTimeNs, sequenceNumber));
    }

    @Override
    public void onScaleChange(Product product, long priceFactor, long sizeFactor) {
        final Scales known = scales.computeIfAbsent(product, p -> new Scales());
        known.price += Long.toString(priceFactor).length() - 1;
        known.size += Long.toString(sizeFactor).length() - 1;
        scales(product);
    }

    @Override
    public void onSnapshotStart(Product product) {
        calls.add(Call.book("snapshot", product.id()));
    }

    @Override
    public void onUpdateStart(Product product) {
        calls.add(Call.book("update", product.id()));
    }

    @Override
    public void onLevel(Product product, Side side, long price, long size) {
        calls.add(Call.level(product.id(), side, price(product, price), size(product, size)));
    }

    @Override
    public void onLevelsEnd(Product product) {
        calls.add(Call.book("end", product.id()));
    }

    @Override
    public void onTrade(
            Product product, long tradeId, long price, long size, Side makerSide, long timeNs, boolean history) {
        calls.add(Call.trade(
                product.id(), tradeId, price(product, price), size(product, size), makerSide, timeNs, history));
    }

    @Override
    public void onTicker(Product product, long price, long bestBid, long bestBidSize, long bestAsk, long bestAskSize) {
        calls.add(Call.ticker(
                product.id(),
                price(product, price),
                price(product, bestBid),
                size(product, bestBidSize),
                price(product, bestAsk),
                size(product, bestAskSize)));
    }

    @Override
    public void onHeartbeat(Product product, long counter, long lastTradeId) {
        calls.add(Call.heartbeat(product == null ? null : product.id(), counter, lastTradeId));
    }
}
