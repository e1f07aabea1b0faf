package org.aegishydra.replayer.synthetic;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.math.BigDecimal;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.zip.CRC32;
import org.aegishydra.core.command.UsageException;
import org.junit.jupiter.api.Test;

class SyntheticMarketTest {
    private static final ObjectMapper JSON = new ObjectMapper();
    private static final long START_NS = Instant.parse("2026-01-05T00:00:00Z").getEpochSecond() * 1_000_000_000L;

    private static final long PINNED_CHECKSUM = 3_336_430_777L;

    private static SyntheticSettings settings(long seed, int seconds, double rate, int levels) {
        return new SyntheticSettings(
                seed,
                List.of(SyntheticProduct.parse("BTC-USD"), SyntheticProduct.parse("ETH-USD")),
                START_NS,
                Duration.ofSeconds(seconds).toNanos(),
                rate,
                levels);
    }

    private static String text(MarketMessage message) {
        return message.buffer().getStringWithoutLengthAscii(0, message.length());
    }

    private static List<String> all(SyntheticSettings settings) {
        final SyntheticMarket market = new SyntheticMarket(settings);
        final List<String> messages = new ArrayList<>();
        while (market.next()) {
            messages.add(text(market.message()));
        }
        return messages;
    }

    private static long checksum(SyntheticSettings settings) {
        final CRC32 crc = new CRC32();
        for (final String message : all(settings)) {
            crc.update(message.getBytes(StandardCharsets.US_ASCII));
        }
        return crc.getValue();
    }

    @Test
    void shouldGiveTheSameBytesForTheSameSeedAndOthersForAnother() {
        final List<String> first = all(settings(7, 20, 200, 500));
        assertEquals(first, all(settings(7, 20, 200, 500)));
        assertNotEquals(first, all(settings(8, 20, 200, 500)));
    }

    @Test
    void shouldGiveTheBytesThatItGaveWhenThisWasWritten() {
        // A change of the market's bytes is allowed, but never by accident or by another JVM.
        assertEquals(PINNED_CHECKSUM, checksum(settings(42, 60, 300, 1000)));
    }

    @Test
    void shouldNumberAndStampEveryMessageInOrder() throws IOException {
        final SyntheticMarket market = new SyntheticMarket(settings(3, 30, 300, 300));
        long expected = 0;
        Instant last = Instant.EPOCH;
        while (market.next()) {
            final JsonNode message = JSON.readTree(text(market.message()));
            assertEquals(expected, message.get("sequence_num").longValue());
            assertEquals(expected++, market.sequence());
            assertEquals(market.message().channel(), message.get("channel").textValue());
            assertEquals(1, message.get("events").size());
            final Instant stamp = Instant.parse(message.get("timestamp").textValue());
            assertEquals(market.message().eventTimeNs(), stamp.getEpochSecond() * 1_000_000_000L + stamp.getNano());
            assertFalse(stamp.isBefore(last));
            last = stamp;
        }
        assertTrue(expected > 3_000);
        assertTrue(Duration.between(Instant.parse("2026-01-05T00:00:30Z"), last)
                        .abs()
                        .toMillis()
                < 200);
    }

