package org.aegishydra.core.coinbase;

import org.aegishydra.core.latency.HotPath;

/**
 * Decimal digits, up to eight at once in a word whose lowest byte is the first character. Stateless.
 *
 * <p>Text becomes a number in two steps: {@link #lastOf} moves the digits to the word's end and their values into its
 * bytes, and {@link #number} multiplies pairs, fours and eights together. Whether they were digits is told by {@link
 * #errors}, of which those of many words can be collected before they are looked at.
 */
@HotPath
final class Digits {
    /** The most digits of a word. */
    static final int PER_WORD = Long.BYTES;

    private static final long ZEROS = 0x3030303030303030L;
    private static final long DIGIT_BITS = 0x1010101010101010L;
    /** Of digits and letters, letters have the bit two above the one that both may have. */
    private static final int LETTER_TO_DIGIT_BIT = 2;

    private static final long TOP_BITS = 0x8080808080808080L;

    /** Brings the byte values from 10 to 127 to 128 or more. */
    private static final long BEYOND_NINE = 0x7676767676767676L;

    private static final long PAIRING = (10 << 8) + 1;
    private static final long PAIRING_PAIRS = (100 << 16) + 1;
    private static final long PAIRING_FOURS = (10_000L << 32) + 1;

    private Digits() {}

    /**
     * How many digits the word begins with, 0 to 8, if what follows them is a point or a quote; other characters may count as
     * digits, which {@link #errors} tells.
     */
    static int leading(long word) {
        return Long.numberOfTrailingZeros(~word & DIGIT_BITS) >>> 3;
    }

    /** How many digits the word begins with, 0 to 8, if what follows them may also be a letter. */
    static int leadingBeforeLetter(long word) {
        return Long.numberOfTrailingZeros((~word | (word >>> LETTER_TO_DIGIT_BIT)) & DIGIT_BITS) >>> 3;
    }

    /** The values of a word's first so many characters, 1 to 8, at its end behind zeros. */
    static long lastOf(long word, int count) {
        return (word ^ ZEROS) << (Long.SIZE - (count << 3));
    }

    /** The values of a word's first so many characters, 1 to 8, at its beginning, zeros behind them. */
    static long firstOf(long word, int count) {
        return lastOf(word, count) >>> (Long.SIZE - (count << 3));
    }

    /** The bits of a word's last so many characters, 1 to 8. */
    static long lastMask(int count) {
        return -1L << (Long.SIZE - (count << 3));
    }

    /** The values of the characters before an address that a mask keeps, at a word's end behind zeros. */
    static long endingAt(long address, long mask) {
        return (MessageBytes.word(address - PER_WORD) ^ ZEROS) & mask;
    }

    /** Not zero if a byte is no digit's value. */
    static long errors(long values) {
        return ((values + BEYOND_NINE) | values) & TOP_BITS;
    }

    /** Not zero if a byte of two words is no digit's value. */
    static long errors(long values, long others) {
        return ((values + BEYOND_NINE) | values | (others + BEYOND_NINE) | others) & TOP_BITS;
    }

    /** All bits if a character, one from 0 to 255, is a point, else none. */
    static int ifPoint(int character) {
        return ((character ^ '.') - 1) >> (Integer.SIZE - 1);
    }

    /** The number that eight digits' values make. */
    static long number(long values) {
        final long pairs = ((values * PAIRING) >>> 8) & 0x00FF00FF00FF00FFL;
        final long fours = ((pairs * PAIRING_PAIRS) >>> 16) & 0x0000FFFF0000FFFFL;
        return (fours * PAIRING_FOURS) >>> 32;
    }
}
