package org.aegishydra.core.coinbase;

import org.aegishydra.core.checkpoint.StateInput;
import org.aegishydra.core.checkpoint.StateOutput;

/**
 * A product of the exchange, for example BTC-USD, with the scales of its fixed-point numbers. The scales come from the
 * product's increments where a {@code status} message gave them, else from what was seen first; a finer number later
 * widens them. Used by one thread.
 */
public final class Product {
    private final String id;
    private final int index;
    private int priceScale;
    private int sizeScale;
    private long largestPrice;
    private long largestSize;
    private boolean hasBook;
    private int widenings;

    /** How the product's numbers are written; what was seen of it only makes the next message's reading fast. */
    private final UsualDecimal prices = new UsualDecimal();

    private final UsualDecimal sizes = new UsualDecimal();

    /** What the message that is being read asks for; without meaning between messages. */
    private int stagedPriceScale;

    private int stagedSizeScale;
    private long stagedTradeId;

    Product(String id, int index) {
        this.id = id;
        this.index = index;
    }

    /** The exchange's name of the product. */
    public String id() {
        return id;
    }

    /** A number from 0, contiguous over the products of one {@link ProductTable}, in order of appearance. */
    public int index() {
        return index;
    }

    /** Decimals of a price. */
    public int priceScale() {
        return priceScale;
    }

    /** Decimals of a size. */
    public int sizeScale() {
        return sizeScale;
    }

    /** How often a finer number widened a scale after the first snapshot. */
    public int widenings() {
        return widenings;
    }

    UsualDecimal prices() {
        return prices;
    }

    UsualDecimal sizes() {
        return sizes;
    }

    void startStaging() {
        stagedPriceScale = priceScale;
        stagedSizeScale = sizeScale;
        stagedTradeId = Long.MAX_VALUE;
    }

    int stagedPriceScale() {
        return stagedPriceScale;
    }

    int stagedSizeScale() {
        return stagedSizeScale;
    }

    /** Asks for at least these scales. Returns whether all numbers seen before the message still fit a {@code long}. */
    boolean stageScales(int leastPriceScale, int leastSizeScale) {
        stagedPriceScale = Math.max(stagedPriceScale, leastPriceScale);
        stagedSizeScale = Math.max(stagedSizeScale, leastSizeScale);
        return fitsAt(stagedPriceScale, stagedSizeScale);
    }

    /** Returns whether all numbers seen still fit a {@code long} at scales that are not coarser than the present ones. */
    boolean fitsAt(int newPriceScale, int newSizeScale) {
        return Decimals.fits(largestPrice, newPriceScale - priceScale)
                && Decimals.fits(largestSize, newSizeScale - sizeScale);
    }

    /** Returns whether a trade is newer than the message's trade before it. */
    boolean stageTrade(long tradeId) {
        final boolean newer = tradeId > stagedTradeId;
        stagedTradeId = tradeId;
        return newer;
    }

    /** Changes to these scales where they are finer than the present ones, and tells so. */
    void widen(int leastPriceScale, int leastSizeScale, MarketDataListener listener) {
        if (leastPriceScale > priceScale || leastSizeScale > sizeScale) {
            widenBy(Math.max(leastPriceScale - priceScale, 0), Math.max(leastSizeScale - sizeScale, 0), listener);
        }
    }

    private void widenBy(int priceDecimals, int sizeDecimals, MarketDataListener listener) {
        final long priceFactor = Decimals.powerOfTen(priceDecimals);
        final long sizeFactor = Decimals.powerOfTen(sizeDecimals);
        largestPrice *= priceFactor;
        largestSize *= sizeFactor;
        priceScale += priceDecimals;
        sizeScale += sizeDecimals;
        if (hasBook) {
            widenings++;
        }
        listener.onScaleChange(this, priceFactor, sizeFactor);
    }

    void seen(long price, long size) {
        largestPrice = Math.max(largestPrice, price);
        largestSize = Math.max(largestSize, size);
    }

    void bookSeen() {
        hasBook = true;
    }

    void writeState(StateOutput output) {
        output.putText(id);
        output.putInt(priceScale);
        output.putInt(sizeScale);
        output.putLong(largestPrice);
        output.putLong(largestSize);
        output.putBoolean(hasBook);
        output.putInt(widenings);
    }

    /** The name was read already: it is what finds the product. */
    void readState(StateInput input) {
        priceScale = input.getInt();
        sizeScale = input.getInt();
        largestPrice = input.getLong();
        largestSize = input.getLong();
        hasBook = input.getBoolean();
        widenings = input.getInt();
    }

    @Override
    public String toString() {
        return id;
    }
}
