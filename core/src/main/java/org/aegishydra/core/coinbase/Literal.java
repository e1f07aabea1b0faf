package org.aegishydra.core.coinbase;

import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import org.aegishydra.core.latency.HotPath;
import org.agrona.concurrent.UnsafeBuffer;

/** A constant piece of a message, compared a word at a time. Immutable. */
@HotPath
final class Literal {
    private final byte[] bytes;

    /** The last one ends with the literal, and so overlaps the one before it. */
    private final long[] words;

    Literal(String text) {
        bytes = text.getBytes(StandardCharsets.US_ASCII);
        words = new long[bytes.length < Long.BYTES ? 0 : (bytes.length + Long.BYTES - 1) / Long.BYTES];
        final UnsafeBuffer buffer = new UnsafeBuffer(bytes);
        for (int i = 0; i < words.length; i++) {
            final int offset = Math.min(i * Long.BYTES, bytes.length - Long.BYTES);
            words[i] = buffer.getLong(offset, ByteOrder.LITTLE_ENDIAN);
        }
    }

    /** The word that eight characters make. */
    static long word(String text) {
        return new UnsafeBuffer(text.getBytes(StandardCharsets.US_ASCII)).getLong(0, ByteOrder.LITTLE_ENDIAN);
    }

    /** The half word that four characters make. */
    static int halfWord(String text) {
        return new UnsafeBuffer(text.getBytes(StandardCharsets.US_ASCII)).getInt(0, ByteOrder.LITTLE_ENDIAN);
    }

    int length() {
        return bytes.length;
    }

    /** Whether the literal stands at an address and ends by a limit. */
    boolean standsAt(long address, long limit) {
        if (limit - address < bytes.length) {
            return false;
        }
        return words.length == 0 ? fewStandAt(address) : wordsStandAt(address);
    }

    private boolean wordsStandAt(long address) {
        final int last = words.length - 1;
        long difference = MessageBytes.word(address + bytes.length - Long.BYTES) ^ words[last];
        for (int i = 0; i < last; i++) {
            difference |= MessageBytes.word(address + ((long) i << 3)) ^ words[i];
        }
        return difference == 0;
    }

    private boolean fewStandAt(long address) {
        for (int i = 0; i < bytes.length; i++) {
            if (MessageBytes.at(address + i) != bytes[i]) {
                return false;
            }
        }
        return true;
    }
}
