package org.aegishydra.jmh.book;

import java.util.Collections;
import java.util.Map;
import java.util.NavigableMap;
import java.util.TreeMap;
import org.aegishydra.core.book.OrderBook;
import org.aegishydra.core.coinbase.Side;

/** A peer: a book of two tree maps of whole numbers, behind the same interface as the others. Used by one thread. */
public final class TreeMapOrderBook implements OrderBook {
    private NavigableMap<Long, Long> bids = new TreeMap<>(Collections.reverseOrder());
    private NavigableMap<Long, Long> asks = new TreeMap<>();

    private NavigableMap<Long, Long> side(Side side) {
        return side == Side.BID ? bids : asks;
    }

    @Override
    public void clear() {
        bids.clear();
        asks.clear();
    }

    @Override
    public long set(Side side, long price, long size) {
        final Long before = size == 0 ? side(side).remove(price) : side(side).put(price, size);
        return before == null ? 0 : before;
    }

    @Override
    public void rescale(long priceFactor, long sizeFactor) {
        bids = rescaled(bids, new TreeMap<>(Collections.reverseOrder()), priceFactor, sizeFactor);
        asks = rescaled(asks, new TreeMap<>(), priceFactor, sizeFactor);
    }

    private static NavigableMap<Long, Long> rescaled(
            Map<Long, Long> levels, NavigableMap<Long, Long> empty, long priceFactor, long sizeFactor) {
        levels.forEach((price, size) -> empty.put(price * priceFactor, size * sizeFactor));
        return empty;
    }

    @Override
    public int levels(Side side) {
        return side(side).size();
    }

    @Override
    public long bestPrice(Side side) {
        return side(side).isEmpty() ? NO_PRICE : side(side).firstKey();
    }

    @Override
    public long bestSize(Side side) {
        return side(side).isEmpty() ? 0 : side(side).firstEntry().getValue();
    }

    @Override
    public int top(Side side, int count, long[] prices, long[] sizes) {
        int copied = 0;
        for (final Map.Entry<Long, Long> level : side(side).entrySet()) {
            if (copied == count) {
                break;
            }
            prices[copied] = level.getKey();
            sizes[copied] = level.getValue();
            copied++;
        }
        return copied;
    }
}
