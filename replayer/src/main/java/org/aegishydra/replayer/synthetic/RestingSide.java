package org.aegishydra.replayer.synthetic;

import java.util.Arrays;

/**
 * One side of a book: price levels in order, the best one last, so that changes near the touch move few elements.
 * Prices in quote increments, sizes in base increments. Used by one thread.
 */
final class RestingSide {
    private final int sign;
    private long[] keys;
    private long[] sizes;
    private int count;

    /**
     * @param bids whether higher prices are better.
     * @param capacity levels to make room for; grows when there are more.
     */
    RestingSide(boolean bids, int capacity) {
        sign = bids ? 1 : -1;
        keys = new long[capacity];
        sizes = new long[capacity];
    }

    int count() {
        return count;
    }

    /** The price of a level; rank 0 is the best. */
    long price(int rank) {
        return sign * keys[count - 1 - rank];
    }

    long size(int rank) {
        return sizes[count - 1 - rank];
    }

    long bestPrice() {
        return price(0);
    }

    /** A price that is some increments worse than another. */
    long worse(long price, long ticks) {
        return price - sign * ticks;
    }

    /** How many increments a price is better than another; below 0 if it is worse. */
    long betterBy(long price, long other) {
        return sign * (price - other);
    }

    boolean contains(long price) {
        return find(price) >= 0;
    }

    /** Sets a level's size; 0 removes it, and does nothing if it is absent. */
    void set(long price, long size) {
        final int index = find(price);
        if (index >= 0) {
            if (size > 0) {
                sizes[index] = size;
            } else {
                count--;
                System.arraycopy(keys, index + 1, keys, index, count - index);
                System.arraycopy(sizes, index + 1, sizes, index, count - index);
            }
        } else if (size > 0) {
            insert(-index - 1, price, size);
        }
    }

    private int find(long price) {
        return Arrays.binarySearch(keys, 0, count, sign * price);
    }

    private void insert(int index, long price, long size) {
        if (count == keys.length) {
            keys = Arrays.copyOf(keys, count * 2);
            sizes = Arrays.copyOf(sizes, count * 2);
        }
        System.arraycopy(keys, index, keys, index + 1, count - index);
        System.arraycopy(sizes, index, sizes, index + 1, count - index);
        keys[index] = sign * price;
        sizes[index] = size;
        count++;
    }
}
