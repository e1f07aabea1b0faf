package org.aegishydra.jmh.hop;

import java.nio.file.Path;
import java.util.BitSet;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import net.openhft.affinity.Affinity;
import org.HdrHistogram.Histogram;
import org.aegishydra.core.journal.Journal;
import org.aegishydra.core.journal.JournalAppender;
import org.aegishydra.core.journal.JournalFormat;
import org.aegishydra.core.journal.JournalTailer;
import org.aegishydra.core.latency.NoiseFloor;
import org.aegishydra.core.latency.StallCause;
import org.aegishydra.core.latency.StallWitnesses;
import org.aegishydra.core.latency.TimerSlack;

/**
 * Writes a journal's messages to another one as a recorder would: first some at once, to warm the reader up, which have no
 * monotonic time; then at a constant rate, each with the time at which it was due. Waits by parking. Used by one thread.
 */
final class PacedWriter implements AutoCloseable {
    private static final long POPULATED_AHEAD_BYTES = 64L << 20;
    private static final long DISK_RESERVE_BYTES = 1L << 30;
    private static final long PAUSE_NS = TimeUnit.SECONDS.toNanos(2);

    private final JournalTailer source;
    private final JournalAppender target;
    private final Histogram lateness = new Histogram(TimeUnit.MINUTES.toNanos(1), 3);
    private final long[] appendedNs;
    private final int warmUp;
    private final Integer cpu;
    private final long intervalNs;
    private long firstDueNs;
    private StallWitnesses witnesses;

    /**
     * A writer that has not begun.
     *
     * @param source at its start.
     * @param target where there is no journal yet; the reader may wait for it.
     * @param cpu where the calling thread is bound while it writes at a rate, or null.
     */
    PacedWriter(JournalTailer source, Path target, int warmUp, int messages, int perSecond, Integer cpu) {
        this.source = source;
        this.cpu = cpu;
        this.target = Journal.create(target, JournalFormat.MARKET).appender();
        this.target.populateAhead(POPULATED_AHEAD_BYTES, DISK_RESERVE_BYTES, System.err::println);
        this.warmUp = warmUp;
        this.intervalNs = TimeUnit.SECONDS.toNanos(1) / perSecond;
        this.appendedNs = new long[messages];
    }

    void write() {
        for (int i = 0; i < warmUp; i++) {
            append(0);
        }
        LockSupport.parkNanos(PAUSE_NS);
        final TimerSlack slack = TimerSlack.least();
        final NoiseFloor noise = NoiseFloor.beside();
        final BitSet anywhere = Affinity.getAffinity();
        if (cpu != null) {
            // Not for longer: a JVM that is started from here would be bound as well.
            Affinity.setAffinity(cpu);
        }
        try {
            firstDueNs = System.nanoTime() + intervalNs;
            for (int i = 0; i < appendedNs.length; i++) {
                final long dueNs = firstDueNs + i * intervalNs;
                for (long leftNs = dueNs - System.nanoTime(); leftNs > 0; leftNs = dueNs - System.nanoTime()) {
                    LockSupport.parkNanos(leftNs);
                }
                append(dueNs);
                appendedNs[i] = System.nanoTime();
                lateness.recordValue(Math.max(0, appendedNs[i] - dueNs));
            }
        } finally {
            Affinity.setAffinity(anywhere);
            noise.close();
            slack.close();
        }
        witnesses = new StallWitnesses(List.of(), noise.windows());
    }

    private void append(long monotonicNs) {
        final int read = source.poll(
                (header, buffer, offset, length) -> target.append(
                        header.kind(),
                        header.dialect(),
                        header.connectionId(),
                        header.wallTimeNs(),
                        monotonicNs,
                        buffer,
                        offset,
                        length),
                1);
        if (read == 0) {
            throw new IllegalStateException("the source ends too early");
        }
    }

    /** How long after it was due each message was in the journal. */
    Histogram lateness() {
        return lateness;
    }

    /** When a record was due; the reader's record numbers are the journal's. */
    long dueNs(long sequence) {
        return firstDueNs + (sequence - warmUp - 1) * intervalNs;
    }

    /** By how much later than due a record was in the journal. */
    long lateNs(long sequence) {
        return appendedNs(sequence) - dueNs(sequence);
    }

    /** Why a record was in the journal late. */
    StallCause explain(long sequence) {
        return witnesses.explain(dueNs(sequence), appendedNs(sequence));
    }

    private long appendedNs(long sequence) {
        return appendedNs[(int) (sequence - warmUp - 1)];
    }

    @Override
    public void close() {
        target.close();
        source.close();
    }
}
