package org.aegishydra.core.book;

import org.aegishydra.core.coinbase.Side;

/**
 * One product's price levels, full depth. Prices and sizes are fixed-point numbers in the product's scales; neither is
 * negative, and no level has the size 0. Used by one thread.
 *
 * <p>The seam at which the before-forms of a book are put beside {@link LadderOrderBook}.
 */
public interface OrderBook {
    /** The price of an empty side. */
    long NO_PRICE = Long.MIN_VALUE;

    /** Removes all levels. */
    void clear();

    /**
     * Sets a level.
     *
     * @param size the level's size from now on; 0 removes it, and removing an absent level changes nothing.
     * @return the level's size before, 0 if it was absent.
     */
    long set(Side side, long price, long size);

    /**
     * Brings all levels to finer scales.
     *
     * @param priceFactor a power of ten that every price times it fits a {@code long}.
     * @param sizeFactor likewise for sizes.
     */
    void rescale(long priceFactor, long sizeFactor);

    /** The number of levels of a side. */
    int levels(Side side);

    /** The highest bid or the lowest ask, {@link #NO_PRICE} if the side is empty. */
    long bestPrice(Side side);

    /** The size at the best price, 0 if the side is empty. */
    long bestSize(Side side);

    /**
     * Copies the best levels of a side, the best first.
     *
     * @param count the most levels to copy.
     * @param prices receives their prices, from index 0.
     * @param sizes receives their sizes.
     * @return how many were copied.
     */
    int top(Side side, int count, long[] prices, long[] sizes);
}
