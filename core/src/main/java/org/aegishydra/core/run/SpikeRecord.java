package org.aegishydra.core.run;

import java.nio.ByteOrder;
import org.aegishydra.core.latency.HotPath;
import org.agrona.DirectBuffer;
import org.agrona.concurrent.UnsafeBuffer;

/**
 * The payload of a {@code SPIKE} record: the slow step, with what followed it included in its time. Decoding and book are
 * told apart as in any step: always where the time of reception is known, at full speed in one of 17, and their sum else
 * (see {@link org.aegishydra.core.latency.LatencyTrace}). A view over a buffer; used by one thread.
 *
 * <pre>
 *     0  step      176   see {@link StepRecord}; total includes what followed the step
 *   176  follow      8   ns: what followed the step, inline
 * </pre>
 */
@HotPath
public final class SpikeRecord {
    /** The length of the layout. */
    public static final int LENGTH_BYTES = 184;

    private static final int FOLLOW = StepRecord.LENGTH_BYTES;

    private final UnsafeBuffer buffer = new UnsafeBuffer(new byte[LENGTH_BYTES]);
    private final StepRecord step = new StepRecord();

    /** Points this view at a record's payload. */
    public SpikeRecord wrap(DirectBuffer payload, int offset) {
        buffer.wrap(payload, offset, LENGTH_BYTES);
        return this;
    }

    /** Sets the step and what followed it. */
    public SpikeRecord of(StepRecord slow, long followNs) {
        buffer.putBytes(0, slow.buffer(), 0, StepRecord.LENGTH_BYTES);
        buffer.putLong(FOLLOW, followNs, ByteOrder.LITTLE_ENDIAN);
        return this;
    }

    /** The bytes of the layout, from offset 0. */
    public DirectBuffer buffer() {
        return buffer;
    }

    /** The step; the same view each time. */
    public StepRecord step() {
        return step.wrap(buffer, 0);
    }

    public long followNs() {
        return buffer.getLong(FOLLOW, ByteOrder.LITTLE_ENDIAN);
    }
}
