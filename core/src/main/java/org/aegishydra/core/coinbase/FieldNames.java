package org.aegishydra.core.coinbase;

import java.nio.charset.StandardCharsets;
import org.aegishydra.core.latency.HotPath;
import org.agrona.DirectBuffer;

/** Some fields of a JSON object, found by their bytes. Immutable. */
@HotPath
final class FieldNames {
    private final byte[][] names;

    FieldNames(String... names) {
        this.names = new byte[names.length][];
        for (int i = 0; i < names.length; i++) {
            this.names[i] = names[i].getBytes(StandardCharsets.US_ASCII);
        }
    }

    int size() {
        return names.length;
    }

    /** The position of a name among the fields, or -1. */
    int indexOf(DirectBuffer buffer, int offset, int length) {
        for (int i = 0; i < names.length; i++) {
            if (names[i].length == length && equal(names[i], buffer, offset)) {
                return i;
            }
        }
        return -1;
    }

    private static boolean equal(byte[] name, DirectBuffer buffer, int offset) {
        for (int i = 0; i < name.length; i++) {
            if (buffer.getByte(offset + i) != name[i]) {
                return false;
            }
        }
        return true;
    }
}
