package org.aegishydra.replayer;

import java.time.DateTimeException;
import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalTime;
import java.time.ZoneOffset;
import java.util.concurrent.TimeUnit;
import org.aegishydra.core.command.UsageException;

/**
 * Times that {@code --from} and {@code --to} name, in nanoseconds since the epoch.
 *
 * @param fromNs the first time that belongs to the range; {@link Long#MIN_VALUE} if it is open.
 * @param toNs the first time that does not any more; {@link Long#MAX_VALUE} if it is open.
 */
record TimeBounds(long fromNs, long toNs) {
    /**
     * Reads the options.
     *
     * @param day what times of the day are of, or null.
     * @param from null if it was not given.
     * @param to null if it was not given.
     * @throws UsageException if one is no time, or they are in the wrong order.
     */
    static TimeBounds of(LocalDate day, String from, String to) {
        final TimeBounds bounds = new TimeBounds(
                from == null ? Long.MIN_VALUE : parse("--from", from, day),
                to == null ? Long.MAX_VALUE : parse("--to", to, day));
        if (bounds.toNs <= bounds.fromNs) {
            throw new UsageException("--from " + from + " --to " + to + ": --to must be later than --from");
        }
        return bounds;
    }

    private static long parse(String option, String text, LocalDate day) {
        final Instant instant;
        try {
            instant = text.contains("T") ? Instant.parse(text) : timeOfDay(option, text, day);
            return Math.addExact(TimeUnit.SECONDS.toNanos(instant.getEpochSecond()), instant.getNano());
        } catch (final DateTimeException | ArithmeticException e) {
            throw new UsageException(option + " " + text
                    + ": must be a time such as 2026-11-22T14:30:00Z, or with --day one such as 14:30 or 14:30:15");
        }
    }

    private static Instant timeOfDay(String option, String text, LocalDate day) {
        final LocalTime time = LocalTime.parse(text);
        if (day == null) {
            throw new UsageException(
                    option + " " + text + ": a time of the day needs its --day, for example --day 2026-11-22");
        }
        return day.atTime(time).toInstant(ZoneOffset.UTC);
    }

    boolean areOpen() {
        return fromNs == Long.MIN_VALUE && toNs == Long.MAX_VALUE;
    }
}