    @Test
    void shouldWriteFieldsInCoinbasesOrder() {
        final Map<String, String> byKind = new TreeMap<>();
        for (final String message : all(settings(5, 3, 200, 60))) {
            final String kind = message.replaceFirst("^\\{\"channel\":\"([a-z0-9_]+)\".*", "$1")
                    + (message.contains("\"type\":\"snapshot\"") ? " snapshot" : "");
            byKind.putIfAbsent(
                    kind,
                    message.replaceAll("\"(-?[0-9.]+|\\d{4}-[^\"]*)\"", "\"#\"").replaceAll(":\\d+", ":#"));
        }
        assertEquals(
                "{\"channel\":\"status\",\"timestamp\":\"#\",\"sequence_num\":#,\"events\":[{\"type\":\"snapshot\","
                        + "\"products\":[{\"product_type\":\"SPOT\",\"id\":\"BTC-USD\",\"base_currency\":\"BTC\","
                        + "\"quote_currency\":\"USD\",\"base_increment\":\"#\",\"quote_increment\":\"#\","
                        + "\"display_name\":\"BTC/USD\",\"status\":\"online\",\"status_message\":\"\",\"min_market_funds\":\"#\"},"
                        + "{\"product_type\":\"SPOT\",\"id\":\"ETH-USD\",\"base_currency\":\"ETH\","
                        + "\"quote_currency\":\"USD\",\"base_increment\":\"#\",\"quote_increment\":\"#\","
                        + "\"display_name\":\"ETH/USD\",\"status\":\"online\",\"status_message\":\"\",\"min_market_funds\":\"#\"}]}]}",
                byKind.get("status snapshot"));
        assertTrue(byKind.get("l2_data")
                .matches("\\{\"channel\":\"l2_data\",\"timestamp\":\"#\",\"sequence_num\":#,\"events\":\\[\\{"
                        + "\"type\":\"update\",\"product_id\":\"[A-Z-]+\",\"updates\":\\[(,?\\{\"side\":\"(bid|offer)\","
                        + "\"event_time\":\"#\",\"price_level\":\"#\",\"new_quantity\":\"#\"\\})+\\]\\}\\]\\}"));
        assertTrue(byKind.get("market_trades")
                .matches("\\{\"channel\":\"market_trades\",\"timestamp\":\"#\",\"sequence_num\":#,\"events\":\\[\\{"
                        + "\"type\":\"update\",\"trades\":\\[(,?\\{\"product_id\":\"[A-Z-]+\",\"trade_id\":\"#\",\"price\":\"#\","
                        + "\"size\":\"#\",\"time\":\"#\",\"side\":\"(BUY|SELL)\"\\})+\\]\\}\\]\\}"));
        assertTrue(byKind.get("ticker")
                .matches("\\{\"channel\":\"ticker\",\"timestamp\":\"#\",\"sequence_num\":#,\"events\":\\[\\{"
                        + "\"type\":\"update\",\"tickers\":\\[\\{\"type\":\"ticker\",\"product_id\":\"[A-Z-]+\",\"price\":\"#\","
                        + "\"volume_24_h\":\"#\",\"low_24_h\":\"#\",\"high_24_h\":\"#\",\"low_52_w\":\"#\",\"high_52_w\":\"#\","
                        + "\"price_percent_chg_24_h\":\"#\",\"best_bid\":\"#\",\"best_ask\":\"#\",\"best_bid_quantity\":\"#\","
                        + "\"best_ask_quantity\":\"#\"\\}\\]\\}\\]\\}"));
        assertTrue(all(settings(5, 3, 200, 60)).stream()
                .anyMatch(message ->
                        message.matches("\\{\"channel\":\"heartbeats\",\"timestamp\":\"2026-01-05T00:00:02Z\","
                                + "\"sequence_num\":\\d+,\"events\":\\[\\{\"current_time\":\"2026-01-05 00:00:02 \\+0000 UTC"
                                + " m=\\+\\d+\\.\\d{9}\",\"heartbeat_counter\":\\d+\\}\\]\\}")));
    }

    /** What a trade should leave on its level. */
    private record Left(boolean bid, BigDecimal price, BigDecimal size) {}

    private static List<Left> traded(JsonNode event, ReplayedBook book) {
        final Map<String, Left> left = new HashMap<>();
        for (final JsonNode trade : event.get("trades")) {
            final boolean bid = trade.get("side").textValue().equals("BUY");
            final BigDecimal price = new BigDecimal(trade.get("price").textValue());
            final BigDecimal rested = (bid ? book.bids() : book.asks()).get(price);
            final BigDecimal size =
                    rested.subtract(new BigDecimal(trade.get("size").textValue()));
            assertTrue(size.signum() >= 0, "more was traded than rested");
            assertNull(left.put(bid + " " + price, new Left(bid, price, size)));
        }
        return List.copyOf(left.values());
    }

    @Test
    void shouldNeverCrossABookAndTakeWhatIsTradedFromIt() throws IOException {
        final SyntheticMarket market = new SyntheticMarket(settings(11, 120, 300, 400));
        final Map<String, ReplayedBook> books = new HashMap<>();
        List<Left> traded = List.of();
        int trades = 0;
        int shown = 0;
        int tickers = 0;
        int largestUpdate = 0;
        while (market.next()) {
            final JsonNode event =
                    JSON.readTree(text(market.message())).get("events").get(0);
            final ReplayedBook book = books.computeIfAbsent(market.message().product(), name -> new ReplayedBook());
            if (market.message().channel().equals("l2_data")) {
                largestUpdate = Math.max(
                        largestUpdate, book.begun() ? event.get("updates").size() : 0);
                book.apply(event);
                assertFalse(book.crossed(), event::toString);
                for (final Left left : traded) {
                    final BigDecimal size =
                            (left.bid ? book.bids() : book.asks()).getOrDefault(left.price, BigDecimal.ZERO);
                    shown += size.compareTo(left.size) == 0 ? 1 : 0;
                }
                trades += traded.size();
                traded = List.of();
            } else if (market.message().channel().equals("market_trades") && book.begun()) {
                traded = traded(event, book);
            } else if (market.message().channel().equals("ticker") && book.begun()) {
                final JsonNode ticker = event.get("tickers").get(0);
                assertEquals(
                        new BigDecimal(ticker.get("best_bid").textValue()),
                        book.bids().firstKey());
                assertEquals(
                        new BigDecimal(ticker.get("best_ask").textValue()),
                        book.asks().firstKey());
                tickers++;
            }
        }
        // What was left of a level may change again in the same update, but mostly does not.
        assertTrue(trades > 500 && shown > 0.8 * trades, shown + " of " + trades + " trades show in the book");
        assertTrue(tickers > 500, "tickers: " + tickers);
        assertTrue(largestUpdate > 20 && largestUpdate <= 120, "largest update: " + largestUpdate);
        for (final String product : List.of("BTC-USD", "ETH-USD")) {
            final ReplayedBook book = books.get(product);
            assertTrue(book.absentRemovals() > 10, "absent removals: " + book.absentRemovals());
            assertEquals(400, book.bids().size(), 80);
            assertEquals(400, book.asks().size(), 80);
        }
    }

