package org.aegishydra.recorder.capture;

import java.time.LocalDateTime;
import java.time.ZoneOffset;

/**
 * The spellings of a point in time that captures use, as nanoseconds since the epoch: {@code 1618677816.8434298} (Unix
 * seconds), {@code 2026-08-09T21:05:48.228568804Z} (RFC 3339) and Go's {@code 2026-08-09 21:05:48.85 +0000 UTC}. Every
 * spelling is read from its digits, so nothing is rounded but digits beyond the ninth.
 *
 * <p>Times before 1971 stand for "none" in Coinbase's messages and count as such.
 */
final class Timestamps {
    /** No time, or text that is none. */
    static final long NO_TIME = Long.MIN_VALUE;

    /** Up to the second, {@code 2026-08-09T21:05:48}. */
    static final int DATE_AND_TIME_LENGTH = 19;

    private static final long NANOS = 1_000_000_000L;
    private static final long FIRST_SECOND = 365L * 86_400;

    /** The year 2255, a little before nanoseconds overflow a long. */
    private static final long LAST_SECOND = 9_000_000_000L;

    private Timestamps() {}

    /** Any of the spellings. */
    static long parse(CharSequence text) {
        return isDateAndTime(text) ? parseDateAndTime(text) : parseUnixSeconds(text);
    }

    /** Whole seconds, and a fraction if there is one: {@code 1618677816.8434298}. */
    static long parseUnixSeconds(CharSequence text) {
        int at = 0;
        long second = 0;
        while (at < text.length() && isDigit(text.charAt(at)) && at < 11) {
            second = second * 10 + (text.charAt(at++) - '0');
        }
        if (at == 0) {
            return NO_TIME;
        }
        final int end = fractionEnd(text, at);
        return end == text.length() ? join(second, text, at, end) : NO_TIME;
    }

    /** Whether the text begins like {@code 2026-08-09T21:05:48}, with any one character between date and time. */
    static boolean isDateAndTime(CharSequence text) {
        if (text.length() < DATE_AND_TIME_LENGTH) {
            return false;
        }
        final String form = "0000-00-00?00:00:00";
        for (int i = 0; i < DATE_AND_TIME_LENGTH; i++) {
            final char expected = form.charAt(i);
            final char found = text.charAt(i);
            if (expected == '0' ? !isDigit(found) : expected != '?' && found != expected) {
                return false;
            }
        }
        return true;
    }

    private static long parseDateAndTime(CharSequence text) {
        final LocalDateTime time = localTime(text);
        if (time == null) {
            return NO_TIME;
        }
        final int end = fractionEnd(text, DATE_AND_TIME_LENGTH);
        return join(time.toEpochSecond(ZoneOffset.UTC) - offsetSeconds(text, end), text, DATE_AND_TIME_LENGTH, end);
    }

    private static LocalDateTime localTime(CharSequence text) {
        try {
            return LocalDateTime.of(
                    number(text, 0, 4),
                    number(text, 5, 7),
                    number(text, 8, 10),
                    number(text, 11, 13),
                    number(text, 14, 16),
                    number(text, 17, 19));
        } catch (final java.time.DateTimeException noSuchDay) {
            return null;
        }
    }

    /**
     * The first {@link #DATE_AND_TIME_LENGTH} characters of a text that {@link #isDateAndTime}, moved by whole seconds;
     * what follows them, fraction and zone, stays right as it is.
     */
    static String moveDateAndTime(CharSequence text, long seconds) {
        final LocalDateTime time = localTime(text);
        if (time == null) {
            return text.subSequence(0, DATE_AND_TIME_LENGTH).toString();
        }
        final LocalDateTime moved = time.plusSeconds(seconds);
        final StringBuilder digits = new StringBuilder(DATE_AND_TIME_LENGTH);
        appendPadded(digits, moved.getYear(), 4).append('-');
        appendPadded(digits, moved.getMonthValue(), 2).append('-');
        appendPadded(digits, moved.getDayOfMonth(), 2).append(text.charAt(10));
        appendPadded(digits, moved.getHour(), 2).append(':');
        appendPadded(digits, moved.getMinute(), 2).append(':');
        return appendPadded(digits, moved.getSecond(), 2).toString();
    }

    private static StringBuilder appendPadded(StringBuilder target, int value, int digits) {
        final String text = Integer.toString(value);
        return target.append("0000", 0, Math.max(0, digits - text.length())).append(text);
    }

    private static long join(long second, CharSequence text, int fractionAt, int end) {
        if (second < FIRST_SECOND || second > LAST_SECOND) {
            return NO_TIME;
        }
        long fraction = 0;
        for (int i = 1; i <= 9; i++) {
            final int at = fractionAt + i;
            fraction = fraction * 10 + (at < end ? text.charAt(at) - '0' : 0);
        }
        return second * NANOS + fraction;
    }

    /** Where a fraction that would start at an offset ends; the offset itself if there is none. */
    private static int fractionEnd(CharSequence text, int offset) {
        if (offset >= text.length() || text.charAt(offset) != '.') {
            return offset;
        }
        int end = offset + 1;
        while (end < text.length() && isDigit(text.charAt(end))) {
            end++;
        }
        return end;
    }

    /** The zone after the fraction: {@code +02:00}, or {@code " +0200 CEST"}; anything else is taken as UTC. */
    private static long offsetSeconds(CharSequence text, int offset) {
        final int at = offset < text.length() && text.charAt(offset) == ' ' ? offset + 1 : offset;
        if (at + 5 > text.length() || (text.charAt(at) != '+' && text.charAt(at) != '-')) {
            return 0;
        }
        final int minutesAt = text.charAt(at + 3) == ':' ? at + 4 : at + 3;
        if (minutesAt + 2 > text.length()
                || !isDigit(text.charAt(at + 1))
                || !isDigit(text.charAt(at + 2))
                || !isDigit(text.charAt(minutesAt))
                || !isDigit(text.charAt(minutesAt + 1))) {
            return 0;
        }
        final long seconds = 3600L * number(text, at + 1, at + 3) + 60L * number(text, minutesAt, minutesAt + 2);
        return text.charAt(at) == '-' ? -seconds : seconds;
    }

    private static int number(CharSequence text, int from, int to) {
        int value = 0;
        for (int i = from; i < to; i++) {
            value = value * 10 + (text.charAt(i) - '0');
        }
        return value;
    }

    private static boolean isDigit(char c) {
        return c >= '0' && c <= '9';
    }
}
