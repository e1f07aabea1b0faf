package org.aegishydra.core.run;

import java.util.function.Consumer;
import org.aegishydra.core.latency.HotPath;
import org.agrona.DirectBuffer;
import org.agrona.concurrent.UnsafeBuffer;

/**
 * The payload of a {@code STEP} record: up to {@link #CAPACITY} {@link StepRecord}s, one behind the other. To append a
 * record to a journal costs several times what a step's own bytes do, so the steps share one. Used by one thread.
 */
@HotPath
public final class StepBatch {
    /** The most steps in a batch. */
    public static final int CAPACITY = 32;

    private final UnsafeBuffer buffer = new UnsafeBuffer(new byte[CAPACITY * StepRecord.LENGTH_BYTES]);
    private int count;

    /** Adds a copy of a step to a batch that is not full. */
    public void add(StepRecord step) {
        buffer.putBytes(count * StepRecord.LENGTH_BYTES, step.buffer(), 0, StepRecord.LENGTH_BYTES);
        count++;
    }

    public boolean isEmpty() {
        return count == 0;
    }

    public boolean isFull() {
        return count == CAPACITY;
    }

    /** The bytes of the steps, from offset 0 on. */
    public DirectBuffer buffer() {
        return buffer;
    }

    /** How many bytes there are. */
    public int lengthBytes() {
        return count * StepRecord.LENGTH_BYTES;
    }

    /** Forgets the steps. */
    public void clear() {
        count = 0;
    }

    /**
     * Hands the steps of a payload out, in order.
     *
     * @param view is moved from step to step.
     */
    public static void forEach(
            DirectBuffer payload, int offset, int length, StepRecord view, Consumer<StepRecord> consumer) {
        for (int at = offset; at < offset + length; at += StepRecord.LENGTH_BYTES) {
            consumer.accept(view.wrap(payload, at));
        }
    }
}
