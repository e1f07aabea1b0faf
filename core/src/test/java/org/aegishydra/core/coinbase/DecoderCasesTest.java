package org.aegishydra.core.coinbase;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.List;
import org.agrona.concurrent.UnsafeBuffer;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Single messages that a decoder could get wrong. */
class DecoderCasesTest {
    private static final String TIMES = "\"timestamp\":\"2026-08-09T21:05:48.5Z\",\"sequence_num\":7,";

    private static String trades(String... trades) {
        return "{\"channel\":\"market_trades\"," + TIMES + "\"events\":[{\"type\":\"update\",\"trades\":["
                + String.join(",", trades) + "]}]}";
    }

    private static String trade(String product, int id, String price) {
        return "{\"product_id\":\"%s\",\"trade_id\":\"%d\",\"price\":\"%s\",\"size\":\"1\",\"side\":\"BUY\"}"
                .formatted(product, id, price);
    }

    private static List<String> tradesOf(Decoded decoded) {
        return decoded.calls().stream()
                .map(call -> call.replaceFirst("trade (\\S+) BID (\\S+) 1 id (\\d+) time -", "$1 $3 $2"))
                .toList();
    }

    @Test
    void shouldGiveTradesOfOneMessageOneScaleWhateverTheirDecimals() {
        final String newestIsCoarser = trades(trade("A-B", 9, "65062.5"), trade("A-B", 8, "65062.53"));
        assertEquals(List.of("A-B 8 65062.53", "A-B 9 65062.5"), tradesOf(Decoded.advancedTrade(newestIsCoarser)));
    }

    @Test
    void shouldNotWrapWhenALaterEventOfAMessageWidensAnEarlierOne() {
        final String event = "{\"type\":\"update\",\"product_id\":\"A-B\",\"updates\":"
                + "[{\"side\":\"bid\",\"price_level\":\"%s\",\"new_quantity\":\"1\"}]}";
        final String events = event.formatted("1000000000000") + "," + event.formatted("0.00000001");
        final Decoded decoded =
                Decoded.advancedTrade("{\"channel\":\"l2_data\"," + TIMES + "\"events\":[" + events + "]}");
        assertEquals(MessageKind.MALFORMED, decoded.kind());
    }

    @Test
    void shouldDeliverTheOldestTradeFirstWhicheverWayAMessageSortsThem() {
        final List<String> oldestFirst = List.of("A-B 4 1", "C-D 8 1", "A-B 5 1", "C-D 9 1");
        final String newestFirst =
                trades(trade("C-D", 9, "1"), trade("A-B", 5, "1"), trade("C-D", 8, "1"), trade("A-B", 4, "1"));
        assertEquals(oldestFirst, tradesOf(Decoded.advancedTrade(newestFirst)));
        final String ascending =
                trades(trade("A-B", 4, "1"), trade("C-D", 8, "1"), trade("A-B", 5, "1"), trade("C-D", 9, "1"));
        assertEquals(oldestFirst, tradesOf(Decoded.advancedTrade(ascending)));
    }

    @Test
    void shouldRefuseToWidenBeyondATradesNumbers() {
        final MessageDecoder decoder = new AdvancedTradeDecoder(new ProductTable());
        final byte[] first = trades(trade("A-B", 1, "1000000000000")).getBytes(UTF_8);
        assertEquals(MessageKind.MARKET_TRADES, decoder.parse(new UnsafeBuffer(first), 0, first.length));
        decoder.deliver(new CallLog());
        final byte[] finer = trades(trade("A-B", 2, "0.00000001")).getBytes(UTF_8);
        assertEquals(MessageKind.MALFORMED, decoder.parse(new UnsafeBuffer(finer), 0, finer.length));
    }

    @ParameterizedTest
    @ValueSource(strings = {"\\ud800", "\\udc00", "\\ud800\\ud800", "\\ud800x", "\\udc00\\ud800", "\\ud83d\\ude00"})
    void shouldTakeHalvesOfSurrogatePairs(String escapes) {
        final Decoded decoded = Decoded.exchange("{\"type\":\"l2update\",\"product_id\":\"A-B\",\"note\":\"" + escapes
                + "\",\"changes\":[[\"buy\",\"1\",\"2\"]]}");
        assertEquals(List.of("update A-B", "level A-B BID 1 2", "end A-B"), decoded.calls());
    }

