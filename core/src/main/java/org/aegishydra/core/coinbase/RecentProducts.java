package org.aegishydra.core.coinbase;

import org.aegishydra.core.latency.HotPath;

/** Products with names of up to fifteen bytes by the words of their names; a new one takes an older one's place. Used by one thread. */
@HotPath
final class RecentProducts {
    private static final int SLOT_BITS = 7;
    private static final long SPREAD = 0x9E3779B97F4A7C15L;

    private final Product[] products = new Product[1 << SLOT_BITS];
    private final long[] firstWords = new long[1 << SLOT_BITS];
    private final long[] secondWords = new long[1 << SLOT_BITS];

    /** The product whose name these words are, with its length in the last byte, or null if it was not put here or lost its place. */
    Product find(long firstWord, long secondWord) {
        final int slot = slot(firstWord, secondWord);
        return firstWords[slot] == firstWord && secondWords[slot] == secondWord ? products[slot] : null;
    }

    void put(long firstWord, long secondWord, Product product) {
        final int slot = slot(firstWord, secondWord);
        firstWords[slot] = firstWord;
        secondWords[slot] = secondWord;
        products[slot] = product;
    }

    private static int slot(long firstWord, long secondWord) {
        return (int) (((firstWord ^ (secondWord * SPREAD)) * SPREAD) >>> (Long.SIZE - SLOT_BITS));
    }
}
