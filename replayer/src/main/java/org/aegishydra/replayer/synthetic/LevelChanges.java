package org.aegishydra.replayer.synthetic;

/**
 * What one update changes on one side, best price first, each price once with its last size. Reused. Used by one thread.
 */
final class LevelChanges {
    /** The most levels that one side of an update changes. */
    static final int CAPACITY = 60;

    private final RestingSide side;
    private final long[] prices = new long[CAPACITY];
    private final long[] sizes = new long[CAPACITY];
    private int count;

    LevelChanges(RestingSide side) {
        this.side = side;
    }

    void clear() {
        count = 0;
    }

    int count() {
        return count;
    }

    int room() {
        return CAPACITY - count;
    }

    long price(int i) {
        return prices[i];
    }

    long size(int i) {
        return sizes[i];
    }

    /** Notes a level's new size; 0 if it is removed. There must be room. */
    void note(long price, long size) {
        int at = count;
        while (at > 0 && side.betterBy(price, prices[at - 1]) > 0) {
            at--;
        }
        if (at > 0 && prices[at - 1] == price) {
            sizes[at - 1] = size;
            return;
        }
        System.arraycopy(prices, at, prices, at + 1, count - at);
        System.arraycopy(sizes, at, sizes, at + 1, count - at);
        prices[at] = price;
        sizes[at] = size;
        count++;
    }
}
