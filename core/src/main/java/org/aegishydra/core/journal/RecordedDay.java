package org.aegishydra.core.journal;

import java.time.LocalDate;
import java.util.ArrayList;
import java.util.List;

/**
 * A UTC day of a journal.
 *
 * @param firstSequence its first record.
 * @param lastSequence its last record.
 */
public record RecordedDay(LocalDate day, long firstSequence, long lastSequence) {
    /** The days of which there are records, in order. */
    static List<RecordedDay> of(List<RecordedSegment> segments) {
        final List<RecordedDay> days = new ArrayList<>();
        for (final RecordedSegment recorded : segments) {
            final LocalDate day = recorded.segment().day();
            final int last = days.size() - 1;
            if (recorded.records() > 0 && last >= 0 && days.get(last).day().equals(day)) {
                days.set(last, new RecordedDay(day, days.get(last).firstSequence(), recorded.lastSequence()));
            } else if (recorded.records() > 0) {
                days.add(new RecordedDay(day, recorded.firstSequence(), recorded.lastSequence()));
            }
        }
        return days;
    }
}
