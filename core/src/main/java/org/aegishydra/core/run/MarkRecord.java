package org.aegishydra.core.run;

import java.nio.ByteOrder;
import org.aegishydra.core.latency.HotPath;
import org.agrona.DirectBuffer;
import org.agrona.concurrent.UnsafeBuffer;

/**
 * The payload of a {@code MARK} record: a run's digest after a market record whose sequence is a multiple of
 * {@link #INTERVAL_RECORDS}, so that two runs can be compared over their common range. Used by one thread.
 *
 * <pre>
 *     0  market sequence   8
 *     8  decisions         8   so far
 *    16  decision digest   8
 *    24  book digest       8
 * </pre>
 */
@HotPath
public final class MarkRecord {
    /** The length of the layout. */
    public static final int LENGTH_BYTES = 32;

    /** How often a mark is written. */
    public static final long INTERVAL_RECORDS = 10_000;

    private final UnsafeBuffer buffer = new UnsafeBuffer(new byte[LENGTH_BYTES]);

    /** Points this view at a record's payload. */
    public MarkRecord wrap(DirectBuffer payload, int offset) {
        buffer.wrap(payload, offset, LENGTH_BYTES);
        return this;
    }

    /** Sets all values. */
    public MarkRecord set(long marketSequence, RunDigest digest, long bookDigest) {
        buffer.putLong(0, marketSequence, ByteOrder.LITTLE_ENDIAN);
        buffer.putLong(8, digest.count(), ByteOrder.LITTLE_ENDIAN);
        buffer.putLong(16, digest.decisions(), ByteOrder.LITTLE_ENDIAN);
        buffer.putLong(24, bookDigest, ByteOrder.LITTLE_ENDIAN);
        return this;
    }

    /** The bytes of the layout, from offset 0. */
    public DirectBuffer buffer() {
        return buffer;
    }

    public long marketSequence() {
        return buffer.getLong(0, ByteOrder.LITTLE_ENDIAN);
    }

    public long decisions() {
        return buffer.getLong(8, ByteOrder.LITTLE_ENDIAN);
    }

    public long decisionDigest() {
        return buffer.getLong(16, ByteOrder.LITTLE_ENDIAN);
    }

    public long bookDigest() {
        return buffer.getLong(24, ByteOrder.LITTLE_ENDIAN);
    }
}
