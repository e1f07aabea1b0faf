package org.aegishydra.trader.scribe;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.math.BigDecimal;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.Locale;
import java.util.SplittableRandom;
import java.util.function.Consumer;
import org.aegishydra.core.coinbase.Decimals;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class RowTextTest {
    private static final int CASES = 50_000;
    private static final DateTimeFormatter ISO = DateTimeFormatter.ofPattern(
                    "uuuu-MM-dd'T'HH:mm:ss.SSSSSS'Z'", Locale.ROOT)
            .withZone(ZoneOffset.UTC);

    private final SplittableRandom random = new SplittableRandom(7);

    private static String text(Consumer<StringBuilder> append) {
        final StringBuilder text = new StringBuilder();
        append.accept(text);
        return text.toString();
    }

    private static String fixedPoint(long value, int scale) {
        return text(text -> RowText.fixedPoint(text, value, scale));
    }

    private static String decimals(double value, int decimals) {
        return text(text -> RowText.decimals(text, value, decimals));
    }

    private static String isoTime(long ns) {
        return text(text -> RowText.isoTime(text, ns));
    }

    private static String midPrice(long bid, long ask, int scale) {
        return text(text -> RowText.midPrice(text, bid, ask, scale));
    }

    @Test
    void shouldWriteFixedPointNumbersAsBigDecimalDoes() {
        for (int i = 0; i < CASES; i++) {
            final long value = random.nextLong() >> random.nextInt(64);
            for (final long each : new long[] {value, value / 1000 * 1000, Long.MAX_VALUE, Long.MIN_VALUE, 0}) {
                final int scale = random.nextInt(Decimals.MAX_SCALE + 1);
                assertEquals(Decimals.plain(each, scale), fixedPoint(each, scale), each + " at " + scale);
            }
        }
    }

    @Test
    void shouldWriteTheExactMid() {
        for (int i = 0; i < CASES; i++) {
            final long bid = random.nextLong(Long.MAX_VALUE / 20) >> random.nextInt(60);
            final long ask = Math.min(bid + random.nextLong(1000), Long.MAX_VALUE / 20 - 1);
            final int scale = random.nextInt(Decimals.MAX_SCALE);
            final BigDecimal mid = BigDecimal.valueOf(bid, scale)
                    .add(BigDecimal.valueOf(ask, scale))
                    .divide(BigDecimal.valueOf(2));
            assertEquals(mid.signum() == 0 ? "0" : mid.stripTrailingZeros().toPlainString(), midPrice(bid, ask, scale));
        }
        assertEquals("65083.665", midPrice(6_508_366, 6_508_367, 2));
        assertEquals("0", midPrice(Long.MIN_VALUE, 5, 2));
        assertEquals("0", midPrice(5, Long.MIN_VALUE, 2));
    }

    @Test
    void shouldWriteTimesAsJavaTimeDoes() {
        for (int i = 0; i < CASES; i++) {
            final long ns = random.nextLong();
            assertEquals(ISO.format(Instant.ofEpochSecond(0, ns)), isoTime(ns), Long.toString(ns));
        }
        for (int day = -800; day < 80_000; day++) {
            final long midnightNs = day * 86_400_000_000_000L;
            assertEquals(ISO.format(Instant.ofEpochSecond(0, midnightNs)), isoTime(midnightNs));
            assertEquals(ISO.format(Instant.ofEpochSecond(0, midnightNs - 1)), isoTime(midnightNs - 1));
        }
        assertEquals("2026-08-09T21:05:48.228568Z", isoTime(1_786_309_548_228_568_999L));
    }

    @Test
    void shouldRoundToTheNearestDecimal() {
        for (int i = 0; i < CASES; i++) {
            final int decimals = 1 + random.nextInt(8);
            final double value = (random.nextDouble() - 0.5) * Math.pow(10, random.nextInt(-4, 10));
            final String text = decimals(value, decimals);
            assertEquals(decimals, text.length() - text.indexOf('.') - 1, text);
            final double half = 0.5 / Decimals.powerOfTen(decimals);
            assertEquals(value, Double.parseDouble(text), half * 1.000001 + 2 * Math.ulp(value), text);
            assertTrue(text.charAt(0) == '-' || !text.startsWith("-"), text);
        }
    }

    @ParameterizedTest
    @CsvSource({
        "0, 1, 0.0",
        "18.25, 1, 18.3",
        "-18.25, 1, -18.3",
        "0.049, 1, 0.0",
        "-0.049, 1, 0.0",
        "99.995, 2, 100.00",
        "1234567.5, 4, 1234567.5000",
        "NaN, 3, nan",
        "Infinity, 3, nan",
        "-Infinity, 3, nan",
        "1e300, 3, nan"
    })
    void shouldWriteDecimals(double value, int decimals, String expected) {
        assertEquals(expected, decimals(value, decimals));
    }
}
