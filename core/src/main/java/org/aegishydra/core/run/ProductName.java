package org.aegishydra.core.run;

import org.aegishydra.core.latency.HotPath;
import org.agrona.DirectBuffer;
import org.agrona.MutableDirectBuffer;

/** A product's name in a run's record: a length byte and up to 31 ASCII characters. Stateless. */
@HotPath
final class ProductName {
    static final int LENGTH_BYTES = 32;

    private ProductName() {}

    static void put(MutableDirectBuffer buffer, int offset, String name) {
        final int length = Math.min(name.length(), LENGTH_BYTES - 1);
        buffer.putByte(offset, (byte) length);
        for (int i = 0; i < length; i++) {
            buffer.putByte(offset + 1 + i, (byte) name.charAt(i));
        }
        for (int i = length + 1; i < LENGTH_BYTES; i++) {
            buffer.putByte(offset + i, (byte) 0);
        }
    }

    static String get(DirectBuffer buffer, int offset) {
        return buffer.getStringWithoutLengthAscii(offset + 1, buffer.getByte(offset));
    }
}
