package org.aegishydra.recorder.feed;

import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import org.HdrHistogram.Histogram;
import org.HdrHistogram.SingleWriterRecorder;
import org.aegishydra.core.journal.Dialect;
import org.aegishydra.core.journal.Fact;
import org.aegishydra.core.journal.RecordKind;
import org.agrona.concurrent.EpochNanoClock;
import org.agrona.concurrent.UnsafeBuffer;

/**
 * Writes what the connections receive and what happens to them. There is no queue in front of the journal: whoever has
 * something to write does so on its own thread, one at a time, so a slow disk holds up the sockets' reading, TCP holds up
 * the server, and nothing else waits or grows. Safe for use by several threads.
 */
final class RecordingWriter {
    /** An append that takes longer than this holds up the connections. */
    private static final long HOLD_UP_NS = TimeUnit.MILLISECONDS.toNanos(200);

    private final RecordSink sink;
    private final Dialect dialect;
    private final long cycleNs;
    private final EpochNanoClock wallClock;
    private final UnsafeBuffer view = new UnsafeBuffer(0, 0);
    private final SingleWriterRecorder appendNs = new SingleWriterRecorder(3);
    private final SingleWriterRecorder receptionNs = new SingleWriterRecorder(3);
    private volatile long messages;
    private volatile long messageBytes;
    private volatile long facts;
    private volatile long lastMessageNs;
    private volatile long lastSequence;
    private volatile long eventTimeNs;
    private volatile long appendingSinceNs;
    private volatile boolean appending;
    private volatile long heldUpNs;
    private final AtomicLong heldUpAppends = new AtomicLong();
    private volatile Throwable failure;
    private boolean stopped;

    /**
     * A writer.
     *
     * @param cycleNs the time that one cycle file of the journal is for.
     * @param wallClock gives receive times.
     */
    RecordingWriter(RecordSink sink, Dialect dialect, long cycleNs, EpochNanoClock wallClock) {
        this.sink = sink;
        this.dialect = dialect;
        this.cycleNs = cycleNs;
        this.wallClock = wallClock;
    }

    /** Nanoseconds since the epoch. */
    long wallTimeNs() {
        return wallClock.nanoTime();
    }

    /** A received message, exactly as it came. */
    synchronized void message(int connectionId, long wallTimeNs, long monotonicTimeNs, byte[] message) {
        if (stopped) {
            return;
        }
        final long endNs = append(RecordKind.MESSAGE, connectionId, wallTimeNs, monotonicTimeNs, message);
        receptionNs.recordValue(Math.max(0, endNs - monotonicTimeNs));
        messages = messages + 1;
        messageBytes = messageBytes + message.length;
        lastMessageNs = monotonicTimeNs;
    }

    /** Something that happened now. */
    synchronized void fact(RecordKind kind, int connectionId, Map<String, ?> fields) {
        if (stopped) {
            return;
        }
        append(kind, connectionId, wallTimeNs(), System.nanoTime(), Fact.encode(fields));
        facts = facts + 1;
    }

    /** Something that happened now, after which nothing more is recorded. */
    synchronized void lastFact(RecordKind kind, int connectionId, Map<String, ?> fields) {
        fact(kind, connectionId, fields);
        stopped = true;
    }

    /** Appends, and returns when that was done. */
    private long append(RecordKind kind, int connectionId, long wallTimeNs, long monotonicTimeNs, byte[] payload) {
        view.wrap(payload);
        final long startNs = System.nanoTime();
        appendingSinceNs = startNs;
        appending = true;
        try {
            lastSequence =
                    sink.append(kind, dialect, connectionId, wallTimeNs, monotonicTimeNs, view, 0, payload.length);
        } catch (final RuntimeException | Error e) {
            // A record that is missing in the middle would be worse than an end.
            stopped = true;
            failure = e;
            throw e;
        } finally {
            appending = false;
        }
        eventTimeNs = Math.max(eventTimeNs, wallTimeNs);
        final long endNs = System.nanoTime();
        appendNs.recordValue(endNs - startNs);
        if (endNs - startNs > HOLD_UP_NS) {
            heldUpNs = heldUpNs + endNs - startNs;
            heldUpAppends.incrementAndGet();
        }
        return endNs;
    }

    /**
     * For how long, in all, appends took so long that connections could not be read, the present one included: whoever
     * measures a connection's silence takes it off.
     */
    long heldUpNs(long nowNs) {
        final long sinceNs = appendingSinceNs;
        final long runningNs = appending ? nowNs - sinceNs : 0;
        return heldUpNs + (runningNs > HOLD_UP_NS ? runningNs : 0);
    }

    /** How many appends took so long that connections were held up. */
    long heldUpAppends() {
        return heldUpAppends.get();
    }

    /** Why the journal refused a record, after which nothing more is recorded; null if it did not. */
    Throwable failure() {
        return failure;
    }

    /** The number of the journal's cycle file, counted from the epoch, that the last record lies in. */
    long cycle() {
        return eventTimeNs / cycleNs;
    }

    /** {@link System#nanoTime()} when the last message came; of no meaning before the first. */
    long lastMessageNs() {
        return lastMessageNs;
    }

    long lastSequence() {
        return lastSequence;
    }

    long messages() {
        return messages;
    }

    long messageBytes() {
        return messageBytes;
    }

    long facts() {
        return facts;
    }

    /** How long the journal took for each append since the last call, in nanoseconds. For one thread. */
    Histogram takeAppendNs(Histogram recycled) {
        return appendNs.getIntervalHistogram(recycled);
    }

    /** From the reception of each message until it was in the journal, waiting included, since the last call. */
    Histogram takeReceptionNs(Histogram recycled) {
        return receptionNs.getIntervalHistogram(recycled);
    }
}
