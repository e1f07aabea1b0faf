package org.aegishydra.core.coinbase;

import java.util.Arrays;
import org.aegishydra.core.latency.HotPath;
import org.agrona.DirectBuffer;

/**
 * One book's snapshot or update, while it is still being checked; most messages are one. Unlike a {@link StagedMessage}'s,
 * its levels are in the scales that its product will have when they are delivered, as they come: a finer number widens those
 * before it. Nothing outside changes before {@link #deliver}. Grows to the largest book seen. Used by one thread.
 */
@HotPath
final class StagedBook {
    private static final long ASK = Long.MIN_VALUE;
    private static final int LONGS_PER_LEVEL = 2;

    private final ProductTable products;

    /** Null while the message is one about a new product. */
    private Product product;

    private boolean whole;
    private final UsualDecimal newPrices = new UsualDecimal();
    private final UsualDecimal newSizes = new UsualDecimal();
    private DirectBuffer newName;
    private int nameOffset;
    private int nameLength;
    private boolean snapshot;
    private UsualDecimal prices;
    private UsualDecimal sizes;
    private int priceScale;
    private int sizeScale;

    /** A price, whose sign is set for an ask, and a size for each level. */
    private long[] levels = new long[256 * LONGS_PER_LEVEL];

    private int used;

    StagedBook(ProductTable products) {
        this.products = products;
    }

    /** Nothing is staged. */
    void clear() {
        whole = false;
    }

    /** Whether a book was staged, and checked up to its message's end. */
    boolean isWhole() {
        return whole;
    }

    /** Starts the book of the product whose name was read last. */
    void start(ExpectedBytes bytes, boolean isSnapshot) {
        product = bytes.product();
        snapshot = isSnapshot;
        used = 0;
        if (product != null) {
            priceScale = product.priceScale();
            sizeScale = product.sizeScale();
            prices = product.prices();
            sizes = product.sizes();
        } else {
            priceScale = 0;
            sizeScale = 0;
            prices = newPrices;
            sizes = newSizes;
            newName = bytes.buffer();
            nameOffset = bytes.textOffset();
            nameLength = bytes.textLength();
        }
    }

    /** Tells that all was checked. Returns whether the product is one: a new one comes into being here and not before. */
    boolean end() {
        if (product == null) {
            product = products.find(newName, nameOffset, nameLength);
        }
        whole = product != null;
        return whole;
    }

    /** What reads a price into the book's present scale. */
    UsualDecimal prices() {
        prices.scale(priceScale);
        return prices;
    }

    /** What reads a size into the book's present scale. */
    UsualDecimal sizes() {
        sizes.scale(sizeScale);
        return sizes;
    }

    /**
     * Adds a level in the scales.
     *
     * @param ask 1 for an ask, 0 for a bid.
     */
    void add(long ask, long price, long size) {
        if (used == levels.length) {
            levels = Arrays.copyOf(levels, used * 2);
        }
        levels[used] = price | ask << (Long.SIZE - 1);
        levels[used + 1] = size;
        used += LONGS_PER_LEVEL;
    }

    /** Whether any two decimals of this kind fit, as far as their scales do. */
    boolean takesShortDecimals() {
        return Math.max(priceScale, sizeScale) <= ShortDecimal.MAX_SCALE;
    }

    /** Adds a level in other scales, widening this book's where they are coarser. Returns whether all numbers fit. */
    boolean add(long ask, long price, int scaleOfPrice, long size, int scaleOfSize) {
        if (scaleOfPrice > priceScale || scaleOfSize > sizeScale) {
            if (!widen(Math.max(scaleOfPrice, priceScale), Math.max(scaleOfSize, sizeScale))) {
                return false;
            }
        }
        final int finerPrice = priceScale - scaleOfPrice;
        final int finerSize = sizeScale - scaleOfSize;
        if (!Decimals.fits(price, finerPrice) || !Decimals.fits(size, finerSize)) {
            return false;
        }
        add(ask, price * Decimals.powerOfTen(finerPrice), size * Decimals.powerOfTen(finerSize));
        return true;
    }

    private boolean widen(int newPriceScale, int newSizeScale) {
        if (product != null && !product.fitsAt(newPriceScale, newSizeScale)) {
            return false;
        }
        final int finerPrice = newPriceScale - priceScale;
        final int finerSize = newSizeScale - sizeScale;
        final long priceFactor = Decimals.powerOfTen(finerPrice);
        final long sizeFactor = Decimals.powerOfTen(finerSize);
        for (int i = 0; i < used; i += LONGS_PER_LEVEL) {
            final long price = levels[i] & ~ASK;
            if (!Decimals.fits(price, finerPrice) || !Decimals.fits(levels[i + 1], finerSize)) {
                return false;
            }
            levels[i] = price * priceFactor | (levels[i] & ASK);
            levels[i + 1] *= sizeFactor;
        }
        priceScale = newPriceScale;
        sizeScale = newSizeScale;
        return true;
    }

    void deliver(MarketDataListener listener) {
        product.widen(priceScale, sizeScale, listener);
        if (snapshot) {
            product.bookSeen();
            listener.onSnapshotStart(product);
        } else {
            listener.onUpdateStart(product);
        }
        final Product book = product;
        final long[] given = levels;
        final int end = used;
        long largestPrice = 0;
        long largestSize = 0;
        for (int i = 0; i < end; i += LONGS_PER_LEVEL) {
            final long price = given[i] & ~ASK;
            final long size = given[i + 1];
            largestPrice = Math.max(largestPrice, price);
            largestSize = Math.max(largestSize, size);
            listener.onLevel(book, given[i] < 0 ? Side.ASK : Side.BID, price, size);
        }
        book.seen(largestPrice, largestSize);
        listener.onLevelsEnd(book);
    }
}
