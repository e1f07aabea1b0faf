package org.aegishydra.trader.scribe;

import org.aegishydra.core.coinbase.Decimals;

/** Appends numbers and times as plain text to a buffer, without making garbage. Stateless. */
final class RowText {
    private static final long NS_PER_SECOND = 1_000_000_000L;
    private static final long SECONDS_PER_DAY = 86_400L;

    private RowText() {}

    /** A fixed-point number without trailing zeros: 6508366 at scale 2 is 65083.66. */
    static void fixedPoint(StringBuilder text, long value, int scale) {
        final long unit = Decimals.powerOfTen(scale);
        final long whole = value / unit;
        if (value < 0 && whole == 0) {
            text.append('-');
        }
        text.append(whole);
        long fraction = Math.abs(value % unit);
        if (fraction != 0) {
            text.append('.');
            for (long digit = unit / 10; fraction != 0; digit /= 10) {
                text.append((char) ('0' + fraction / digit));
                fraction %= digit;
            }
        }
    }

    /** A double with a number of decimals, rounded half up; "nan" where there is none. */
    static void decimals(StringBuilder text, double value, int decimals) {
        final double scaled = Math.abs(value) * Decimals.powerOfTen(decimals);
        if (!(scaled < 9e18)) {
            text.append("nan");
            return;
        }
        final long rounded = (long) StrictMath.floor(scaled + 0.5);
        if (value < 0 && rounded != 0) {
            text.append('-');
        }
        final long unit = Decimals.powerOfTen(decimals);
        text.append(rounded / unit).append('.');
        for (long digit = unit / 10; digit > 0; digit /= 10) {
            text.append((char) ('0' + rounded / digit % 10));
        }
    }

    /** Likewise, always with a sign: "+0.123". */
    static void signedDecimals(StringBuilder text, double value, int decimals) {
        final int at = text.length();
        decimals(text, value, decimals);
        if (text.charAt(at) != '-') {
            text.insert(at, '+');
        }
    }

    /** The mid of two prices: exact, with one more decimal where it needs it; 0 where a side is empty. */
    static void midPrice(StringBuilder text, long bid, long ask, int scale) {
        if (bid == Long.MIN_VALUE || ask == Long.MIN_VALUE) {
            text.append('0');
        } else if (scale < Decimals.MAX_SCALE
                && Math.abs(bid) < Long.MAX_VALUE / 20
                && Math.abs(ask) < Long.MAX_VALUE / 20) {
            fixedPoint(text, (bid + ask) * 5, scale + 1);
        } else {
            fixedPoint(text, bid / 2 + ask / 2, scale);
        }
    }

    /** A time as ISO 8601 in UTC with microseconds: 2026-08-09T21:05:48.228568Z. */
    static void isoTime(StringBuilder text, long timeNs) {
        final long seconds = Math.floorDiv(timeNs, NS_PER_SECOND);
        final long micros = Math.floorMod(timeNs, NS_PER_SECOND) / 1000;
        date(text, Math.floorDiv(seconds, SECONDS_PER_DAY));
        final int second = (int) Math.floorMod(seconds, SECONDS_PER_DAY);
        text.append('T');
        twoDigits(text, second / 3600);
        text.append(':');
        twoDigits(text, second / 60 % 60);
        text.append(':');
        twoDigits(text, second % 60);
        text.append('.');
        for (long digit = 100_000; digit > 0; digit /= 10) {
            text.append((char) ('0' + micros / digit % 10));
        }
        text.append('Z');
    }

    /** The proleptic Gregorian date of a day since the epoch, counting years from March. */
    private static void date(StringBuilder text, long daysSinceEpoch) {
        final long days = daysSinceEpoch + 719_468;
        final long era = Math.floorDiv(days, 146_097);
        final long dayOfEra = days - era * 146_097;
        final long yearOfEra = (dayOfEra - dayOfEra / 1460 + dayOfEra / 36_524 - dayOfEra / 146_096) / 365;
        final long dayOfYear = dayOfEra - (365 * yearOfEra + yearOfEra / 4 - yearOfEra / 100);
        final long monthFromMarch = (5 * dayOfYear + 2) / 153;
        final long month = monthFromMarch < 10 ? monthFromMarch + 3 : monthFromMarch - 9;
        text.append(yearOfEra + era * 400 + (month <= 2 ? 1 : 0)).append('-');
        twoDigits(text, (int) month);
        text.append('-');
        twoDigits(text, (int) (dayOfYear - (153 * monthFromMarch + 2) / 5 + 1));
    }

    private static void twoDigits(StringBuilder text, int value) {
        text.append((char) ('0' + value / 10)).append((char) ('0' + value % 10));
    }
}
