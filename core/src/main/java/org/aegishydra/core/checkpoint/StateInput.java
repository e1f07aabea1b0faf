package org.aegishydra.core.checkpoint;

import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import org.agrona.DirectBuffer;

/** Reads what {@link StateOutput} wrote, in the same order. Used by one thread. */
public final class StateInput {
    private final DirectBuffer buffer;
    private final int endOffset;
    private int offset;

    /** The values in a part of a buffer, which must not change meanwhile. */
    public StateInput(DirectBuffer buffer, int offset, int length) {
        this.buffer = buffer;
        this.offset = offset;
        this.endOffset = offset + length;
    }

    /**
     * What is read next.
     *
     * @throws CheckpointException if it is something else.
     */
    public void section(String name) {
        final String found = getText();
        if (!found.equals(name)) {
            throw new CheckpointException("the state of '" + name + "' was expected, and '" + found + "' found");
        }
    }

    public long getLong() {
        return buffer.getLong(advance(Long.BYTES), ByteOrder.LITTLE_ENDIAN);
    }

    public int getInt() {
        return buffer.getInt(advance(Integer.BYTES), ByteOrder.LITTLE_ENDIAN);
    }

    /**
     * A number of things that follow.
     *
     * @param most more than that cannot be.
     */
    public int getCount(int most) {
        final int count = getInt();
        if (count < 0 || count > most) {
            throw new CheckpointException("a count of " + count + ", of at most " + most);
        }
        return count;
    }

    public double getDouble() {
        return Double.longBitsToDouble(getLong());
    }

    public boolean getBoolean() {
        return buffer.getByte(advance(1)) != 0;
    }

    public String getText() {
        final byte[] utf8 = new byte[getCount(endOffset - offset - Integer.BYTES)];
        buffer.getBytes(advance(utf8.length), utf8);
        return new String(utf8, StandardCharsets.UTF_8);
    }

    /** Fills the beginning of an array. */
    public void getLongs(long[] values, int count) {
        for (int i = 0; i < count; i++) {
            values[i] = getLong();
        }
    }

    /**
     * All of it was read.
     *
     * @throws CheckpointException if something is left.
     */
    public void end() {
        if (offset != endOffset) {
            throw new CheckpointException((endOffset - offset) + " bytes are left behind the state");
        }
    }

    private int advance(int bytes) {
        if (bytes > endOffset - offset) {
            throw new CheckpointException("the state ends too early");
        }
        final int at = offset;
        offset += bytes;
        return at;
    }
}
