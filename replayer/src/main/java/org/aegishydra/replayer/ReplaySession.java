package org.aegishydra.replayer;

import java.util.function.BooleanSupplier;
import org.HdrHistogram.Histogram;
import org.aegishydra.core.journal.JournalException;
import org.aegishydra.core.journal.RecordHandler;
import org.aegishydra.core.journal.RecordHeader;
import org.aegishydra.core.journal.RecordReader;
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

    private final RecordReader reader;
    private final long lastSequence;
    private final boolean paced;
    private final long pacedFrom;
    private final Pacer pacer;
    private final BooleanSupplier stop;
    private final RecordHeader handed = new RecordHeader();
    private final RecordHandler forward = this::onRecord;
    private State state = State.READY;
    private long nextSequence;
    private long eventTimeNs;
    private RecordHandler handler;

    /**
     * A session over a range.
     *
     * @param reader is moved to the range's first record, and closed with the session.
     * @param stop asked between records and while waiting; the session ends when it says yes.
     */
    public ReplaySession(RecordReader reader, ReplayRange range, Pace pace, Waiting waiting, BooleanSupplier stop) {
        this(reader, range, range.firstSequence(), pace, waiting, stop);
    }

    /**
     * The same, with what comes before a record handed over at once.
     *
     * @param pacedFrom the first record that is paced.
     */
    public ReplaySession(
            RecordReader reader, ReplayRange range, long pacedFrom, Pace pace, Waiting waiting, BooleanSupplier stop) {
        this.reader = reader;
        this.pacedFrom = pacedFrom;
        this.nextSequence = range.firstSequence();
        this.lastSequence = range.lastSequence();
        this.paced = !pace.isMax();
        this.pacer = new Pacer(pace, waiting, stop);
        this.stop = stop;
        if (!reader.seek(nextSequence)) {
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

    /** The event time that was reached, ns since the epoch; 0 before the first record. */
    public long eventTimeNs() {
        return eventTimeNs;
    }

    /** How late each record was handed over against when it was due, in nanoseconds; null at max, where none is due. */
    public Histogram lateness() {
        return paced ? pacer.lateness() : null;
    }

    /**
     * The same of the records that were waited for: the pacer's own lateness. The others came due while those before them
     * were being handled. Null at max.
     */
    public Histogram ownLateness() {
        return paced ? pacer.ownLateness() : null;
    }

    /** For how long it has waited until records were due, in all: the rest of the time somebody was busy. */
    public long waitedNs() {
        return pacer.waitedNs();
    }

    /** Hands over what is due. A paced session then waits for the record after that, and returns with it. */
    @Override
    public int poll(RecordHandler newHandler, int limit) {
        handler = newHandler;
        final long before = nextSequence;
        if (paced) {
            int records = 0;
            while (records < limit && poll(1) && !pacer.hasWaited() && nextSequence != pacedFrom) {
                records++;
            }
        } else {
            poll(limit);
        }
        return (int) (nextSequence - before);
    }

    /** Returns false if the session has ended. */
    private boolean poll(int limit) {
        if (state != State.ENDED && stop.getAsBoolean()) {
            state = State.ENDED;
        }
        if (state != State.ENDED) {
            // What comes before the first paced record and what comes after it are never handed over in one go.
            final long end = nextSequence < pacedFrom ? Math.min(pacedFrom, lastSequence + 1) : lastSequence + 1;
            final int records = reader.poll(forward, (int) Math.min(limit, end - nextSequence));
            if (records == 0 || nextSequence > lastSequence) {
                state = State.ENDED;
            }
        }
        return state != State.ENDED;
    }

    private void onRecord(RecordHeader header, DirectBuffer buffer, int offset, int length) {
        if (state == State.READY) {
            start(header);
        }
        long dueNs = 0;
        if (paced && header.sequence() >= pacedFrom) {
            if (header.sequence() == pacedFrom) {
                pacer.start(header.eventTimeNs());
            }
            dueNs = pacer.dueNs(header.eventTimeNs());
            if (!pacer.awaitDue(dueNs)) {
                state = State.ENDED;
                return;
            }
        }
        eventTimeNs = header.eventTimeNs();
        handler.onRecord(handed.copyOf(header, dueNs), buffer, offset, length);
        nextSequence++;
    }

    private void start(RecordHeader first) {
        if (first.sequence() != nextSequence) {
            throw new JournalException("record " + nextSequence
                    + " is not in the journal any more: it begins with record " + first.sequence());
        }
        state = State.PLAYING;
    }

    @Override
    public void close() {
        pacer.close();
        reader.close();
    }
}
