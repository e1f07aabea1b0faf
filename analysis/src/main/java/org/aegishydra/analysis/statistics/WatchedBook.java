package org.aegishydra.analysis.statistics;

import java.util.Arrays;
import java.util.function.LongSupplier;
import org.aegishydra.core.book.LadderOrderBook;
import org.aegishydra.core.book.OrderBook;
import org.aegishydra.core.coinbase.Side;

/**
 * A book that remembers what the message that is being applied did to it: for each level its distance from the touch as
 * it was before the message, and its sizes before and after. Reused from message to message. Used by one thread.
 */
final class WatchedBook implements OrderBook {
    private final OrderBook book = new LadderOrderBook();
    private final LongSupplier recordNumber;
    private long begunRecord = -1;
    private boolean restarted;
    private long bestBid;
    private long bestAsk;
    private double[] distances = new double[64];
    private long[] before = new long[64];
    private long[] after = new long[64];
    private int count;

    /** @param recordNumber tells which record is being applied. */
    WatchedBook(LongSupplier recordNumber) {
        this.recordNumber = recordNumber;
    }

    private void begin() {
        if (begunRecord != recordNumber.getAsLong()) {
            begunRecord = recordNumber.getAsLong();
            restarted = false;
            count = 0;
            bestBid = book.bestPrice(Side.BID);
            bestAsk = book.bestPrice(Side.ASK);
        }
    }

    /** Whether the present record changed this book, in levels or as a whole. */
    boolean isChanged() {
        return begunRecord == recordNumber.getAsLong();
    }

    /** Whether the present record started the book anew; what it set then are no changes. */
    boolean isRestarted() {
        return restarted;
    }

    /** How many levels the present record set. */
    int changes() {
        return count;
    }

    /** How far a level was from the touch, as a share of the touch's price: below 0 inside the spread, NaN without one. */
    double distance(int change) {
        return distances[change];
    }

    long sizeBefore(int change) {
        return before[change];
    }

    long sizeAfter(int change) {
        return after[change];
    }

    /** Whether the present record moved the best price of a side. */
    boolean isTouchMoved() {
        return bestBid != book.bestPrice(Side.BID) || bestAsk != book.bestPrice(Side.ASK);
    }

    @Override
    public void clear() {
        begin();
        restarted = true;
        book.clear();
    }

    @Override
    public long set(Side side, long price, long size) {
        begin();
        final long sizeBefore = book.set(side, price, size);
        if (!restarted) {
            note(side, price, sizeBefore, size);
        }
        return sizeBefore;
    }

    private void note(Side side, long price, long sizeBefore, long size) {
        if (count == distances.length) {
            distances = Arrays.copyOf(distances, count * 2);
            before = Arrays.copyOf(before, count * 2);
            after = Arrays.copyOf(after, count * 2);
        }
        final long best = side == Side.BID ? bestBid : bestAsk;
        final double behind = side == Side.BID ? (double) best - price : (double) price - best;
        distances[count] = best == NO_PRICE ? Double.NaN : behind / best;
        before[count] = sizeBefore;
        after[count] = size;
        count++;
    }

    @Override
    public void rescale(long priceFactor, long sizeFactor) {
        book.rescale(priceFactor, sizeFactor);
    }

    @Override
    public int levels(Side side) {
        return book.levels(side);
    }

    @Override
    public long bestPrice(Side side) {
        return book.bestPrice(side);
    }

    @Override
    public long bestSize(Side side) {
        return book.bestSize(side);
    }

    @Override
    public int top(Side side, int limit, long[] prices, long[] sizes) {
        return book.top(side, limit, prices, sizes);
    }
}
