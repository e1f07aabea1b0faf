package org.aegishydra.analysis;

import java.time.Instant;
import java.time.format.DateTimeFormatter;
import java.time.format.DateTimeFormatterBuilder;

/** Nanoseconds since the epoch as ISO 8601 text in UTC, always with nine decimals, so that times sort as text. Stateless. */
final class IsoTime {
    private static final long NS_PER_SECOND = 1_000_000_000L;
    private static final DateTimeFormatter NINE_DECIMALS =
            new DateTimeFormatterBuilder().appendInstant(9).toFormatter();

    private IsoTime() {}

    static String of(long epochNs) {
        return NINE_DECIMALS.format(
                Instant.ofEpochSecond(Math.floorDiv(epochNs, NS_PER_SECOND), Math.floorMod(epochNs, NS_PER_SECOND)));
    }
}
