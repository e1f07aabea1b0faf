package org.aegishydra.core.coinbase;

import java.time.DateTimeException;
import java.time.LocalDate;
import java.time.LocalTime;
import java.time.ZoneOffset;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** What a timestamp means, by {@code java.time}: RFC 3339, a second 60 allowed, without a zone in UTC. */
final class TimestampOracle {
    private static final Pattern STAMP = Pattern.compile(
            "(\\d{4}-\\d\\d-\\d\\d)[Tt](\\d\\d:\\d\\d):(\\d\\d)(?:\\.(\\d+))?(?:[Zz]|([+-])(\\d\\d):(\\d\\d))?");

    private TimestampOracle() {}

    /** Nanoseconds since the epoch, or NO_TIME for what is none or is outside of the years 1678 to 2261. */
    static long parse(String text) {
        final Matcher stamp = STAMP.matcher(text);
        if (!stamp.matches()) {
            return MarketDataListener.NO_TIME;
        }
        try {
            final LocalDate date = LocalDate.parse(stamp.group(1));
            final int second = Integer.parseInt(stamp.group(3));
            final int zoneHours = number(stamp.group(6));
            final int zoneMinutes = number(stamp.group(7));
            if (date.getYear() < 1678 || date.getYear() > 2261 || second > 60 || zoneHours > 23 || zoneMinutes > 59) {
                return MarketDataListener.NO_TIME;
            }
            final long local = date.atTime(LocalTime.parse(stamp.group(2))).toEpochSecond(ZoneOffset.UTC) + second;
            final long shift = zoneHours * 3600L + zoneMinutes * 60L;
            final long utc = "-".equals(stamp.group(5)) ? local + shift : local - shift;
            return utc * 1_000_000_000L + fraction(stamp.group(4));
        } catch (final DateTimeException e) {
            return MarketDataListener.NO_TIME;
        }
    }

    private static int number(String digits) {
        return digits == null ? 0 : Integer.parseInt(digits);
    }

    private static long fraction(String digits) {
        return digits == null ? 0 : Long.parseLong((digits + "000000000").substring(0, 9));
    }
}