    @Test
    void shouldRefuseNamesThatAreNotPrintableAscii() {
        for (final String name : new String[] {"A\\ud800B", "A\\u00e4B", "ÄB", "A B", "A\\nB", "A\\u007fB"}) {
            final Decoded decoded =
                    Decoded.exchange("{\"type\":\"l2update\",\"product_id\":\"" + name + "\",\"changes\":[]}");
            assertEquals(MessageKind.MALFORMED, decoded.kind(), name);
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"1786309548", "null", "\"yesterday\"", "\"\"", "[]", "{}", "true"})
    void shouldTakeAMessageWhoseTimeIsNone(String time) {
        final Decoded decoded =
                Decoded.exchange("{\"type\":\"l2update\",\"product_id\":\"A-B\",\"changes\":[],\"time\":" + time + "}");
        assertEquals(List.of("update A-B", "end A-B"), decoded.calls());
    }

    @Test
    void shouldNotTakeZeroBytesForATimeThatItKnows() {
        final String zeros = "\0".repeat(19);
        final String update =
                "{\"type\":\"l2update\",\"product_id\":\"A-B\",\"changes\":[[\"buy\",\"1.5\",\"2\"]],\"time\":\"%s.852863Z\"}";
        assertEquals(
                MessageKind.MALFORMED, Decoded.exchange(update.formatted(zeros)).kind());
        final MessageDecoder decoder = new ExchangeDecoder(new ProductTable());
        for (final String second : new String[] {"2026-02-31T10:11:12", zeros.substring(11) + "31T10:11:12"}) {
            final byte[] message = update.formatted(second).getBytes(UTF_8);
            final MessageKind kind = decoder.parse(new UnsafeBuffer(message), 0, message.length);
            assertEquals(second.startsWith("2") ? MessageKind.L2_UPDATE : MessageKind.MALFORMED, kind);
        }
    }

    private static String nested(int depth) {
        return "{\"type\":\"l2update\",\"x\":" + "[".repeat(depth) + "]".repeat(depth)
                + ",\"product_id\":\"A-B\",\"changes\":[]}";
    }

    @Test
    void shouldLimitHowDeepAMessageIsNested() {
        assertEquals(
                MessageKind.L2_UPDATE,
                Decoded.exchange(nested(JsonScanner.MAX_DEPTH)).kind());
        final Decoded tooDeep = Decoded.exchange(nested(JsonScanner.MAX_DEPTH + 1));
        assertEquals(MessageKind.MALFORMED, tooDeep.kind());
        assertEquals("nested too deeply at byte " + (23 + JsonScanner.MAX_DEPTH), tooDeep.reason());
        assertEquals(MessageKind.MALFORMED, Decoded.exchange(nested(1_000_000)).kind());
    }

    @Test
    void shouldTakeNamesThatARunsRecordsHaveRoomFor() {
        final String message =
                "{\"type\":\"l2update\",\"product_id\":\"%s\",\"changes\":[[\"buy\",\"1\",\"1\"]],\"time\":\"\"}";
        assertEquals(
                MessageKind.L2_UPDATE,
                Decoded.exchange(message.formatted("A".repeat(31))).kind());
        assertEquals(
                MessageKind.MALFORMED,
                Decoded.exchange(message.formatted("A".repeat(32))).kind());
        assertEquals(
                MessageKind.MALFORMED, Decoded.exchange(message.formatted("")).kind());
    }

    @Test
    void shouldRefuseProductsBeyondTheTable() {
        final ProductTable products = new ProductTable();
        for (int i = 0; i < ProductTable.MAX_PRODUCTS; i++) {
            assertEquals(i, products.product("P" + i).index());
        }
        for (int i = 0; i < ProductTable.MAX_PRODUCTS; i++) {
            assertEquals(i, products.product("P" + i).index());
        }
        final MessageDecoder decoder = new AdvancedTradeDecoder(products);
        final byte[] known = trades(trade("P17", 1, "1")).getBytes(UTF_8);
        assertEquals(MessageKind.MARKET_TRADES, decoder.parse(new UnsafeBuffer(known), 0, known.length));
        final byte[] another = trades(trade("Q", 1, "1")).getBytes(UTF_8);
        assertEquals(MessageKind.MALFORMED, decoder.parse(new UnsafeBuffer(another), 0, another.length));
        assertEquals(ProductTable.MAX_PRODUCTS, products.products().size());
    }
}
