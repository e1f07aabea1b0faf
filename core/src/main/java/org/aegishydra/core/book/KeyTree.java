package org.aegishydra.core.book;

import org.aegishydra.core.latency.HotPath;

/**
 * An ordered set of {@code long}s that are not negative: a tree of 64-bit words in which a bit says that something is
 * below it. A word on the lowest rung stands for 64 neighbouring keys, one on the rung above for 64 such words, and so on
 * up to the one word that stands for all. Only words that hold a bit exist; they are found by hashing, so that there is no
 * range of keys to choose beforehand, and memory follows the number of keys. Whatever is asked touches two words a rung at
 * most, of eleven rungs; mostly two or three words in all. Used by one thread.
 */
@HotPath
final class KeyTree {
    /** The answer where there is no key. */
    static final long NONE = -1;

    private static final int BITS = 6;
    private static final int RUNG_BITS = 4;
    private static final int TOP = 10;

    /** A word's key is its index on its rung and the rung. */
    private final LevelTable words = new LevelTable();

    void clear() {
        words.clear();
    }

    /** Clears, and gives up room that was hardly used. */
    void reset() {
        words.reset();
    }

    /** Adds an absent key. */
    void add(long key) {
        addWord(key >>> BITS, 1L << key);
    }

    /** Adds those of 64 neighbouring keys whose bits are set, one at least; they are absent. */
    void addWord(long keyWord, long keyBits) {
        long index = keyWord;
        long bits = keyBits;
        for (int rung = 0; rung <= TOP; rung++) {
            final long wordKey = index << RUNG_BITS | rung;
            final int place = words.find(wordKey);
            if (place >= 0) {
                words.value(place, words.value(place) | bits);
                return;
            }
            words.add(place, wordKey, bits);
            bits = 1L << index;
            index >>>= BITS;
        }
    }

    /** Removes a present key. */
    void remove(long key) {
        removeBits(key >>> BITS, 1L << key);
    }

    /** Removes whichever of 64 neighbouring keys are present. Returns their bits. */
    long removeWord(long keyWord) {
        final long present = words.get(keyWord << RUNG_BITS);
        if (present != 0) {
            removeBits(keyWord, present);
        }
        return present;
    }

    private void removeBits(long wordIndex, long lowestBits) {
        long index = wordIndex;
        long bits = lowestBits;
        for (int rung = 0; rung <= TOP; rung++) {
            final int place = words.find(index << RUNG_BITS | rung);
            final long left = words.value(place) & ~bits;
            if (left != 0) {
                words.value(place, left);
                return;
            }
            words.remove(place);
            bits = 1L << index;
            index >>>= BITS;
        }
    }

    /** The largest key below another, which need not be present; {@link #NONE} if there is none. */
    long below(long key) {
        long index = key;
        for (int rung = 0; rung <= TOP; rung++) {
            final long lowerBits = (1L << index) - 1;
            index >>>= BITS;
            final long candidates = words.get(index << RUNG_BITS | rung) & lowerBits;
            if (candidates != 0) {
                return largest(index, rung, candidates);
            }
        }
        return NONE;
    }

    /** The largest key below a word of which only some bits count. */
    private long largest(long wordIndex, int wordRung, long bits) {
        long index = wordIndex << BITS | highest(bits);
        for (int rung = wordRung - 1; rung >= 0; rung--) {
            index = index << BITS | highest(words.get(index << RUNG_BITS | rung));
        }
        return index;
    }

    private static int highest(long bits) {
        return Long.SIZE - 1 - Long.numberOfLeadingZeros(bits);
    }
}
