package org.aegishydra.core.checkpoint;

import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import org.agrona.DirectBuffer;
import org.agrona.ExpandableArrayBuffer;

/**
 * The values of a state, little-endian, one after the other; {@link StateInput} reads them in the same order. The buffer
 * grows to the largest state and is kept. Used by one thread at a time.
 */
public final class StateOutput {
    private static final int FIRST_CAPACITY_BYTES = 1 << 20;

    private final ExpandableArrayBuffer buffer = new ExpandableArrayBuffer(FIRST_CAPACITY_BYTES);
    private int lengthBytes;

    /** Forgets what was written. */
    public StateOutput clear() {
        lengthBytes = 0;
        return this;
    }

    /** Names what follows, so that a state that is read in another order than it was written is found out. */
    public void section(String name) {
        putText(name);
    }

    public void putLong(long value) {
        buffer.putLong(lengthBytes, value, ByteOrder.LITTLE_ENDIAN);
        lengthBytes += Long.BYTES;
    }

    public void putInt(int value) {
        buffer.putInt(lengthBytes, value, ByteOrder.LITTLE_ENDIAN);
        lengthBytes += Integer.BYTES;
    }

    public void putDouble(double value) {
        putLong(Double.doubleToRawLongBits(value));
    }

    public void putBoolean(boolean value) {
        buffer.putByte(lengthBytes, (byte) (value ? 1 : 0));
        lengthBytes++;
    }

    /** A text of any length. */
    public void putText(String text) {
        final byte[] utf8 = text.getBytes(StandardCharsets.UTF_8);
        putInt(utf8.length);
        buffer.putBytes(lengthBytes, utf8);
        lengthBytes += utf8.length;
    }

    /** The first values of an array, without their count. */
    public void putLongs(long[] values, int count) {
        for (int i = 0; i < count; i++) {
            putLong(values[i]);
        }
    }

    /** All that was written, from offset 0; valid until the next change. */
    public DirectBuffer buffer() {
        return buffer;
    }

    public int lengthBytes() {
        return lengthBytes;
    }
}
