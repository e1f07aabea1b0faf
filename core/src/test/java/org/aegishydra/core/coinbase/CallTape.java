package org.aegishydra.core.coinbase;

import java.util.Arrays;

/** Everything that a decoder says, as numbers: two decoders of the same messages have the same tape, or differ. */
public final class CallTape implements MarketDataListener {
    private static final int NOBODY = -1;

    private long[] numbers = new long[1024];
    private int length;

    public void clear() {
        length = 0;
    }

    int length() {
        return length;
    }

    public boolean isSameAs(CallTape other) {
        return Arrays.equals(numbers, 0, length, other.numbers, 0, other.length);
    }

    private void put(long... call) {
        if (length + call.length > numbers.length) {
            numbers = Arrays.copyOf(numbers, Math.max(length + call.length, numbers.length * 2));
        }
        System.arraycopy(call, 0, numbers, length, call.length);
        length += call.length;
    }

    private static int index(Product product) {
        return product == null ? NOBODY : product.index();
    }

    @Override
    public void onMessage(long exchangeTimeNs, long sequenceNumber) {
        put(1, exchangeTimeNs, sequenceNumber);
    }

    @Override
    public void onScaleChange(Product product, long priceFactor, long sizeFactor) {
        put(2, index(product), priceFactor, sizeFactor, product.priceScale(), product.sizeScale());
    }

    @Override
    public void onSnapshotStart(Product product) {
        put(3, index(product));
    }

    @Override
    public void onUpdateStart(Product product) {
        put(4, index(product));
    }

    @Override
    public void onLevel(Product product, Side side, long price, long size) {
        put(5, index(product), side.ordinal(), price, size);
    }

    @Override
    public void onLevelsEnd(Product product) {
        put(6, index(product));
    }

    @Override
    public void onBookLost(Product product) {
        put(7, index(product));
    }

    @Override
    public void onTrade(
            Product product, long tradeId, long price, long size, Side makerSide, long timeNs, boolean history) {
        put(8, index(product), tradeId, price, size, makerSide.ordinal(), timeNs, history ? 1 : 0);
    }

    @Override
    public void onTicker(Product product, long price, long bestBid, long bestBidSize, long bestAsk, long bestAskSize) {
        put(9, index(product), price, bestBid, bestBidSize, bestAsk, bestAskSize);
    }

    @Override
    public void onHeartbeat(Product product, long counter, long lastTradeId) {
        put(10, index(product), counter, lastTradeId);
    }

    @Override
    public String toString() {
        return Arrays.toString(Arrays.copyOf(numbers, length));
    }
}
