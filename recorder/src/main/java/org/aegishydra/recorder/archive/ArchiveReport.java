package org.aegishydra.recorder.archive;

import com.fasterxml.jackson.databind.PropertyNamingStrategies.SnakeCaseStrategy;
import com.fasterxml.jackson.databind.annotation.JsonNaming;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/**
 * What an archiving or a check did.
 *
 * @param whole whether all went well: nothing damaged, nothing failed, not interrupted.
 * @param cycles the cycles that were looked at, the oldest first.
 * @param removed the days that were removed, the oldest first.
 * @param failures what went wrong, and where.
 */
@JsonNaming(SnakeCaseStrategy.class)
record ArchiveReport(
        String journal,
        boolean whole,
        boolean interrupted,
        List<Cycle> cycles,
        List<RemovedDay> removed,
        List<String> failures) {
    private static final double MB = 1e6;

    /** What became of a cycle. */
    enum Outcome {
        /** Its archive was made, and read back. */
        ARCHIVED("archived"),
        /** It had an archive already. */
        ARCHIVED_BEFORE("archived before"),
        /** Its archive was checked. */
        CHECKED("checked"),
        /** It may still be written. */
        OPEN("still open"),
        /** It holds no record. */
        EMPTY("empty"),
        /** Its archive could not be made, or is damaged. */
        FAILED("failed");

        private final String text;

        Outcome(String text) {
            this.text = text;
        }
    }

    /**
     * A cycle.
     *
     * @param records 0 if they were not looked at, and so the lengths and times.
     * @param writeSeconds for reading the original and writing the archive.
     * @param checkSeconds for reading the archive back.
     */
    @JsonNaming(SnakeCaseStrategy.class)
    record Cycle(
            String name,
            Outcome outcome,
            long records,
            long rawBytes,
            long compressedBytes,
            double writeSeconds,
            double checkSeconds,
            boolean originalDeleted) {
        static Cycle unchanged(String name, Outcome outcome) {
            return new Cycle(name, outcome, 0, 0, 0, 0, 0, false);
        }

        Cycle withOriginalDeleted(boolean deleted) {
            return new Cycle(name, outcome, records, rawBytes, compressedBytes, writeSeconds, checkSeconds, deleted);
        }

        private String toText() {
            final StringBuilder text = new StringBuilder(name).append(": ").append(outcome.text);
            if (records > 0) {
                text.append(String.format(
                        Locale.ROOT,
                        ", %d records, %.1f MB in %.1f MB (%.2f to 1)",
                        records,
                        rawBytes / MB,
                        compressedBytes / MB,
                        (double) rawBytes / compressedBytes));
                text.append(rate(", written at", writeSeconds)).append(rate(", read back at", checkSeconds));
            }
            return text.append(originalDeleted ? ", cycle file deleted" : "").toString();
        }

        private String rate(String what, double seconds) {
            return seconds > 0 ? String.format(Locale.ROOT, "%s %.0f MB/s", what, rawBytes / MB / seconds) : "";
        }
    }

    /** A day that was removed, with the room that it took on the disk. */
    @JsonNaming(SnakeCaseStrategy.class)
    record RemovedDay(String day, List<String> cycles, long bytes, String because) {
        private String toText() {
            return String.format(Locale.ROOT, "removed %s, %.1f MB: %s", day, bytes / MB, because);
        }
    }

    /** The report for people. */
    String toText() {
        final List<String> lines = new ArrayList<>();
        cycles.forEach(cycle -> lines.add(cycle.toText()));
        removed.forEach(day -> lines.add(day.toText()));
        lines.addAll(failures);
        if (interrupted) {
            lines.add("interrupted; the next run takes what is left to do");
        }
        if (lines.isEmpty()) {
            lines.add("nothing to do in " + journal);
        }
        return String.join("\n", lines);
    }
}
