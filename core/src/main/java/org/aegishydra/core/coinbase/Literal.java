package org.aegishydra.core.coinbase;

import java.nio.charset.StandardCharsets;
import org.aegishydra.core.latency.HotPath;

/**
 * A constant piece of a message, of {@value #MIN_LENGTH} to {@value #MAX_LENGTH} characters, compared a word at a time. A record, since the JIT
 * compiler takes a constant record's components for constants: a comparison becomes a few instructions without a loop.
 *
 * @param length its bytes.
 * @param first its first word, and so on; 0 where there is none.
 * @param last its last word, which overlaps those before it.
 */
@HotPath
record Literal(int length, long first, long second, long third, long fourth, long fifth, long sixth, long last) {
    static final int MIN_LENGTH = 2;
    static final int MAX_LENGTH = 7 * Long.BYTES;

    static Literal of(String text) {
        final byte[] bytes = text.getBytes(StandardCharsets.US_ASCII);
        if (bytes.length < MIN_LENGTH || bytes.length > MAX_LENGTH) {
            throw new IllegalArgumentException("too short or too long: " + text);
        }
        return new Literal(
                bytes.length,
                word(bytes, 0),
                word(bytes, 1),
                word(bytes, 2),
                word(bytes, 3),
                word(bytes, 4),
                word(bytes, 5),
                wordAt(bytes, Math.max(bytes.length - Long.BYTES, 0)));
    }

    private static long word(byte[] bytes, int index) {
        return wordAt(bytes, index * Long.BYTES);
    }

    private static long wordAt(byte[] bytes, int from) {
        long word = 0;
        for (int i = Math.min(bytes.length, from + Long.BYTES) - 1; i >= from; i--) {
            word = (word << Byte.SIZE) | bytes[i];
        }
        return word;
    }

    /** The word that eight characters make. */
    static long word(String text) {
        return of(text).first;
    }

    /** The half word that four characters make. */
    static int halfWord(String text) {
        return (int) of(text).first;
    }

    /** Whether the literal stands at an address and ends by a limit. */
    boolean standsAt(long address, long limit) {
        return limit - address >= length && (length < Long.BYTES ? fewDifference(address) : difference(address)) == 0;
    }

    private long fewDifference(long address) {
        if (length < Integer.BYTES) {
            final int middle = length / 2;
            return (MessageBytes.at(address) ^ byteAt(0))
                    | (MessageBytes.at(address + middle) ^ byteAt(middle))
                    | (MessageBytes.at(address + length - 1) ^ byteAt(length - 1));
        }
        final int toEnd = length - Integer.BYTES;
        return (MessageBytes.halfWord(address) ^ (int) first)
                | (MessageBytes.halfWord(address + toEnd) ^ (int) (first >>> (toEnd * Byte.SIZE)));
    }

    private byte byteAt(int index) {
        return (byte) (first >>> (index * Byte.SIZE));
    }

    private long difference(long address) {
        long difference = MessageBytes.difference(address + length - Long.BYTES, last);
        difference |= MessageBytes.difference(address, first);
        if (length >= 2 * Long.BYTES) {
            difference |= MessageBytes.difference(address + Long.BYTES, second);
        }
        if (length >= 3 * Long.BYTES) {
            difference |= MessageBytes.difference(address + 2 * Long.BYTES, third);
        }
        if (length >= 4 * Long.BYTES) {
            difference |= MessageBytes.difference(address + 3 * Long.BYTES, fourth);
        }
        if (length >= 5 * Long.BYTES) {
            difference |= MessageBytes.difference(address + 4 * Long.BYTES, fifth);
        }
        if (length >= 6 * Long.BYTES) {
            difference |= MessageBytes.difference(address + 5 * Long.BYTES, sixth);
        }
        return difference;
    }
}
