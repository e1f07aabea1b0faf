package org.aegishydra.core.coinbase;

import org.aegishydra.core.latency.HotPath;
import org.agrona.DirectBuffer;

/**
 * Reads RFC 3339 timestamps as nanoseconds since the epoch; digits beyond the ninth are cut off, and a missing zone is UTC. Remembers the last day, since
 * that hardly changes. Used by one thread.
 */
@HotPath
public final class Timestamps {
    private static final int DATE_TIME_LENGTH = 19;
    private static final long SECONDS_PER_DAY = 86_400L;
    private static final long NS_PER_SECOND = 1_000_000_000L;

    /** The years that nanoseconds since the epoch reach in a long. */
    private static final int MIN_YEAR = 1678;

    private static final int MAX_YEAR = 2261;

    private int lastDate = -1;
    private long lastDateSeconds;

    /** The time, or {@link MarketDataListener#NO_TIME} if the text is none or is out of range, such as the year 1. */
    public long parse(DirectBuffer buffer, int offset, int length) {
        if (length < DATE_TIME_LENGTH
                || buffer.getByte(offset + 4) != '-'
                || buffer.getByte(offset + 7) != '-'
                || (buffer.getByte(offset + 10) | 0x20) != 't'
                || buffer.getByte(offset + 13) != ':'
                || buffer.getByte(offset + 16) != ':') {
            return MarketDataListener.NO_TIME;
        }
        final int year = twoDigits(buffer, offset) * 100 + twoDigits(buffer, offset + 2);
        final int month = twoDigits(buffer, offset + 5);
        final int day = twoDigits(buffer, offset + 8);
        final int hour = twoDigits(buffer, offset + 11);
        final int minute = twoDigits(buffer, offset + 14);
        final int second = twoDigits(buffer, offset + 17);
        if (year < MIN_YEAR || year > MAX_YEAR || month < 1 || month > 12 || day < 1 || day > 31) {
            return MarketDataListener.NO_TIME;
        }
        if (hour < 0 || hour > 23 || minute < 0 || minute > 59 || second < 0 || second > 60) {
            return MarketDataListener.NO_TIME;
        }
        final int date = (year * 100 + month) * 100 + day;
        if (date != lastDate) {
            if (day > daysInMonth(year, month)) {
                return MarketDataListener.NO_TIME;
            }
            lastDateSeconds = daysSinceEpoch(year, month, day) * SECONDS_PER_DAY;
            lastDate = date;
        }
        final long seconds = lastDateSeconds + hour * 3600L + minute * 60L + second;
        return withFraction(seconds, buffer, offset + DATE_TIME_LENGTH, offset + length);
    }

    private static long withFraction(long seconds, DirectBuffer buffer, int from, int end) {
        int at = from;
        long fraction = 0;
        if (at < end && buffer.getByte(at) == '.') {
            long unit = NS_PER_SECOND;
            for (at++; at < end && isDigit(buffer.getByte(at)); at++) {
                unit /= 10;
                fraction += (buffer.getByte(at) - '0') * unit;
            }
            if (at == from + 1) {
                return MarketDataListener.NO_TIME;
            }
        }
        final long ahead = zoneSeconds(buffer, at, end);
        return ahead == MarketDataListener.NO_TIME
                ? MarketDataListener.NO_TIME
                : (seconds - ahead) * NS_PER_SECOND + fraction;
    }

    /** How far the zone at an offset is ahead of UTC, which is meant where there is none; NO_TIME if it cannot be read. */
    private static long zoneSeconds(DirectBuffer buffer, int at, int end) {
        if (at == end) {
            return 0;
        }
        final int first = buffer.getByte(at);
        if (end - at == 1) {
            return (first | 0x20) == 'z' ? 0 : MarketDataListener.NO_TIME;
        }
        if (end - at != 6 || (first != '+' && first != '-') || buffer.getByte(at + 3) != ':') {
            return MarketDataListener.NO_TIME;
        }
        final int hours = twoDigits(buffer, at + 1);
        final int minutes = twoDigits(buffer, at + 4);
        if (hours < 0 || hours > 23 || minutes < 0 || minutes > 59) {
            return MarketDataListener.NO_TIME;
        }
        final long shift = hours * 3600L + minutes * 60L;
        return first == '-' ? -shift : shift;
    }

    private static boolean isDigit(int c) {
        return c >= '0' && c <= '9';
    }

    /** A number from 0 to 99, or one below zero if a digit is none. */
    private static int twoDigits(DirectBuffer buffer, int at) {
        final int tens = buffer.getByte(at);
        final int ones = buffer.getByte(at + 1);
        return isDigit(tens) && isDigit(ones) ? (tens - '0') * 10 + ones - '0' : -10_000;
    }

    private static int daysInMonth(int year, int month) {
        if (month == 2) {
            return year % 4 == 0 && (year % 100 != 0 || year % 400 == 0) ? 29 : 28;
        }
        return month == 4 || month == 6 || month == 9 || month == 11 ? 30 : 31;
    }

    /** Days from 1970-01-01 in the proleptic Gregorian calendar, counting years from March. */
    private static long daysSinceEpoch(int year, int month, int day) {
        final long marchYear = month > 2 ? year : year - 1L;
        final int monthFromMarch = (month + 9) % 12;
        final long leapDays = marchYear / 4 - marchYear / 100 + marchYear / 400;
        return marchYear * 365 + leapDays + (monthFromMarch * 306L + 5) / 10 + day - 1 - 719_468;
    }
}
