package org.aegishydra.trader.ising;

/** How the arrays of words lie in memory. Stateless. */
final class Lanes {
    /** Nine cache lines: arrays of 4 KiB one behind the other would meet in the same sets of the first cache. */
    private static final int PADDING_WORDS = 72;

    private Lanes() {}

    /** The length of an array of which so many words are used. */
    static int padded(int words) {
        return words + PADDING_WORDS;
    }
}
