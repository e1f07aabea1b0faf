package org.aegishydra.core.journal;

import org.agrona.DirectBuffer;
import org.agrona.concurrent.UnsafeBuffer;

/**
 * Records whose content follows from their sequence alone, so that whoever reads one knows what it must hold.
 * Used by one thread at a time.
 */
final class KnownRecords {
    static final int LARGE_BYTES = 5 << 20;

    private static final long MIDNIGHT_NS = 1_786_233_600_000_000_000L;
    private static final int SMALL_LIMIT_BYTES = 900;
    private static final int PERIOD_BYTES = 1 << 16;

    private final UnsafeBuffer pattern = new UnsafeBuffer(new byte[LARGE_BYTES + PERIOD_BYTES]);
    private final int recordsPerCycle;
    private final long cycleNs;
    private final int largeEvery;

    /**
     * Describes a journal's records.
     *
     * @param recordsPerCycle after how many records event time moves on by a cycle.
     * @param largeEvery each record with a sequence that this divides is a large one; 0 for none.
     */
    KnownRecords(int recordsPerCycle, long cycleNs, int largeEvery) {
        this.recordsPerCycle = recordsPerCycle;
        this.cycleNs = cycleNs;
        this.largeEvery = largeEvery;
        for (int i = 0; i < pattern.capacity(); i++) {
            // Never zero: what a killed writer leaves behind must not look like room that nobody wrote to.
            pattern.putByte(i, (byte) (1 + Math.floorMod((i % PERIOD_BYTES) * 31 + (i >> 8), 255)));
        }
    }

    long wallTimeNs(long sequence) {
        return MIDNIGHT_NS + sequence / recordsPerCycle * cycleNs;
    }

    boolean beginsCycle(long sequence) {
        return sequence % recordsPerCycle == 0;
    }

    boolean isLarge(long sequence) {
        return largeEvery != 0 && sequence % largeEvery == 0;
    }

    int length(long sequence) {
        return isLarge(sequence) ? LARGE_BYTES : (int) (sequence * 7919 % SMALL_LIMIT_BYTES);
    }

    /** Where in {@link #buffer()} a record's payload begins. */
    int offset(long sequence) {
        return (int) (sequence * 104_729 % PERIOD_BYTES);
    }

    DirectBuffer buffer() {
        return pattern;
    }

    void append(JournalAppender appender) {
        final long sequence = appender.lastSequence() + 1;
        appender.append(
                RecordKind.MESSAGE,
                Dialect.EXCHANGE,
                1,
                wallTimeNs(sequence),
                sequence,
                pattern,
                offset(sequence),
                length(sequence));
    }

    /** Throws unless a record is, byte for byte, the one that belongs to its sequence. */
    void check(RecordHeader header, DirectBuffer payload, int offset, int length) {
        final long sequence = header.sequence();
        if (length != length(sequence)
                || header.wallTimeNs() != wallTimeNs(sequence)
                || header.monotonicTimeNs() != sequence
                || new UnsafeBuffer(payload, offset, length)
                                .compareTo(new UnsafeBuffer(pattern, offset(sequence), length))
                        != 0) {
            throw new IllegalStateException("record " + sequence + " does not hold what was appended");
        }
    }
}
