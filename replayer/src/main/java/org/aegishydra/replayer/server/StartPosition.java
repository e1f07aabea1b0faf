package org.aegishydra.replayer.server;

import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.time.format.DateTimeParseException;
import java.time.temporal.ChronoUnit;
import java.util.List;
import org.aegishydra.core.command.UsageException;
import org.aegishydra.core.journal.Journal;
import org.aegishydra.core.journal.JournalTailer;
import org.aegishydra.core.journal.RecordHeader;
import org.aegishydra.core.journal.RecordedDay;

/**
 * Where in a journal clients begin. A day opens with snapshots, so it is read from its first record for its books to be
 * right at a later one.
 *
 * @param firstRead the first record that is read.
 * @param firstServed the first record that clients may be told as it is.
 * @param firstServedNs event time before which they are told nothing, ns since the epoch.
 */
public record StartPosition(long firstRead, long firstServed, long firstServedNs) {
    /** The journal's first record. */
    public static final StartPosition BEGINNING = new StartPosition(0, 0, 0);

    /**
     * The position that an option asks for.
     *
     * @param text a record's sequence, or a time in UTC.
     * @throws UsageException if it is neither, or not in the journal.
     */
    public static StartPosition of(Journal journal, String text) {
        try (JournalTailer tailer = journal.tailer()) {
            final List<RecordedDay> days = tailer.days();
            if (days.isEmpty()) {
                throw new UsageException("--journal " + journal.directory() + ": it holds no records yet");
            }
            return text.matches("\\d{1,18}") ? ofRecord(days, Long.parseLong(text)) : ofTime(tailer, days, text);
        }
    }

    private static StartPosition ofRecord(List<RecordedDay> days, long record) {
        for (final RecordedDay day : days) {
            if (record >= day.firstSequence() && record <= day.lastSequence()) {
                return new StartPosition(day.firstSequence(), record, 0);
            }
        }
        throw new UsageException("--from " + record + ": the journal holds records "
                + days.get(0).firstSequence() + "-" + days.get(days.size() - 1).lastSequence());
    }

    private static StartPosition ofTime(JournalTailer tailer, List<RecordedDay> days, String text) {
        final Instant time;
        try {
            time = Instant.parse(text);
        } catch (final DateTimeParseException e) {
            throw new UsageException(
                    "--from " + text + ": must be a record's sequence, as 50000, or a time, as 2026-11-22T14:30:00Z");
        }
        final Instant last = Instant.EPOCH.plus(tailer.readLast().wallTimeNs(), ChronoUnit.NANOS);
        if (time.isAfter(last)) {
            throw new UsageException("--from " + text + ": the journal's last record is of " + last);
        }
        final LocalDate date = LocalDate.ofInstant(time, ZoneOffset.UTC);
        long firstRead = 0;
        for (final RecordedDay day : days) {
            firstRead = day.day().isAfter(date) ? firstRead : day.firstSequence();
        }
        return new StartPosition(firstRead, 0, ChronoUnit.NANOS.between(Instant.EPOCH, time));
    }

    boolean isReached(RecordHeader header) {
        return header.sequence() >= firstServed && header.eventTimeNs() >= firstServedNs;
    }
}
