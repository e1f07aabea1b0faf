package org.aegishydra.core.book;

import java.math.BigDecimal;
import java.util.Collections;
import java.util.Map;
import java.util.NavigableMap;
import java.util.TreeMap;
import org.aegishydra.core.coinbase.Side;

/**
 * A book as one writes it first: a sorted map of exact decimals a side. Slow and evidently right; what faster books are
 * compared with. Used by one thread.
 */
public final class NaiveOrderBook implements OrderBook {
    private final TreeMap<BigDecimal, BigDecimal> bids = new TreeMap<>(Collections.reverseOrder());
    private final TreeMap<BigDecimal, BigDecimal> asks = new TreeMap<>();

    private NavigableMap<BigDecimal, BigDecimal> side(Side side) {
        return side == Side.BID ? bids : asks;
    }

    @Override
    public void clear() {
        bids.clear();
        asks.clear();
    }

    @Override
    public long set(Side side, long price, long size) {
        final BigDecimal key = BigDecimal.valueOf(price);
        final BigDecimal before =
                size == 0 ? side(side).remove(key) : side(side).put(key, BigDecimal.valueOf(size));
        return before == null ? 0 : before.longValueExact();
    }

    @Override
    public void rescale(long priceFactor, long sizeFactor) {
        rescale(bids, BigDecimal.valueOf(priceFactor), BigDecimal.valueOf(sizeFactor));
        rescale(asks, BigDecimal.valueOf(priceFactor), BigDecimal.valueOf(sizeFactor));
    }

    private static void rescale(Map<BigDecimal, BigDecimal> levels, BigDecimal priceFactor, BigDecimal sizeFactor) {
        final Map<BigDecimal, BigDecimal> before = new TreeMap<>(levels);
        levels.clear();
        before.forEach((price, size) -> levels.put(price.multiply(priceFactor), size.multiply(sizeFactor)));
    }

    @Override
    public int levels(Side side) {
        return side(side).size();
    }

    @Override
    public long bestPrice(Side side) {
        return side(side).isEmpty() ? NO_PRICE : side(side).firstKey().longValueExact();
    }

    @Override
    public long bestSize(Side side) {
        return side(side).isEmpty() ? 0 : side(side).firstEntry().getValue().longValueExact();
    }

    @Override
    public int top(Side side, int count, long[] prices, long[] sizes) {
        int copied = 0;
        for (final Map.Entry<BigDecimal, BigDecimal> level : side(side).entrySet()) {
            if (copied == count) {
                break;
            }
            prices[copied] = level.getKey().longValueExact();
            sizes[copied] = level.getValue().longValueExact();
            copied++;
        }
        return copied;
    }
}
