package org.aegishydra.core.run;

import java.nio.ByteOrder;
import org.aegishydra.core.book.BookDigest;
import org.aegishydra.core.checkpoint.Checkpointed;
import org.aegishydra.core.checkpoint.StateInput;
import org.aegishydra.core.checkpoint.StateOutput;
import org.aegishydra.core.latency.HotPath;
import org.agrona.DirectBuffer;

/**
 * The running 64-bit hash over a run's decisions, and with the books' own digest over the run's state. Two runs over the
 * same records with the same settings and controls have the same digest. Used by one thread.
 */
@HotPath
public final class RunDigest implements Checkpointed {
    private static final long SEED = 0x41454749_53313032L;
    private static final long FACTOR = 0x9E3779B97F4A7C15L;

    private long decisions = SEED;
    private long count;

    /** Adds one decision: every field of it. */
    public void add(DecisionRecord decision) {
        final DirectBuffer bytes = decision.buffer();
        long hash = decisions;
        for (int i = 0; i < DecisionRecord.LENGTH_BYTES; i += Long.BYTES) {
            hash = BookDigest.mix(hash * FACTOR + bytes.getLong(i, ByteOrder.LITTLE_ENDIAN));
        }
        decisions = hash;
        count++;
    }

    /** How many decisions were added. */
    public long count() {
        return count;
    }

    /** The hash over the decisions alone. */
    public long decisions() {
        return decisions;
    }

    /** The hash over decisions and books. */
    public long with(long booksDigest) {
        return BookDigest.mix(decisions * FACTOR + booksDigest);
    }

    @Override
    public void writeState(StateOutput output) {
        output.putLong(decisions);
        output.putLong(count);
    }

    @Override
    public void readState(StateInput input) {
        decisions = input.getLong();
        count = input.getLong();
    }
}
