package org.aegishydra.core.coinbase;

import static java.nio.charset.StandardCharsets.US_ASCII;
import static org.junit.jupiter.api.Assertions.assertEquals;

import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.format.DateTimeFormatter;
import java.util.Locale;
import java.util.SplittableRandom;
import org.agrona.concurrent.UnsafeBuffer;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class TimestampsTest {
    private static final int STAMPS = 100_000;
    private static final String GARBAGE = "0123456789-:.TZtz+ /x\"";
    private static final DateTimeFormatter SECONDS = DateTimeFormatter.ofPattern("uuuu-MM-dd'T'HH:mm:ss", Locale.ROOT);

    private final Timestamps timestamps = new Timestamps();

    /** The text stands at the end of its buffer, whose bounds are checked. */
    private long parse(String text) {
        final byte[] bytes = ("##" + text).getBytes(US_ASCII);
        return timestamps.parse(new UnsafeBuffer(bytes), 2, bytes.length - 2);
    }

    private static long nanoseconds(Instant instant) {
        return Math.addExact(Math.multiplyExact(instant.getEpochSecond(), 1_000_000_000L), instant.getNano());
    }

    private static String randomStamp(SplittableRandom random) {
        final long second = random.nextInt(4) > 0
                ? random.nextLong(1_786_000_000L, 1_787_000_000L)
                : random.nextLong(-9_214_560_000L, 9_214_646_400L);
        final StringBuilder text =
                new StringBuilder(SECONDS.format(Instant.ofEpochSecond(second).atOffset(java.time.ZoneOffset.UTC)));
        final int digits = random.nextInt(10);
        for (int i = 0; i < digits; i++) {
            text.append(i == 0 ? "." : "").append(random.nextInt(10));
        }
        if (random.nextInt(4) > 0) {
            return text.append('Z').toString();
        }
        return text.append(random.nextBoolean() ? '+' : '-')
                .append("%02d:%02d".formatted(random.nextInt(18), random.nextInt(60)))
                .toString();
    }

    @Test
    void shouldAgreeWithJavaTimeOnValidStamps() {
        final SplittableRandom random = new SplittableRandom(1);
        for (int i = 0; i < STAMPS; i++) {
            final String text = randomStamp(random);
            final long expected = nanoseconds(OffsetDateTime.parse(text).toInstant());
            assertEquals(expected, parse(text), text);
            assertEquals(expected, TimestampOracle.parse(text), text);
        }
    }

    @Test
    void shouldAgreeWithJavaTimeOnDamagedStamps() {
        final SplittableRandom random = new SplittableRandom(2);
        int times = 0;
        for (int i = 0; i < STAMPS; i++) {
            final StringBuilder text = new StringBuilder(randomStamp(random));
            for (int damage = random.nextInt(3); damage >= 0; damage--) {
                final char c = GARBAGE.charAt(random.nextInt(GARBAGE.length()));
                final int at = random.nextInt(text.length());
                switch (random.nextInt(4)) {
                    case 0 -> text.setCharAt(at, c);
                    case 1 -> text.insert(at, c);
                    case 2 -> text.setLength(Math.max(at, 1));
                    default -> text.setCharAt(at, (char) ('0' + random.nextInt(10)));
                }
            }
            final long expected = TimestampOracle.parse(text.toString());
            assertEquals(expected, parse(text.toString()), text::toString);
            times += expected == MarketDataListener.NO_TIME ? 0 : 1;
        }
        assertEquals(STAMPS / 2, times, STAMPS * 0.4, "one of the two outcomes hardly happens");
    }

    @ParameterizedTest
    @CsvSource({
        "1970-01-01T00:00:00Z, 0",
        "1970-01-01T00:00:00, 0",
        "1970-01-01t00:00:00z, 0",
        "1970-01-01T00:00:00.000000001Z, 1",
        "1969-12-31T23:59:59.999999999Z, -1",
        "1970-01-01T00:00:00.1234567899Z, 123456789",
        "1970-01-01T01:00:00+01:00, 0",
        "1969-12-31T23:30:00-00:30, 0",
        "2016-12-31T23:59:60Z, 1483228800000000000",
        "2024-02-29T00:00:00Z, 1709164800000000000",
        "2026-08-09T21:05:48.228568804Z, 1786309548228568804"
    })
    void shouldReadWhatCoinbaseSends(String text, long expected) {
        assertEquals(expected, parse(text));
        assertEquals(expected, TimestampOracle.parse(text));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "Z",
                "0001-01-01T00:00:00.000000Z",
                "1677-12-31T23:59:59Z",
                "2262-01-01T00:00:00Z",
                "9999-12-31T23:59:59Z",
                "2026-02-29T00:00:00Z",
                "2026-02-31T00:00:00Z",
                "2026-04-31T00:00:00Z",
                "2026-13-01T00:00:00Z",
                "2026-00-01T00:00:00Z",
                "2026-01-00T00:00:00Z",
                "2026-01-01T24:00:00Z",
                "2026-01-01T00:60:00Z",
                "2026-01-01T00:00:61Z",
                "2026-01-01 00:00:00Z",
                "2026-01-01T00:00:00.Z",
                "2026-01-01T00:00:00.123 Z",
                "2026-01-01T00:00:00+ab:cd",
                "2026-01-01T00:00:00x01:00",
                "2026-01-01T00:00:00+01-00",
                "2026-01-01T00:00:00+24:00",
                "2026-01-01T00:00:00+0100",
                "2026-01-01T00:00:00garbage",
                "1483736448.299000",
                "2026-08-09 21:05:48.854840045 +0000 UTC m=+41691.26"
            })
    void shouldTakeEverythingElseForNoTime(String text) {
        assertEquals(MarketDataListener.NO_TIME, parse(text));
        assertEquals(MarketDataListener.NO_TIME, TimestampOracle.parse(text));
    }
}
