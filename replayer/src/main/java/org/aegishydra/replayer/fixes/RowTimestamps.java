package org.aegishydra.replayer.fixes;

import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;

/**
 * The ISO timestamps of a step's two rows: the log's, then the state's. How often they are formatted is what the forms of fix 3 differ in. Used by
 * the trading thread.
 */
abstract class RowTimestamps {
    private static final DateTimeFormatter ISO =
            DateTimeFormatter.ofPattern("uuuu-MM-dd'T'HH:mm:ss.SSSSSS'Z'").withZone(ZoneOffset.UTC);

    /** Formats a time as people do it. */
    static String format(long timeNs) {
        return ISO.format(Instant.ofEpochSecond(0, timeNs));
    }

    /** The timestamp of a step's row in the log, which comes first. */
    abstract String ofLogRow(long eventTimeNs);

    /** The timestamp of the same step's object in the state. */
    abstract String ofStateObject(long eventTimeNs);

    /** Fix 3 before: each row's is formatted. */
    static final class EachFormatted extends RowTimestamps {
        @Override
        String ofLogRow(long eventTimeNs) {
            return format(eventTimeNs);
        }

        @Override
        String ofStateObject(long eventTimeNs) {
            return format(eventTimeNs);
        }
    }

    /** Fix 3 as the system before did it: the first row's is kept for the second. */
    static final class OnceFormatted extends RowTimestamps {
        private String last = "";

        @Override
        String ofLogRow(long eventTimeNs) {
            last = format(eventTimeNs);
            return last;
        }

        @Override
        String ofStateObject(long eventTimeNs) {
            return last;
        }
    }
}
