package org.aegishydra.jmh.book;

import java.util.Arrays;
import org.aegishydra.core.book.OrderBook;

/**
 * One side of an {@link SortedArrayBook}: levels sorted by price in two arrays, the best last, so that a change near the
 * touch moves little. Prices are kept negated on the ask side, which makes the best the largest on both.
 *
 * <p>A snapshot comes best price first, which would be the worst order to insert in; so levels that come in that order
 * into an empty side are appended, and turned around once, at the first change that is something else. A price sent twice
 * or an empty level among them is nothing else: one of these must not make the rest of a snapshot slow.
 */
final class SortedArraySide {
    private final long sign;
    private long[] keys = new long[1024];
    private long[] sizes = new long[1024];
    private int count;
    private boolean loading = true;

    SortedArraySide(boolean bid) {
        sign = bid ? 1 : -1;
    }

    void clear() {
        count = 0;
        loading = true;
    }

    int count() {
        return count;
    }

    long set(long price, long size) {
        final long key = sign * price;
        if (loading) {
            if (count == 0 || key < keys[count - 1]) {
                if (size > 0) {
                    append(key, size);
                }
                return 0;
            }
            if (key == keys[count - 1] && size > 0) {
                final long before = sizes[count - 1];
                sizes[count - 1] = size;
                return before;
            }
            endLoading();
        }
        final int at = find(key);
        if (at < count && keys[at] == key) {
            final long before = sizes[at];
            if (size == 0) {
                remove(at);
            } else {
                sizes[at] = size;
            }
            return before;
        }
        if (size > 0) {
            insert(at, key, size);
        }
        return 0;
    }

    private void append(long key, long size) {
        growIfFull();
        keys[count] = key;
        sizes[count] = size;
        count++;
    }

    private void endLoading() {
        loading = false;
        for (int i = 0, j = count - 1; i < j; i++, j--) {
            final long key = keys[i];
            keys[i] = keys[j];
            keys[j] = key;
            final long size = sizes[i];
            sizes[i] = sizes[j];
            sizes[j] = size;
        }
    }

    /** The index of the first level that is not worse than a key. Looks from the touch, where most changes are. */
    private int find(long key) {
        int high = count;
        int step = 1;
        while (high - step >= 0 && keys[high - step] >= key) {
            high -= step;
            step <<= 1;
        }
        int low = Math.max(high - step, -1) + 1;
        while (low < high) {
            final int middle = (low + high) >>> 1;
            if (keys[middle] < key) {
                low = middle + 1;
            } else {
                high = middle;
            }
        }
        return low;
    }

    private void insert(int at, long key, long size) {
        growIfFull();
        System.arraycopy(keys, at, keys, at + 1, count - at);
        System.arraycopy(sizes, at, sizes, at + 1, count - at);
        keys[at] = key;
        sizes[at] = size;
        count++;
    }

    private void remove(int at) {
        count--;
        System.arraycopy(keys, at + 1, keys, at, count - at);
        System.arraycopy(sizes, at + 1, sizes, at, count - at);
    }

    private void growIfFull() {
        if (count == keys.length) {
            keys = Arrays.copyOf(keys, count * 2);
            sizes = Arrays.copyOf(sizes, count * 2);
        }
    }

    void rescale(long priceFactor, long sizeFactor) {
        for (int i = 0; i < count; i++) {
            keys[i] *= priceFactor;
            sizes[i] *= sizeFactor;
        }
    }

    long bestPrice() {
        if (count == 0) {
            return OrderBook.NO_PRICE;
        }
        return sign * (loading ? keys[0] : keys[count - 1]);
    }

    long bestSize() {
        if (count == 0) {
            return 0;
        }
        return loading ? sizes[0] : sizes[count - 1];
    }

    int top(int limit, long[] prices, long[] topSizes) {
        final int copied = Math.min(limit, count);
        for (int i = 0; i < copied; i++) {
            final int at = loading ? i : count - 1 - i;
            prices[i] = sign * keys[at];
            topSizes[i] = sizes[at];
        }
        return copied;
    }
}
