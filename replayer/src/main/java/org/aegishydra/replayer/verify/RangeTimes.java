package org.aegishydra.replayer.verify;

import org.aegishydra.core.journal.RecordReader;
import org.aegishydra.core.journal.Recording;

/**
 * The event times of a range's two ends, in ns since the epoch.
 *
 * @param firstNs of its first record.
 * @param lastNs of its last one.
 */
record RangeTimes(long firstNs, long lastNs) {
    static RangeTimes of(Recording recording, Question question) {
        try (RecordReader reader = recording.reader()) {
            return new RangeTimes(timeOf(reader, question.firstRecord()), timeOf(reader, question.lastRecord()));
        }
    }

    private static long timeOf(RecordReader reader, long sequence) {
        final long[] timeNs = new long[1];
        reader.seek(sequence);
        reader.poll((header, buffer, offset, length) -> timeNs[0] = header.wallTimeNs(), 1);
        return timeNs[0];
    }

    /** The time between them. */
    double seconds() {
        return Math.max(0, lastNs - firstNs) / 1e9;
    }
}
