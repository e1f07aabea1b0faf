package org.aegishydra.analysis;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.aegishydra.analysis.FirstFew.Findings;
import org.aegishydra.analysis.GapReport.TradeHole;
import org.aegishydra.core.coinbase.Product;

/**
 * Finds the trade ids of each product that no record tells. What one connection skips another one may bring later: a
 * product's last {@link #OPEN_LIMIT} holes wait for that. Used by one thread.
 */
final class TradeHoles {
    /** The most holes of a product that may still be filled. */
    static final int OPEN_LIMIT = 100;

    private static final long NONE = Long.MIN_VALUE;

    private final int listLimit;
    private final FirstFew<TradeHole> closed;
    private final Map<String, Long> missingByProduct = new TreeMap<>();
    private ProductHoles[] products = new ProductHoles[0];

    /** One product's newest trade and what is missing before it. */
    private static final class ProductHoles {
        private final List<TradeHole> open = new ArrayList<>();
        private long newest = NONE;
    }

    TradeHoles(int listLimit) {
        this.listLimit = listLimit;
        this.closed = new FirstFew<>(listLimit);
    }

    /** A trade that a record tells, on whatever connection. */
    void onTrade(Product product, long tradeId, long recordSequence, long wallTimeNs) {
        final ProductHoles holes = holes(product.index());
        if (tradeId <= holes.newest) {
            if (!holes.open.isEmpty()) {
                fill(holes.open, tradeId);
            }
            return;
        }
        final long expected = holes.newest + 1;
        if (holes.newest != NONE && tradeId > expected) {
            if (holes.open.size() == OPEN_LIMIT) {
                close(holes.open.remove(0));
            }
            holes.open.add(new TradeHole(
                    recordSequence, IsoTime.of(wallTimeNs), product.id(), expected, tradeId - 1, tradeId - expected));
        }
        holes.newest = tradeId;
    }

    private ProductHoles holes(int index) {
        if (index >= products.length) {
            final int before = products.length;
            products = Arrays.copyOf(products, Math.max(16, index * 2));
            for (int i = before; i < products.length; i++) {
                products[i] = new ProductHoles();
            }
        }
        return products[index];
    }

    private static void fill(List<TradeHole> open, long tradeId) {
        for (int i = open.size() - 1; i >= 0; i--) {
            final TradeHole hole = open.get(i);
            if (tradeId >= hole.firstMissing() && tradeId <= hole.lastMissing()) {
                open.remove(i);
                if (tradeId < hole.lastMissing()) {
                    open.add(i, part(hole, tradeId + 1, hole.lastMissing()));
                }
                if (tradeId > hole.firstMissing()) {
                    open.add(i, part(hole, hole.firstMissing(), tradeId - 1));
                }
                return;
            }
        }
    }

    private static TradeHole part(TradeHole hole, long first, long last) {
        return new TradeHole(hole.recordSequence(), hole.time(), hole.product(), first, last, last - first + 1);
    }

    private void close(TradeHole hole) {
        missingByProduct.merge(hole.product(), hole.missing(), Long::sum);
        closed.add(() -> hole);
    }

    /** Takes all holes as what they are now. To be called once, at the end. */
    Findings<TradeHole> findings() {
        final List<TradeHole> rest = new ArrayList<>();
        for (final ProductHoles holes : products) {
            rest.addAll(holes.open);
            holes.open.clear();
        }
        rest.sort(Comparator.comparingLong(TradeHole::recordSequence));
        rest.forEach(this::close);
        final Findings<TradeHole> found = closed.findings();
        final List<TradeHole> inOrder = new ArrayList<>(found.list());
        inOrder.sort(Comparator.comparingLong(TradeHole::recordSequence));
        return new Findings<>(found.count(), listLimit, found.notListed(), inOrder);
    }

    /** How many trades are missing of each product; complete after {@link #findings}. */
    Map<String, Long> missingByProduct() {
        return missingByProduct;
    }
}
