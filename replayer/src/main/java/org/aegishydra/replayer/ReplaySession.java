package org.aegishydra.replayer;

import java.util.concurrent.locks.LockSupport;
import java.util.function.BooleanSupplier;
import org.aegishydra.core.journal.JournalException;
import org.aegishydra.core.journal.JournalTailer;
import org.aegishydra.core.journal.RecordHandler;
import org.aegishydra.core.journal.RecordHeader;
import org.aegishydra.core.journal.RecordSource;
import org.agrona.DirectBuffer;

/**
 * A recorded range, handed over at a pace. A paced record carries the monotonic time at which it was due, so that latency
 * is measured from there and a slow engine cannot hide what it made wait; at max it carries none. Used by one thread.
 */
public final class ReplaySession implements RecordSource {
    /** Where a session stands. */
    public enum State {
        /** Before its first record. */
        READY,
        /** Handing over. */
        PLAYING,
        /** The range's last record was handed over, or the session was told to stop. */
        ENDED
    }

    /** A thread that sleeps wakes up to this late; the rest of the time to a due record is spun away. */
    private static final long SPIN_NS = 80_000L;

    private final JournalTailer tailer;
    private final long lastSequence;
    private final Pace pace;
    private final BooleanSupplier stop;
    private final RecordHeader paced = new RecordHeader();
    private final RecordHandler forward = this::onRecord;
    private State state = State.READY;
    private long nextSequence;
    private RecordHandler handler;
    private long startNs;
    private long startEventNs;

    /**
     * A session over a range.
     *
     * @param tailer is moved to the range's first record, and closed with the session.
     * @param firstSequence the first record.
     * @param lastSequence the last record.
     * @param stop asked between records and while waiting; the session ends when it says yes.
     */
    public ReplaySession(JournalTailer tailer, long firstSequence, long lastSequence, Pace pace, BooleanSupplier stop) {
        this.tailer = tailer;
        this.nextSequence = firstSequence;
        this.lastSequence = lastSequence;
        this.pace = pace;
        this.stop = stop;
        if (!tailer.seek(firstSequence)) {
            state = State.ENDED;
        }
    }

    public State state() {
        return state;
    }

    /** The next record to be handed over. */
    public long nextSequence() {
        return nextSequence;
    }

    @Override
    public int poll(RecordHandler newHandler, int limit) {
        if (state == State.ENDED || stop.getAsBoolean()) {
            state = State.ENDED;
            return 0;
        }
        handler = newHandler;
        final int most = pace.isMax() ? limit : 1;
        final long before = nextSequence;
        final int records = tailer.poll(forward, (int) Math.min(most, lastSequence - nextSequence + 1));
        if (records == 0 || nextSequence > lastSequence) {
            state = State.ENDED;
        }
        return (int) (nextSequence - before);
    }

    private void onRecord(RecordHeader header, DirectBuffer buffer, int offset, int length) {
        if (state == State.READY && header.sequence() != nextSequence) {
            throw new JournalException("record " + nextSequence
                    + " is not in the journal any more: it begins with record " + header.sequence());
        }
        if (pace.isMax()) {
            state = State.PLAYING;
            handOver(header, 0, buffer, offset, length);
            return;
        }
        if (state == State.READY) {
            state = State.PLAYING;
            startNs = System.nanoTime();
            startEventNs = header.eventTimeNs();
        }
        final long dueNs = startNs + pace.dueAfterNs(header.eventTimeNs() - startEventNs);
        if (awaitDue(dueNs)) {
            handOver(header, dueNs, buffer, offset, length);
        } else {
            state = State.ENDED;
        }
    }

    private void handOver(RecordHeader header, long dueNs, DirectBuffer buffer, int offset, int length) {
        handler.onRecord(paced.copyOf(header, dueNs), buffer, offset, length);
        nextSequence++;
    }

    /** Returns false if the session was told to stop before the record was due. */
    private boolean awaitDue(long dueNs) {
        for (long restNs = dueNs - System.nanoTime(); restNs > 0; restNs = dueNs - System.nanoTime()) {
            if (stop.getAsBoolean()) {
                return false;
            }
            if (restNs > SPIN_NS) {
                LockSupport.parkNanos(Math.min(restNs - SPIN_NS, 100_000_000L));
            } else {
                Thread.onSpinWait();
            }
        }
        return true;
    }

    @Override
    public void close() {
        tailer.close();
    }
}
