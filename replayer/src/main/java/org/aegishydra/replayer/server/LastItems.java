package org.aegishydra.replayer.server;

import java.util.Collection;
import java.util.NavigableMap;
import java.util.TreeMap;

/**
 * The last items of one channel and product, by the number that orders them: what a late subscriber is told first. The
 * lowest number goes when there are too many. Used by one thread.
 */
final class LastItems {
    private final int capacity;
    private final NavigableMap<Long, FeedItem> byNumber = new TreeMap<>();

    LastItems(int capacity) {
        this.capacity = capacity;
    }

    /** Keeps an item. One that tells of something new is not replaced by a repetition of it. */
    void put(FeedItem item) {
        byNumber.merge(item.number(), item, (had, now) -> now.repeats() && !had.repeats() ? had : now);
        if (byNumber.size() > capacity) {
            byNumber.pollFirstEntry();
        }
    }

    /** The item of a number; null if it was not kept. */
    FeedItem get(long number) {
        return byNumber.get(number);
    }

    /** The last items up to a number, the first one first. */
    Collection<FeedItem> upTo(long lastNumber, int count) {
        NavigableMap<Long, FeedItem> kept = byNumber.headMap(lastNumber, true);
        if (kept.size() > count) {
            long first = kept.lastKey();
            for (int i = 1; i < count; i++) {
                first = kept.lowerKey(first);
            }
            kept = kept.tailMap(first, true);
        }
        return kept.values();
    }
}
