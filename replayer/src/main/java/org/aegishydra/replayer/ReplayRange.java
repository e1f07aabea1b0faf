package org.aegishydra.replayer;

import java.time.LocalDate;
import java.time.format.DateTimeParseException;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.aegishydra.core.command.UsageException;
import org.aegishydra.core.journal.RecordReader;
import org.aegishydra.core.journal.RecordedDay;
import org.aegishydra.core.journal.Recording;

/**
 * A range of a recording, both ends included.
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
     * The range that options ask for, as long as the recording is at this moment.
     *
     * @param day a UTC day, or null for all days.
     * @param records {@code FIRST-LAST} or {@code FIRST-}, or null for all records.
     * @param from the earliest event time, an instant or a time of that day, or null.
     * @param to the first event time that is not wanted any more, likewise, or null.
     * @throws UsageException if the recording holds no such range.
     */
    public static ReplayRange of(Recording recording, String day, String records, String from, String to) {
        final LocalDate date = day == null ? null : date(day);
        final TimeBounds times = TimeBounds.of(date, from, to);
        if (records != null && (day != null || !times.areOpen())) {
            final String other = day != null ? "--day " + day : from != null ? "--from " + from : "--to " + to;
            throw new UsageException(other + " and --records " + records + ": give one of them");
        }
        try (RecordReader reader = recording.reader()) {
            final List<RecordedDay> days = reader.days();
            if (days.isEmpty()) {
                throw new UsageException("--journal " + recording.directory() + ": it holds no records yet");
            }
            final ReplayRange all = new ReplayRange(
                    days.get(0).firstSequence(), days.get(days.size() - 1).lastSequence());
            if (records != null) {
                return all.part(records);
            }
            final ReplayRange ofDays = day == null ? all : ofDay(recording, days, date);
            return times.areOpen() ? ofDays : ofDays.part(new TimeSearch(reader, days), times, from, to);
        }
    }

    /** The range with all that was recorded before it on the day on which it begins, the day's snapshots among it. */
    ReplayRange fromTheStartOfItsDay(Recording recording) {
        try (RecordReader reader = recording.reader()) {
            long first = firstSequence;
            for (final RecordedDay day : reader.days()) {
                if (day.firstSequence() <= firstSequence && firstSequence <= day.lastSequence()) {
                    first = day.firstSequence();
                }
            }
            return new ReplayRange(first, lastSequence);
        }
    }

    private static LocalDate date(String text) {
        try {
            return LocalDate.parse(text);
        } catch (final DateTimeParseException e) {
            throw new UsageException("--day " + text + ": must be a date such as 2026-11-22");
        }
    }

    private static ReplayRange ofDay(Recording recording, List<RecordedDay> days, LocalDate date) {
        for (final RecordedDay candidate : days) {
            if (candidate.day().equals(date)) {
                return new ReplayRange(candidate.firstSequence(), candidate.lastSequence());
            }
        }
        throw new UsageException("--day " + date + ": " + recording.directory() + " holds "
                + days.stream().map(each -> each.day().toString()).collect(Collectors.joining(", ")));
    }

    private ReplayRange part(String text) {
        final Matcher range = RECORDS.matcher(text);
        if (!range.matches()) {
            throw noRange(text);
        }
        final long from = Long.parseLong(range.group(1));
        final long to = range.group(2) == null ? lastSequence : Long.parseLong(range.group(2));
        if (range.group(2) != null && from > to) {
            throw noRange(text);
        }
        if (from < firstSequence || from > lastSequence || to > lastSequence) {
            throw new UsageException(
                    "--records " + text + ": the journal holds records " + firstSequence + "-" + lastSequence);
        }
        return new ReplayRange(from, to);
    }

    private static UsageException noRange(String text) {
        return new UsageException("--records " + text + ": must be FIRST-LAST or FIRST-, for example 1-50000");
    }

    private ReplayRange part(TimeSearch search, TimeBounds times, String from, String to) {
        final long first = from == null ? firstSequence : Math.max(firstSequence, search.firstAt(times.fromNs()));
        final long last = to == null ? lastSequence : Math.min(lastSequence, search.firstAt(times.toNs()) - 1);
        if (first > last) {
            throw new UsageException(
                    (from == null ? "" : "--from " + from + " ") + (to == null ? "" : "--to " + to + " ")
                            + "holds no record: those that there are go from " + search.timeOf(firstSequence) + " to "
                            + search.timeOf(lastSequence));
        }
        return new ReplayRange(first, last);
    }
}
