package org.aegishydra.core.book;

import org.aegishydra.core.coinbase.Side;
import org.aegishydra.core.latency.HotPath;

/**
 * One side of a {@link LadderOrderBook}. A level's key is its price on the bid side and its price's distance from the
 * largest {@code long} on the ask side: the better the larger, and never negative.
 */
@HotPath
final class LadderSide {
    private final long flip;
    private final LevelTable levels = new LevelTable();
    private final KeyTree order = new KeyTree();
    private long best = KeyTree.NONE;

    LadderSide(Side side) {
        flip = side == Side.BID ? 0 : Long.MAX_VALUE;
    }

    void clear() {
        levels.clear();
        order.clear();
        best = KeyTree.NONE;
    }

    int count() {
        return levels.size();
    }

    long set(long price, long size) {
        final long key = price ^ flip;
        final int place = levels.find(key);
        if (place < 0) {
            if (size != 0) {
                levels.add(place, key, size);
                order.add(key);
                best = Math.max(best, key);
            }
            return 0;
        }
        final long before = levels.value(place);
        if (size != 0) {
            levels.value(place, size);
        } else {
            remove(place, key);
        }
        return before;
    }

    private void remove(int place, long key) {
        levels.remove(place);
        order.remove(key);
        if (key == best) {
            best = order.below(key);
        }
    }

    void rescale(long priceFactor, long sizeFactor) {
        final long[] keys = new long[levels.size()];
        final long[] sizes = new long[levels.size()];
        final int count = levels.copyTo(keys, sizes);
        clear();
        for (int i = 0; i < count; i++) {
            set((keys[i] ^ flip) * priceFactor, sizes[i] * sizeFactor);
        }
    }

    long bestPrice() {
        return best == KeyTree.NONE ? OrderBook.NO_PRICE : best ^ flip;
    }

    long bestSize() {
        return best == KeyTree.NONE ? 0 : levels.get(best);
    }

    int top(int limit, long[] prices, long[] sizes) {
        int copied = 0;
        for (long key = best; key != KeyTree.NONE && copied < limit; key = order.below(key)) {
            prices[copied] = key ^ flip;
            sizes[copied] = levels.get(key);
            copied++;
        }
        return copied;
    }
}