    @Test
    void shouldLeanBeforeThePriceMoves() throws IOException {
        final SyntheticMarket market = new SyntheticMarket(settings(2, 600, 100, 200));
        final Map<String, ReplayedBook> books = new HashMap<>();
        final List<double[]> samples = new ArrayList<>();
        long nextNs = START_NS;
        while (market.next()) {
            if (market.message().channel().equals("l2_data")) {
                books.computeIfAbsent(market.message().product(), name -> new ReplayedBook())
                        .apply(JSON.readTree(text(market.message()))
                                .get("events")
                                .get(0));
            }
            if (market.message().eventTimeNs() >= nextNs && books.size() == 2) {
                nextNs += 1_000_000_000L;
                final ReplayedBook book = books.get("BTC-USD");
                samples.add(new double[] {book.imbalance(10), book.mid()});
            }
        }
        int agrees = 0;
        int clear = 0;
        final int ahead = 5;
        for (int i = 0; i + ahead < samples.size(); i++) {
            if (Math.abs(samples.get(i)[0]) > 0.5) {
                clear++;
                final double move = samples.get(i + ahead)[1] - samples.get(i)[1];
                agrees += Math.signum(move) == Math.signum(samples.get(i)[0]) ? 1 : 0;
            }
        }
        assertTrue(clear > 100, "clear imbalances: " + clear);
        assertTrue(agrees > 0.65 * clear, agrees + " of " + clear + " moves follow the imbalance");
    }

    @Test
    void shouldComeInBurstsOfAHundredTimesTheRateAskedFor() {
        final int seconds = 600;
        final SyntheticMarket market = new SyntheticMarket(settings(42, seconds, 200, 200));
        final int[] per10Ms = new int[seconds * 100 + 1];
        int messages = 0;
        while (market.next()) {
            messages++;
            per10Ms[(int) ((market.message().eventTimeNs() - START_NS) / 10_000_000L)]++;
        }
        assertEquals(200, messages / (double) seconds, 30);
        final double burst = Arrays.stream(per10Ms).max().orElse(0) * 100.0 / 200;
        assertTrue(burst >= 100, "the busiest 10 ms have " + burst + " times the mean rate");
    }

    @Test
    void shouldWriteAsDeepABookAsCoinbase() throws IOException {
        final SyntheticMarket market = new SyntheticMarket(settings(1, 1, 50, SyntheticSettings.FULL_DEPTH));
        final Map<String, Integer> levels = new TreeMap<>();
        while (market.next()) {
            if (market.message().channel().equals("l2_data")) {
                final JsonNode event =
                        JSON.readTree(text(market.message())).get("events").get(0);
                levels.merge(
                        event.get("product_id").textValue(),
                        event.get("updates").size(),
                        Math::max);
            }
        }
        assertEquals(Map.of("BTC-USD", 46_000, "ETH-USD", 23_334), levels);
    }

    @Test
    void shouldGiveALateSubscriberTheBookThatTheUpdatesMade() throws IOException {
        final SyntheticMarket market = new SyntheticMarket(settings(9, 30, 300, 300));
        final ReplayedBook book = new ReplayedBook();
        while (market.next()) {
            if (market.message().channel().equals("l2_data")
                    && market.message().product().equals("ETH-USD")) {
                book.apply(JSON.readTree(text(market.message())).get("events").get(0));
            }
        }
        final ReplayedBook late = new ReplayedBook();
        late.apply(JSON.readTree(text(market.snapshot("l2_data", "ETH-USD")))
                .get("events")
                .get(0));
        assertEquals(book.bids(), late.bids());
        assertEquals(book.asks(), late.asks());
        assertNull(market.snapshot("l2_data", "XYZ-USD"));
        assertNull(market.snapshot("heartbeats", ""));
    }

    @Test
    void shouldRefuseSettingsThatMakeNoMarket() {
        assertThrows(UsageException.class, () -> SyntheticProduct.parse("btc"));
        assertThrows(UsageException.class, () -> SyntheticProduct.parse("ABC-USD"));
        assertThrows(UsageException.class, () -> SyntheticProduct.parse("ABC-USD=x"));
        assertThrows(UsageException.class, () -> SyntheticProduct.parse("ABC-USD=0.01"));
        assertThrows(UsageException.class, () -> settings(1, 1, 1, 100));
        assertThrows(UsageException.class, () -> settings(1, 1, Double.NaN, 100));
        assertThrows(UsageException.class, () -> settings(1, 1, 10, 49));
        assertEquals(
                new BigDecimal("12.34"), SyntheticProduct.parse("ABC-USD=12.34").startPrice());
    }
}
