package org.aegishydra.core.book;

import org.aegishydra.core.latency.HotPath;

/**
 * The levels of a window of neighbouring keys, one slot a key: a ring, so that the window moves without moving what stays
 * in it. Three rungs of bits, of which one of an upper rung stands for 64 of the rung below, find the next level.
 * Which keys the window holds is known by {@link LadderSide}, which asks for no other. Used by one thread.
 */
@HotPath
final class NearLevels {
    /** 64 words of 64 keys. */
    static final int LEAST_KEYS = 1 << 12;

    /** The highest rung is one word: 64 of 64 words of 64 keys. At 8 bytes a key, 2 MB. */
    static final int MOST_KEYS = 1 << 18;

    private static final int BITS = 6;

    private final int mask;
    private final long[] sizes;
    private final long[] words;
    private final long[] wordsOfWords;
    private long top;
    private int count;

    /** Slots for so many keys, a power of two from {@link #LEAST_KEYS} to {@link #MOST_KEYS}. */
    NearLevels(int keys) {
        mask = keys - 1;
        sizes = new long[keys];
        words = new long[keys >>> BITS];
        wordsOfWords = new long[keys >>> (2 * BITS)];
    }

    /** The number of slots. */
    int keys() {
        return sizes.length;
    }

    /** The number of slots, in words of 64. */
    long words() {
        return words.length;
    }

    /** The number of levels. */
    int count() {
        return count;
    }

    long size(long key) {
        return sizes[(int) key & mask];
    }

    /** Sets a level's size; returns the size before. 0 stands for an absent level. */
    long set(long key, long size) {
        final int at = (int) key & mask;
        final long before = sizes[at];
        sizes[at] = size;
        if (before == 0) {
            if (size != 0) {
                add(at);
            }
        } else if (size == 0) {
            remove(at);
        }
        return before;
    }

    private void add(int at) {
        final int word = at >>> BITS;
        final int upper = word >>> BITS;
        words[word] |= 1L << at;
        wordsOfWords[upper] |= 1L << word;
        top |= 1L << upper;
        count++;
    }

    private void remove(int at) {
        final int word = at >>> BITS;
        replaceBits(word, words[word] & ~(1L << at));
        count--;
    }

    private void replaceBits(int word, long bits) {
        words[word] = bits;
        final int upper = word >>> BITS;
        final long upperBits = withBit(wordsOfWords[upper], word, bits);
        wordsOfWords[upper] = upperBits;
        top = withBit(top, upper, upperBits);
    }

    /** A word with a bit (its index modulo 64) set if a number is not 0, else cleared; without a branch to foresee. */
    private static long withBit(long word, int bit, long number) {
        return (word & ~(1L << bit)) | (((number | -number) >>> 63) << bit);
    }

    /**
     * How far below a key the next level is, in ring distance from 1 to the number of slots; one farther than the window
     * reaches means that there is none. The key may be the one above the window's highest.
     */
    long distanceBelow(long key) {
        final int at = (int) key & mask;
        int word = at >>> BITS;
        long bits = words[word] & ((1L << at) - 1);
        if (bits == 0) {
            int upper = word >>> BITS;
            bits = wordsOfWords[upper] & ((1L << word) - 1);
            if (bits == 0) {
                final long lower = top & ((1L << upper) - 1);
                upper = highest(lower != 0 ? lower : top);
                bits = wordsOfWords[upper];
            }
            word = upper << BITS | highest(bits);
            bits = words[word];
        }
        return ((at - (word << BITS | highest(bits)) - 1) & mask) + 1L;
    }

    private static int highest(long bits) {
        return Long.SIZE - 1 - Long.numberOfLeadingZeros(bits);
    }

    /** Hands the levels of a word's 64 keys to others, and removes them. Returns how many there were. */
    int moveTo(FarLevels far, long keyWord) {
        final int word = (int) keyWord & (mask >>> BITS);
        final long bits = words[word];
        if (bits == 0) {
            return 0;
        }
        final int first = word << BITS;
        for (long left = bits; left != 0; left &= left - 1) {
            final int bit = Long.numberOfTrailingZeros(left);
            far.addSize(keyWord << BITS | bit, sizes[first + bit]);
            sizes[first + bit] = 0;
        }
        far.addWord(keyWord, bits);
        replaceWord(word, 0);
        return Long.bitCount(bits);
    }

    /** Takes the levels of a word's 64 keys from others. Returns how many there were. */
    int takeFrom(FarLevels far, long keyWord) {
        final long bits = far.removeWord(keyWord);
        if (bits == 0) {
            return 0;
        }
        final int word = (int) keyWord & (mask >>> BITS);
        final int first = word << BITS;
        for (long left = bits; left != 0; left &= left - 1) {
            final int bit = Long.numberOfTrailingZeros(left);
            sizes[first + bit] = far.removeSize(keyWord << BITS | bit);
        }
        replaceWord(word, bits);
        return Long.bitCount(bits);
    }

    /** Copies the levels of a word's 64 keys to a ring that has room for them. */
    void copyTo(NearLevels larger, long keyWord) {
        final int word = (int) keyWord & (mask >>> BITS);
        if (words[word] != 0) {
            final int target = (int) keyWord & (larger.mask >>> BITS);
            System.arraycopy(sizes, word << BITS, larger.sizes, target << BITS, Long.SIZE);
            larger.replaceWord(target, words[word]);
        }
    }

    private void replaceWord(int word, long bits) {
        count += Long.bitCount(bits) - Long.bitCount(words[word]);
        replaceBits(word, bits);
    }

    void multiplySizes(long factor) {
        for (int word = 0; word < words.length; word++) {
            for (long left = words[word]; left != 0; left &= left - 1) {
                sizes[word << BITS | Long.numberOfTrailingZeros(left)] *= factor;
            }
        }
    }

    void clear() {
        for (int word = 0; word < words.length; word++) {
            for (long left = words[word]; left != 0; left &= left - 1) {
                sizes[word << BITS | Long.numberOfTrailingZeros(left)] = 0;
            }
            words[word] = 0;
        }
        for (int upper = 0; upper < wordsOfWords.length; upper++) {
            wordsOfWords[upper] = 0;
        }
        top = 0;
        count = 0;
    }
}
