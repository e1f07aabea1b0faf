package org.aegishydra.replayer;

import java.time.LocalDate;
import java.time.format.DateTimeParseException;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.aegishydra.core.command.UsageException;
import org.aegishydra.core.journal.Journal;
import org.aegishydra.core.journal.JournalTailer;
import org.aegishydra.core.journal.RecordedDay;

/**
 * A range of a journal, both ends included.
 *
 * @param firstSequence the first record.
 * @param lastSequence the last record.
 */
public record ReplayRange(long firstSequence, long lastSequence) {
    private static final Pattern RECORDS = Pattern.compile("(\\d{1,18})-(\\d{1,18})?");

    /** How many records it holds. */
    public long records() {
        return lastSequence - firstSequence + 1;
    }

    /**
     * The range that options ask for.
     *
     * @param day a UTC day, or null for all days.
     * @param records {@code FIRST-LAST} or {@code FIRST-}, or null for all records.
     * @throws UsageException if the journal holds no such range.
     */
    public static ReplayRange of(Journal journal, String day, String records) {
        if (day != null && records != null) {
            throw new UsageException("--day " + day + " and --records " + records + ": give one of them");
        }
        try (JournalTailer tailer = journal.tailer()) {
            final var days = tailer.days();
            if (days.isEmpty()) {
                throw new UsageException("--journal " + journal.directory() + ": it holds no records yet");
            }
            if (day != null) {
                return ofDay(journal, days, day);
            }
            final long first = days.get(0).firstSequence();
            final long last = days.get(days.size() - 1).lastSequence();
            return records == null ? new ReplayRange(first, last) : ofRecords(records, first, last);
        }
    }

    private static ReplayRange ofDay(Journal journal, Iterable<RecordedDay> days, String text) {
        final LocalDate day;
        try {
            day = LocalDate.parse(text);
        } catch (final DateTimeParseException e) {
            throw new UsageException("--day " + text + ": must be a date such as 2026-11-22");
        }
        final StringBuilder recorded = new StringBuilder();
        for (final RecordedDay candidate : days) {
            if (candidate.day().equals(day)) {
                return new ReplayRange(candidate.firstSequence(), candidate.lastSequence());
            }
            recorded.append(recorded.isEmpty() ? "" : ", ").append(candidate.day());
        }
        throw new UsageException("--day " + text + ": " + journal.directory() + " holds " + recorded);
    }

    private static ReplayRange ofRecords(String text, long first, long last) {
        final Matcher range = RECORDS.matcher(text);
        if (!range.matches()) {
            throw noRange(text);
        }
        final long from = Long.parseLong(range.group(1));
        final long to = range.group(2) == null ? last : Long.parseLong(range.group(2));
        if (range.group(2) != null && from > to) {
            throw noRange(text);
        }
        if (from < first || from > last || to > last) {
            throw new UsageException("--records " + text + ": the journal holds records " + first + "-" + last);
        }
        return new ReplayRange(from, to);
    }

    private static UsageException noRange(String text) {
        return new UsageException("--records " + text + ": must be FIRST-LAST or FIRST-, for example 1-50000");
    }
}
