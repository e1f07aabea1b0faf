package org.aegishydra.core.book;

import org.aegishydra.core.checkpoint.CheckpointException;
import org.aegishydra.core.checkpoint.StateInput;
import org.aegishydra.core.checkpoint.StateOutput;
import org.aegishydra.core.coinbase.Side;
import org.aegishydra.core.latency.HotPath;

/** A product's book as one connection tells it, from that connection's snapshot on. Used by the market's thread. */
@HotPath
final class ConnectionBook {
    /** Far more than a snapshot that fits a message can bring. */
    private static final int MAX_LEVELS = 1 << 24;

    private final OrderBook book;
    private int connectionId = ProductBook.NO_CONNECTION;
    private boolean live;
    private long digest;
    private long levelUpdates;
    private long snapshots;

    /** The best price of each side at which a level was set since the changes were forgotten. */
    private long bestChangedBid = Long.MAX_VALUE;

    private long bestChangedAsk = Long.MIN_VALUE;

    ConnectionBook(OrderBook book) {
        this.book = book;
    }

    OrderBook book() {
        return book;
    }

    int connectionId() {
        return connectionId;
    }

    boolean isLive() {
        return live;
    }

    long digest() {
        return digest;
    }

    long levelUpdates() {
        return levelUpdates;
    }

    long snapshots() {
        return snapshots;
    }

    /** Whether a level of a side was set, since the changes were forgotten, at this price or a better one. */
    boolean isChangedFrom(Side side, long price) {
        return side == Side.BID ? bestChangedBid >= price : bestChangedAsk <= price;
    }

    void forgetChanges() {
        bestChangedBid = Long.MIN_VALUE;
        bestChangedAsk = Long.MAX_VALUE;
    }

    private void everythingChanged() {
        bestChangedBid = Long.MAX_VALUE;
        bestChangedAsk = Long.MIN_VALUE;
    }

    void startSnapshot(int connection) {
        book.clear();
        everythingChanged();
        digest = 0;
        live = true;
        connectionId = connection;
        snapshots++;
    }

    void set(Side side, long price, long size) {
        levelUpdates++;
        // Both, since which side a level is on cannot be foreseen, and a branch that goes wrong costs more than all of
        // this.
        bestChangedBid = Math.max(bestChangedBid, side == Side.BID ? price : Long.MIN_VALUE);
        bestChangedAsk = Math.min(bestChangedAsk, side == Side.BID ? Long.MAX_VALUE : price);
        final long before = book.set(side, price, size);
        digest += BookDigest.change(side, price, before, size);
    }

    void rescale(long priceFactor, long sizeFactor) {
        book.rescale(priceFactor, sizeFactor);
        everythingChanged();
        digest = digestOfAllLevels(Side.BID) + digestOfAllLevels(Side.ASK);
    }

    private long digestOfAllLevels(Side side) {
        final long[] prices = new long[book.levels(side)];
        final long[] sizes = new long[prices.length];
        long sum = 0;
        for (int i = book.top(side, prices.length, prices, sizes) - 1; i >= 0; i--) {
            sum += BookDigest.level(side, prices[i], sizes[i]);
        }
        return sum;
    }

    void blind() {
        live = false;
    }

    /** Waits for the snapshot of this connection. */
    void awaitSnapshotOf(int connection) {
        live = false;
        connectionId = connection;
    }

    /** Forgets what was counted, for another use of the book. */
    void startCounting() {
        levelUpdates = 0;
        snapshots = 0;
    }

    void writeState(StateOutput output) {
        output.putInt(connectionId);
        output.putBoolean(live);
        output.putLong(digest);
        output.putLong(levelUpdates);
        output.putLong(snapshots);
        writeLevels(output, Side.BID);
        writeLevels(output, Side.ASK);
    }

    private void writeLevels(StateOutput output, Side side) {
        final int count = book.levels(side);
        final long[] prices = new long[count];
        final long[] sizes = new long[count];
        book.top(side, count, prices, sizes);
        output.putInt(count);
        output.putLongs(prices, count);
        output.putLongs(sizes, count);
    }

    void readState(StateInput input) {
        connectionId = input.getInt();
        live = input.getBoolean();
        digest = input.getLong();
        levelUpdates = input.getLong();
        snapshots = input.getLong();
        book.clear();
        everythingChanged();
        readLevels(input, Side.BID);
        readLevels(input, Side.ASK);
        if (digestOfAllLevels(Side.BID) + digestOfAllLevels(Side.ASK) != digest) {
            throw new CheckpointException("a book's levels do not have the book's digest");
        }
    }

    private void readLevels(StateInput input, Side side) {
        final int count = input.getCount(MAX_LEVELS);
        final long[] prices = new long[count];
        final long[] sizes = new long[count];
        input.getLongs(prices, count);
        input.getLongs(sizes, count);
        for (int i = 0; i < count; i++) {
            book.set(side, prices[i], sizes[i]);
        }
    }
}
