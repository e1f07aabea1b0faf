package org.aegishydra.replayer;

import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import org.aegishydra.core.command.Progress;
import org.aegishydra.core.journal.RecordReader;
import org.aegishydra.core.journal.Recording;

/**
 * The bar of a replay: records and their rate, the event time that was reached, and the time left, which at a pace follows
 * from event time. Used by one thread.
 */
final class ReplayProgress implements AutoCloseable {
    private static final long INTERVAL_NS = 200_000_000L;

    /** A terminal of 80 columns has room for no more. */
    private static final DateTimeFormatter TIME_OF_DAY =
            DateTimeFormatter.ofPattern("HH:mm:ss").withZone(ZoneOffset.UTC);

    private final ReplayRange range;
    private final Pace pace;
    private final Progress bar;
    private final boolean shown = Progress.isShown();
    private long lastEventTimeNs;
    private long shownNs = System.nanoTime();

    ReplayProgress(Recording recording, ReplayRange range, Pace pace) {
        this.range = range;
        this.pace = pace;
        bar = new Progress("replay", range.records(), "rec");
        if (shown && !pace.isMax()) {
            try (RecordReader reader = recording.reader()) {
                reader.seek(range.lastSequence());
                reader.poll((header, buffer, offset, length) -> lastEventTimeNs = header.eventTimeNs(), 1);
            }
        }
    }

    /** The session has come as far as it is. */
    void advanceTo(ReplaySession session) {
        if (!shown) {
            return;
        }
        final long nowNs = System.nanoTime();
        if (nowNs - shownNs >= INTERVAL_NS) {
            shownNs = nowNs;
            final long eventTimeNs = session.eventTimeNs();
            bar.advanceTo(
                    session.nextSequence() - range.firstSequence(),
                    TIME_OF_DAY.format(Instant.ofEpochSecond(0, eventTimeNs)),
                    pace.isMax() ? null : left(eventTimeNs));
        }
    }

    private Duration left(long eventTimeNs) {
        return Duration.ofNanos(pace.dueAfterNs(Math.max(0, lastEventTimeNs - eventTimeNs)));
    }

    @Override
    public void close() {
        bar.close();
    }
}
