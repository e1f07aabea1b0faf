package org.aegishydra.core.book;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.aegishydra.core.coinbase.Decimals;
import org.aegishydra.core.coinbase.Decoders;
import org.aegishydra.core.coinbase.MessageKind;
import org.aegishydra.core.coinbase.ProductTable;
import org.aegishydra.core.coinbase.Side;
import org.aegishydra.core.journal.RecordHeader;
import org.aegishydra.core.journal.RecordKind;
import org.aegishydra.core.journal.TestHeaders;
import org.agrona.concurrent.UnsafeBuffer;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Real messages, straight from their files: the books that they end in, and what each of them is. */
class CapturesTest {
    private final ProductTable products = new ProductTable();
    private final Map<String, Integer> kinds = new TreeMap<>();
    private int trades;
    private final Market market = new Market(
            products,
            Decoders.of(products),
            LadderOrderBook::new,
            (book, tradeId, price, size, side, timeNs) -> trades++);

    private int play(String file) throws IOException {
        final List<byte[]> messages = Captures.messages(file);
        final RecordHeader header = TestHeaders.of(RecordKind.MESSAGE, Captures.dialect(file), 1, 0, 0);
        for (final byte[] message : messages) {
            final MessageKind kind = market.decode(header, new UnsafeBuffer(message), 0, message.length);
            market.apply(header);
            kinds.merge(kind.wireName(), 1, Integer::sum);
        }
        return messages.size();
    }

    private static void compareTouch(JsonNode expected, ProductBook book, Side side) {
        final long[] price = new long[1];
        final long[] size = new long[1];
        assertEquals(1, book.book().top(side, 1, price, size));
        assertEquals(price[0], book.book().bestPrice(side));
        assertEquals(size[0], book.book().bestSize(side));
        assertEquals(
                expected.get(0).asText(),
                Decimals.plain(price[0], book.product().priceScale()));
        assertEquals(
                expected.get(1).asText(), Decimals.plain(size[0], book.product().sizeScale()));
    }

    @ParameterizedTest
    @ValueSource(strings = {Captures.ADVANCED_TRADE, Captures.EXCHANGE})
    void shouldEndInTheExpectedBooks(String file) throws IOException {
        final JsonNode expected = new ObjectMapper()
                .readTree(Captures.path(Captures.EXPECTED_BOOKS).toFile())
                .path(file);
        assertEquals(expected.path("messages").asInt(), play(file));
        assertEquals(0, expected.path("malformed").asInt());
        final Map<String, Integer> expectedKinds = new TreeMap<>();
        expected.path("kinds")
                .properties()
                .forEach(
                        kind -> expectedKinds.put(kind.getKey(), kind.getValue().asInt()));
        assertEquals(expectedKinds, kinds);

        final JsonNode books = expected.path("books");
        assertTrue(books.size() > 0);
        assertEquals(books.size(), market.bookCount());
        for (int i = 0; i < market.bookCount(); i++) {
            final ProductBook book = market.book(i);
            final JsonNode expectedBook = books.path(book.product().id());
            assertEquals(expectedBook.path("level_updates").asLong(), book.levelUpdates());
            assertEquals(expectedBook.path("bid_levels").asInt(), book.book().levels(Side.BID));
            assertEquals(expectedBook.path("ask_levels").asInt(), book.book().levels(Side.ASK));
            compareTouch(expectedBook.path("best_bid"), book, Side.BID);
            compareTouch(expectedBook.path("best_ask"), book, Side.ASK);
            assertEquals(expectedBook.path("sha256").asText(), BookText.sha256(book));
            assertEquals(MarketFeed.digestOf(book), book.digest());
            assertTrue(book.isLive());
        }
    }

    @Test
    void shouldCountTheTradesOfTheAdvancedTradeCaptureOnce() throws IOException {
        play(Captures.ADVANCED_TRADE);
        assertEquals(79, trades);
    }

    @Test
    void shouldCountTheTradesOfTheExchangeCaptureOnce() throws IOException {
        play(Captures.EXCHANGE);
        assertEquals(97, trades, "as many as matches; the last ones before the subscription are history");
    }

    @Test
    void shouldKnowEachAdvancedTradeFixture() throws IOException {
        assertEquals(36, play(Captures.ADVANCED_TRADE_FIXTURES));
        assertEquals(
                "{candles=4, error=2, futures_balance_summary=1, heartbeats=2, l2_data=7, market_trades=3, status=1,"
                        + " subscriptions=11, ticker=2, ticker_batch=1, user=2}",
                kinds.toString());
    }

    @Test
    void shouldKnowEachExchangeFixture() throws IOException {
        assertEquals(26, play(Captures.EXCHANGE_FIXTURES));
        assertEquals(
                "{activate=1, change=1, done=1, error=4, heartbeat=1, l2update=4, malformed=1, match=2, open=1,"
                        + " received=1, snapshot=2, status=1, subscriptions=2, ticker=4}",
                kinds.toString(),
                "malformed is the snapshot with the size 0.-10000");
    }
}
