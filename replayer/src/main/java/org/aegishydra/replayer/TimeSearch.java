package org.aegishydra.replayer;

import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.List;
import org.aegishydra.core.journal.RecordReader;
import org.aegishydra.core.journal.RecordedDay;

/**
 * Finds records by event time: goes to the day, then reads on. The running maximum that event time is may begin anew with a
 * day, since a day's first record is the first whose time lies in that day.
 */
final class TimeSearch {
    private static final int POLL_LIMIT = 1024;
    private static final int NS_PER_SECOND = 1_000_000_000;

    private final RecordReader reader;
    private final List<RecordedDay> days;
    private final long lastSequence;
    private long found;
    private long foundTimeNs;

    /**
     * A search over the days of a recording.
     *
     * @param days at least one.
     */
    TimeSearch(RecordReader reader, List<RecordedDay> days) {
        this.reader = reader;
        this.days = days;
        this.lastSequence = days.get(days.size() - 1).lastSequence();
    }

    /** The first record whose event time is not before a time; the one after the last if there is none. */
    long firstAt(long timeNs) {
        final LocalDate sought = instant(timeNs).atOffset(ZoneOffset.UTC).toLocalDate();
        RecordedDay start = days.get(0);
        for (final RecordedDay day : days) {
            if (!day.day().isAfter(sought)) {
                start = day;
            }
        }
        found = 0;
        reader.seek(start.firstSequence());
        int records;
        do {
            records = reader.poll(
                    (header, buffer, offset, length) -> {
                        if (found == 0 && header.eventTimeNs() >= timeNs) {
                            found = header.sequence();
                        }
                    },
                    POLL_LIMIT);
        } while (records > 0 && found == 0);
        return found == 0 ? lastSequence + 1 : Math.min(found, lastSequence + 1);
    }

    /** A record's own time, in words. */
    String timeOf(long sequence) {
        reader.seek(sequence);
        reader.poll((header, buffer, offset, length) -> foundTimeNs = header.wallTimeNs(), 1);
        return instant(foundTimeNs).toString();
    }

    private static Instant instant(long timeNs) {
        return Instant.ofEpochSecond(Math.floorDiv(timeNs, NS_PER_SECOND), Math.floorMod(timeNs, NS_PER_SECOND));
    }
}
