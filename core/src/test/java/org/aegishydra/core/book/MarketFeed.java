package org.aegishydra.core.book;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.aegishydra.core.coinbase.Decimals;
import org.aegishydra.core.coinbase.Decoders;
import org.aegishydra.core.coinbase.MessageKind;
import org.aegishydra.core.coinbase.ProductTable;
import org.aegishydra.core.coinbase.Side;
import org.aegishydra.core.journal.Dialect;
import org.aegishydra.core.journal.Fact;
import org.aegishydra.core.journal.RecordHeader;
import org.aegishydra.core.journal.RecordKind;
import org.aegishydra.core.journal.TestHeaders;
import org.agrona.concurrent.UnsafeBuffer;

/** A market and what comes in: messages by text, facts by field. Sequence numbers are counted for each connection. */
final class MarketFeed {
    final ProductTable products = new ProductTable();
    final List<String> trades = new ArrayList<>();

    /** Product and id of each of the {@link #trades}. */
    final List<String> tradeIds = new ArrayList<>();

    final Market market = new Market(
            products,
            Decoders.of(products),
            LadderOrderBook::new,
            (book, tradeId, price, size, makerSide, tradeTimeNs) -> {
                trades.add(book.product() + " " + makerSide + " "
                        + Decimals.plain(price, book.product().priceScale()) + " "
                        + Decimals.plain(size, book.product().sizeScale()));
                tradeIds.add(book.product() + " " + tradeId);
                assertEquals(tradeId, book.lastTradeId());
            });

    /** The next sequence number of each connection. */
    final long[] next = new long[16];

    /** When the last record was received; each is a microsecond later than the one before. */
    long timeNs;

    MessageKind message(Dialect dialect, int connection, String text) {
        final byte[] bytes = text.getBytes(UTF_8);
        final RecordHeader header = TestHeaders.of(RecordKind.MESSAGE, dialect, connection, 0, timeNs += 1_000);
        final UnsafeBuffer buffer = new UnsafeBuffer(bytes);
        final MessageKind kind = market.decode(header, buffer, 0, bytes.length);
        market.apply(header);
        return kind;
    }

    MessageKind exchange(int connection, String text) {
        return message(Dialect.EXCHANGE, connection, text);
    }

    /** An Advanced Trade message with the connection's next number. */
    MessageKind send(int connection, String channel, String events) {
        return message(Dialect.ADVANCED_TRADE, connection, envelope(next[connection]++, channel, events));
    }

    static String envelope(long sequence, String channel, String events) {
        return "{\"channel\":\"" + channel + "\",\"timestamp\":\"2026-08-09T21:05:48Z\",\"sequence_num\":" + sequence
                + ",\"events\":[" + events + "]}";
    }

    MessageKind snapshot(int connection, String product, String... levels) {
        return send(connection, "l2_data", bookEvent("snapshot", product, levels));
    }

    MessageKind update(int connection, String product, String... levels) {
        return send(connection, "l2_data", bookEvent("update", product, levels));
    }

    /** Levels are given as {@code "bid 100.5 2"}. */
    static String bookEvent(String type, String product, String... levels) {
        final List<String> items = new ArrayList<>();
        for (final String level : levels) {
            final String[] parts = level.split(" ", -1);
            items.add("{\"side\":\"" + parts[0] + "\",\"event_time\":\"2026-08-09T21:05:48Z\",\"price_level\":\""
                    + parts[1] + "\",\"new_quantity\":\"" + parts[2] + "\"}");
        }
        return "{\"type\":\"" + type + "\",\"product_id\":\"" + product + "\",\"updates\":[" + String.join(",", items)
                + "]}";
    }

    MessageKind trades(int connection, String type, String... newestFirst) {
        return send(connection, "market_trades", tradeEvent(type, newestFirst));
    }

    /** Trades are given as {@code "A-B 17 100.5 2 BUY"}, the newest first. */
    static String tradeEvent(String type, String... newestFirst) {
        final List<String> items = new ArrayList<>();
        for (final String trade : newestFirst) {
            final String[] parts = trade.split(" ", -1);
            items.add(("{\"product_id\":\"%s\",\"trade_id\":\"%s\",\"price\":\"%s\",\"size\":\"%s\","
                            + "\"time\":\"2026-08-09T21:05:47Z\",\"side\":\"%s\"}")
                    .formatted((Object[]) parts));
        }
        return "{\"type\":\"" + type + "\",\"trades\":[" + String.join(",", items) + "]}";
    }

    void fact(RecordKind kind, int connection, Map<String, ?> fields) {
        final byte[] bytes = Fact.encode(fields);
        market.applyFact(
                TestHeaders.of(kind, Dialect.ADVANCED_TRADE, connection, 0, timeNs += 1_000),
                new UnsafeBuffer(bytes),
                0,
                bytes.length);
    }

    ProductBook book(String product) {
        return market.book(products.product(product).index());
    }

    boolean isLive(String product) {
        return book(product).isLive();
    }

    String text(String product) {
        return BookText.of(book(product));
    }

    /** The digest of a book from its levels alone. */
    static long digestOf(ProductBook book) {
        long sum = 0;
        for (final Side side : Side.values()) {
            final long[] prices = new long[book.book().levels(side)];
            final long[] sizes = new long[prices.length];
            book.book().top(side, prices.length, prices, sizes);
            for (int i = 0; i < prices.length; i++) {
                sum += BookDigest.level(side, prices[i], sizes[i]);
            }
        }
        return sum;
    }
}
