package org.aegishydra.recorder.archive;

import java.io.IOException;
import java.nio.file.Path;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.NavigableMap;
import java.util.TreeMap;
import org.aegishydra.core.journal.ArchiveSession;
import org.aegishydra.core.journal.RecordedSegment;
import org.aegishydra.core.journal.Segment;

/**
 * Removes a journal's oldest days, whole ones, so that what is left is always its end. Never the newest cycle, nor what is
 * open for writing. Used by one thread.
 */
final class Retention {
    private final ArchiveSession session;
    private final Path directory;
    private final List<ArchiveReport.RemovedDay> removed = new ArrayList<>();

    Retention(ArchiveSession session, Path directory) {
        this.session = session;
        this.directory = directory;
    }

    /** What was removed by now. */
    List<ArchiveReport.RemovedDay> removed() {
        return List.copyOf(removed);
    }

    /** Keeps the newest days. */
    void keepDays(long days) throws IOException {
        final List<RecordedSegment> segments = session.segments();
        final NavigableMap<LocalDate, List<Segment>> recorded = byDay(segments);
        while (recorded.size() > days && isRemovable(recorded.firstKey(), segments)) {
            final var oldest = recorded.pollFirstEntry();
            remove(oldest, bytesOf(oldest.getValue()), "the newest " + days + " days are kept");
        }
    }

    /** Keeps the newest days that take no more room on the disk than this. */
    void keepBytes(long limitBytes) throws IOException {
        final List<RecordedSegment> segments = session.segments();
        final NavigableMap<LocalDate, List<Segment>> recorded = byDay(segments);
        final Map<LocalDate, Long> bytes = new TreeMap<>();
        long total = 0;
        for (final var day : recorded.entrySet()) {
            bytes.put(day.getKey(), bytesOf(day.getValue()));
            total += bytes.get(day.getKey());
        }
        while (total > limitBytes && isRemovable(recorded.firstKey(), segments)) {
            final var oldest = recorded.pollFirstEntry();
            final long freed = bytes.get(oldest.getKey());
            remove(oldest, freed, "the journal took " + total + " bytes, over the " + limitBytes + " that are kept");
            total -= freed;
        }
    }

    /** A writer may append to the newest cycle that holds records, and to any after it. */
    private static boolean isRemovable(LocalDate day, List<RecordedSegment> segments) {
        LocalDate newest = LocalDate.MIN;
        for (final RecordedSegment recorded : segments) {
            if (recorded.records() > 0) {
                newest = recorded.segment().day();
            }
        }
        return day.isBefore(newest);
    }

    private void remove(Map.Entry<LocalDate, List<Segment>> day, long bytes, String because) {
        final List<String> names = new ArrayList<>();
        for (final Segment segment : day.getValue()) {
            session.remove(segment);
            names.add(segment.name());
        }
        removed.add(new ArchiveReport.RemovedDay(day.getKey().toString(), names, bytes, because));
    }

    private long bytesOf(List<Segment> segments) throws IOException {
        long bytes = 0;
        for (final Segment segment : segments) {
            bytes += DiskUse.bytesOf(segment.cycleFile(directory))
                    + DiskUse.bytesOf(segment.recordsFile(directory))
                    + DiskUse.bytesOf(segment.manifestFile(directory));
        }
        return bytes;
    }

    private static NavigableMap<LocalDate, List<Segment>> byDay(List<RecordedSegment> segments) {
        final NavigableMap<LocalDate, List<Segment>> days = new TreeMap<>();
        for (final RecordedSegment recorded : segments) {
            days.computeIfAbsent(recorded.segment().day(), day -> new ArrayList<>())
                    .add(recorded.segment());
        }
        return days;
    }
}
