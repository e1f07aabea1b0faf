package org.aegishydra.replayer.fixes;

import java.util.ArrayList;
import java.util.Collections;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.PriorityQueue;
import org.aegishydra.core.book.OrderBook;
import org.aegishydra.core.coinbase.Side;

/**
 * Fix 4 before, and as the system before did it: each side is a hash map of levels and a heap of prices with lazy removal.
 * A removed price stays in the heap until a read finds it on top; {@linkplain #withCleanup with a clean-up}, the heaps are
 * rebuilt from the maps every so many updates. Used by one thread.
 */
final class HeapOrderBook implements OrderBook {
    private final LazySide bids;
    private final LazySide asks;

    private HeapOrderBook(int updatesPerCleanup, Runnable onCleanup) {
        bids = new LazySide(Collections.reverseOrder(), updatesPerCleanup, onCleanup);
        asks = new LazySide(Comparator.naturalOrder(), updatesPerCleanup, onCleanup);
    }

    /** The form before: nothing but a read removes stale prices. */
    static HeapOrderBook withoutCleanup() {
        return new HeapOrderBook(Integer.MAX_VALUE, () -> {});
    }

    /**
     * The form seed: a side's heap is rebuilt every so many updates of it.
     *
     * @param onCleanup told of each rebuilding.
     */
    static HeapOrderBook withCleanup(int updatesPerCleanup, Runnable onCleanup) {
        return new HeapOrderBook(updatesPerCleanup, onCleanup);
    }

    /** How many prices a side's heap holds, stale ones included. */
    int heapEntries(Side side) {
        return side(side).heap.size();
    }

    private LazySide side(Side side) {
        return side == Side.BID ? bids : asks;
    }

    @Override
    public void clear() {
        bids.clear();
        asks.clear();
    }

    @Override
    public long set(Side side, long price, long size) {
        return side(side).set(price, size);
    }

    @Override
    public void rescale(long priceFactor, long sizeFactor) {
        bids.rescale(priceFactor, sizeFactor);
        asks.rescale(priceFactor, sizeFactor);
    }

    @Override
    public int levels(Side side) {
        return side(side).levels.size();
    }

    @Override
    public long bestPrice(Side side) {
        return side(side).bestPrice();
    }

    @Override
    public long bestSize(Side side) {
        return side(side).bestSize();
    }

    @Override
    public int top(Side side, int count, long[] prices, long[] sizes) {
        return side(side).top(count, prices, sizes);
    }

    private static final class LazySide {
        private final Map<Long, Long> levels = new HashMap<>();
        private final PriorityQueue<Long> heap;
        private final List<Long> taken = new ArrayList<>();
        private final int updatesPerCleanup;
        private final Runnable onCleanup;
        private int updates;

        private LazySide(Comparator<Long> bestFirst, int updatesPerCleanup, Runnable onCleanup) {
            this.heap = new PriorityQueue<>(bestFirst);
            this.updatesPerCleanup = updatesPerCleanup;
            this.onCleanup = onCleanup;
        }

        private void clear() {
            levels.clear();
            heap.clear();
        }

        private long set(long price, long size) {
            if (++updates == updatesPerCleanup) {
                updates = 0;
                rebuild();
                onCleanup.run();
            }
            final Long before = size == 0 ? levels.remove(price) : levels.put(price, size);
            if (before == null && size != 0) {
                heap.add(price);
            }
            return before == null ? 0 : before;
        }

        private void rebuild() {
            heap.clear();
            heap.addAll(levels.keySet());
        }

        private void rescale(long priceFactor, long sizeFactor) {
            final Map<Long, Long> coarse = new HashMap<>(levels);
            levels.clear();
            coarse.forEach((price, size) -> levels.put(price * priceFactor, size * sizeFactor));
            rebuild();
        }

        private long bestPrice() {
            while (!heap.isEmpty() && !levels.containsKey(heap.peek())) {
                heap.poll();
            }
            return heap.isEmpty() ? NO_PRICE : heap.peek();
        }

        private long bestSize() {
            final long best = bestPrice();
            return best == NO_PRICE ? 0 : levels.get(best);
        }

        private int top(int count, long[] prices, long[] sizes) {
            taken.clear();
            while (taken.size() < count) {
                final long best = bestPrice();
                if (best == NO_PRICE) {
                    break;
                }
                prices[taken.size()] = best;
                sizes[taken.size()] = levels.get(best);
                taken.add(best);
                // A price that was removed and came back may be in the heap more than once.
                while (!heap.isEmpty() && heap.peek() == best) {
                    heap.poll();
                }
            }
            heap.addAll(taken);
            return taken.size();
        }
    }
}
