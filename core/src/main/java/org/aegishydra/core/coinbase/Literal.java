package org.aegishydra.core.coinbase;

import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import org.aegishydra.core.latency.HotPath;
import org.agrona.DirectBuffer;
import org.agrona.concurrent.UnsafeBuffer;

/** A constant piece of a message, compared eight bytes at a time. Immutable. */
@HotPath
final class Literal {
    private final byte[] bytes;
    private final long[] words;

    Literal(String text) {
        bytes = text.getBytes(StandardCharsets.US_ASCII);
        words = new long[bytes.length >> 3];
        final UnsafeBuffer buffer = new UnsafeBuffer(bytes);
        for (int i = 0; i < words.length; i++) {
            words[i] = buffer.getLong(i << 3, ByteOrder.LITTLE_ENDIAN);
        }
    }

    int length() {
        return bytes.length;
    }

    /** Whether the literal stands at an offset and ends by a limit. */
    boolean standsAt(DirectBuffer buffer, int offset, int limit) {
        if (limit - offset < bytes.length) {
            return false;
        }
        for (int i = 0; i < words.length; i++) {
            if (buffer.getLong(offset + (i << 3), ByteOrder.LITTLE_ENDIAN) != words[i]) {
                return false;
            }
        }
        for (int i = words.length << 3; i < bytes.length; i++) {
            if (buffer.getByte(offset + i) != bytes[i]) {
                return false;
            }
        }
        return true;
    }
}
