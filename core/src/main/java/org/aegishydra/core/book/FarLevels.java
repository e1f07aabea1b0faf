package org.aegishydra.core.book;

import org.aegishydra.core.latency.HotPath;

/**
 * Levels wherever they are: sizes by hashing, the order of the keys by a {@link KeyTree}. Setting one costs the same
 * however many there are and wherever it lies, some times what it costs in {@link NearLevels}; memory follows the number of
 * levels. Used by one thread.
 */
@HotPath
final class FarLevels {
    private final LevelTable sizes = new LevelTable();
    private final KeyTree order = new KeyTree();

    int count() {
        return sizes.size();
    }

    void clear() {
        sizes.clear();
        order.clear();
    }

    /** Clears, and gives up room that was hardly used. */
    void reset() {
        sizes.reset();
        order.reset();
    }

    long size(long key) {
        return sizes.get(key);
    }

    /** Sets a level's size; returns the size before. 0 stands for an absent level. */
    long set(long key, long size) {
        final int place = sizes.find(key);
        if (place < 0) {
            if (size != 0) {
                sizes.add(place, key, size);
                order.add(key);
            }
            return 0;
        }
        final long before = sizes.value(place);
        if (size != 0) {
            sizes.value(place, size);
        } else {
            sizes.remove(place);
            order.remove(key);
        }
        return before;
    }

    /** The largest key below another; {@link KeyTree#NONE} if there is none. */
    long below(long key) {
        return order.below(key);
    }

    /** Adds the size of an absent level whose key {@link #addWord} adds. */
    void addSize(long key, long size) {
        sizes.add(sizes.find(key), key, size);
    }

    /** Adds 64 neighbouring keys, those whose bits are set, where there were none. */
    void addWord(long keyWord, long bits) {
        order.addWord(keyWord, bits);
    }

    /** Removes the size of a level whose key {@link #removeWord} removed, and returns it. */
    long removeSize(long key) {
        final int place = sizes.find(key);
        final long size = sizes.value(place);
        sizes.remove(place);
        return size;
    }

    /** Removes 64 neighbouring keys. Returns which of them were there. */
    long removeWord(long keyWord) {
        return order.removeWord(keyWord);
    }

    void multiplySizes(long factor) {
        sizes.multiplyValues(factor);
    }
}
