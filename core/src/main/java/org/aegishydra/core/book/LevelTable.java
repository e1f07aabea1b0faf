package org.aegishydra.core.book;

import java.util.Arrays;
import org.aegishydra.core.latency.HotPath;

/**
 * A map from a {@code long} that is not negative to a {@code long}: open addressing with linear probing, at most half
 * full, key and value side by side, so that one cache line answers most questions. A removed entry leaves no trace (the
 * entries behind it move up), so that there is nothing to clean up later. Used by one thread.
 *
 * <p>Fibonacci hashing (Knuth, The Art of Computer Programming 3, 6.4) spreads keys at equal distances, as prices are,
 * more evenly than chance would.
 */
@HotPath
final class LevelTable {
    private static final int LEAST_CAPACITY = 64;
    private static final long GOLDEN_RATIO = 0x9E3779B97F4A7C15L;
    private static final long FREE = -1;

    /** Keys at even indexes, each one's value behind it. */
    private long[] slots;

    private int hashShift;
    private int size;

    LevelTable() {
        allocate(LEAST_CAPACITY);
    }

    private void allocate(int capacity) {
        slots = new long[2 * capacity];
        Arrays.fill(slots, FREE);
        hashShift = 1 + Long.numberOfLeadingZeros(capacity);
    }

    private int capacity() {
        return slots.length / 2;
    }

    int size() {
        return size;
    }

    /** Removes everything. */
    void clear() {
        Arrays.fill(slots, FREE);
        size = 0;
    }

    /** Clears, and gives up room of which less than a sixteenth was used. */
    void reset() {
        if (capacity() > LEAST_CAPACITY && size < capacity() / 16) {
            allocate(capacity() / 4);
            size = 0;
        } else {
            clear();
        }
    }

    private int home(long key) {
        return (int) ((key * GOLDEN_RATIO) >>> hashShift) << 1;
    }

    /** The place of a key, or where it would go, as the complement of that, if it is absent. */
    int find(long key) {
        final long[] s = slots;
        final int mask = s.length - 1;
        int at = home(key);
        while (true) {
            final long found = s[at];
            if (found == key) {
                return at;
            }
            if (found == FREE) {
                return ~at;
            }
            at = (at + 2) & mask;
        }
    }

    /** The value at a place that {@link #find} gave. */
    long value(int place) {
        return slots[place + 1];
    }

    /** Changes the value at a place that {@link #find} gave. */
    void value(int place, long value) {
        slots[place + 1] = value;
    }

    /** The value of a key, 0 if it is absent. */
    long get(long key) {
        final int place = find(key);
        return place < 0 ? 0 : slots[place + 1];
    }

    /** Adds an absent key where {@link #find} said that it would go. No place is valid afterwards. */
    void add(int complementOfPlace, long key, long value) {
        slots[~complementOfPlace] = key;
        slots[~complementOfPlace + 1] = value;
        size++;
        if (size > capacity() / 2) {
            grow();
        }
    }

    private void grow() {
        final long[] before = slots;
        allocate(capacity() * 2);
        for (int i = 0; i < before.length; i += 2) {
            if (before[i] != FREE) {
                final int place = ~find(before[i]);
                slots[place] = before[i];
                slots[place + 1] = before[i + 1];
            }
        }
    }

    /** Removes the entry at a place that {@link #find} gave. No place is valid afterwards. */
    void remove(int place) {
        final long[] s = slots;
        final int mask = s.length - 1;
        int hole = place;
        for (int at = (hole + 2) & mask; s[at] != FREE; at = (at + 2) & mask) {
            // An entry may move to the hole unless it lives between the hole and where it is.
            if (((at - home(s[at])) & mask) >= ((at - hole) & mask)) {
                s[hole] = s[at];
                s[hole + 1] = s[at + 1];
                hole = at;
            }
        }
        s[hole] = FREE;
        size--;
    }

    void multiplyValues(long factor) {
        for (int i = 0; i < slots.length; i += 2) {
            if (slots[i] != FREE) {
                slots[i + 1] *= factor;
            }
        }
    }
}
