package org.aegishydra.recorder.feed;

import java.util.Map;
import org.aegishydra.core.journal.Dialect;
import org.aegishydra.core.journal.Fact;
import org.aegishydra.core.journal.JournalAppender;
import org.aegishydra.core.journal.RecordKind;
import org.agrona.concurrent.EpochNanoClock;
import org.agrona.concurrent.SystemEpochNanoClock;
import org.agrona.concurrent.UnsafeBuffer;

/**
 * Writes what a session receives and what happens to it. There is no queue in front of the journal: whoever has
 * something to write does so on its own thread, one at a time, so a slow disk holds up the socket's reading and nothing
 * else. Safe for use by several threads.
 */
final class RecordingWriter {
    private final JournalAppender appender;
    private final Dialect dialect;
    private final EpochNanoClock wallClock = new SystemEpochNanoClock();
    private final UnsafeBuffer view = new UnsafeBuffer(0, 0);
    private volatile long messages;
    private volatile long messageBytes;
    private volatile long lastMessageNs;
    private volatile Throwable failure;
    private boolean stopped;

    RecordingWriter(JournalAppender appender, Dialect dialect) {
        this.appender = appender;
        this.dialect = dialect;
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
        append(RecordKind.MESSAGE, connectionId, wallTimeNs, monotonicTimeNs, message);
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
    }

    private void append(RecordKind kind, int connectionId, long wallTimeNs, long monotonicTimeNs, byte[] payload) {
        view.wrap(payload);
        try {
            appender.append(kind, dialect, connectionId, wallTimeNs, monotonicTimeNs, view, 0, payload.length);
        } catch (final RuntimeException | Error e) {
            // A record that is missing in the middle would be worse than an end.
            stopped = true;
            failure = e;
            throw e;
        }
    }

    /** Why the journal refused a record, after which nothing more is recorded; null if it did not. */
    Throwable failure() {
        return failure;
    }

    /** What comes from here on is not recorded any more. */
    synchronized void stop() {
        stopped = true;
    }

    /** {@link System#nanoTime()} when the last message came; of no meaning before the first. */
    long lastMessageNs() {
        return lastMessageNs;
    }

    long messages() {
        return messages;
    }

    long messageBytes() {
        return messageBytes;
    }
}
