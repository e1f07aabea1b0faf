package org.aegishydra.recorder.capture;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.math.BigDecimal;
import java.time.Instant;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class TimestampsTest {
    private static long nanos(String instant) {
        final Instant time = Instant.parse(instant);
        return time.getEpochSecond() * 1_000_000_000L + time.getNano();
    }

    @ParameterizedTest
    @CsvSource({
        "1618677816.8434298, 1618677816843429800",
        "1786309548, 1786309548000000000",
        "1786309548.1234567891, 1786309548123456789",
        "1483736448.299000, 1483736448299000000"
    })
    void shouldReadUnixSecondsDigitByDigit(String text, long expectedNs) {
        assertEquals(expectedNs, Timestamps.parse(text));
    }

    @Test
    void shouldAgreeWithExactArithmeticOnAnyFraction() {
        final SplittableRandom random = new SplittableRandom(7);
        for (int i = 0; i < 10_000; i++) {
            final String text = random.nextLong(1_500_000_000L, 1_900_000_000L) + "."
                    + Long.toString(random.nextLong(1_000_000_000L));
            assertEquals(new BigDecimal(text).movePointRight(9).longValueExact(), Timestamps.parseUnixSeconds(text));
        }
    }

    @ParameterizedTest
    @CsvSource({
        "2026-08-09T21:05:48.228568804Z, 2026-08-09T21:05:48.228568804Z",
        "2026-08-09T21:05:48Z, 2026-08-09T21:05:48Z",
        "2026-08-09T21:05:48.5+02:00, 2026-08-09T19:05:48.5Z",
        "2026-08-09 21:05:48.854840045 +0000 UTC m=+41691.26, 2026-08-09T21:05:48.854840045Z",
        "2026-04-07 14:30:10.000000000+00:00, 2026-04-07T14:30:10Z"
    })
    void shouldReadDatesInTheSpellingsOfTheFeeds(String text, String expected) {
        assertEquals(nanos(expected), Timestamps.parse(text));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "yesterday",
                "0001-01-01T00:00:00.000000Z",
                "1970-01-01T00:00:00Z",
                "2026-02-30T00:00:00Z",
                "1786309548629",
                "12:30",
                "1.5e9"
            })
    void shouldTakePlaceholdersAndOtherTextForNoTime(String text) {
        assertEquals(Timestamps.NO_TIME, Timestamps.parse(text));
    }

    @ParameterizedTest
    @CsvSource({
        "2026-12-31T23:59:59.5Z, 1, 2027-01-01T00:00:00",
        "2028-02-28 23:59:00 +0000 UTC, 120, 2028-02-29 00:01:00",
        "2026-08-09T21:05:48.228568804Z, 0, 2026-08-09T21:05:48"
    })
    void shouldMoveDatesByWholeSeconds(String text, long seconds, String expected) {
        assertEquals(expected, Timestamps.moveDateAndTime(text, seconds));
    }
}
