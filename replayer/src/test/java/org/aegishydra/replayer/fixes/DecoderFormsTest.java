package org.aegishydra.replayer.fixes;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.SplittableRandom;
import java.util.function.Function;
import java.util.regex.Pattern;
import org.aegishydra.core.coinbase.CallTape;
import org.aegishydra.core.coinbase.Decoders;
import org.aegishydra.core.coinbase.MessageDecoder;
import org.aegishydra.core.coinbase.MessageKind;
import org.aegishydra.core.coinbase.ProductTable;
import org.aegishydra.core.coinbase.RandomAdvancedTrade;
import org.aegishydra.core.coinbase.RandomExchange;
import org.aegishydra.core.coinbase.RandomMessages;
import org.aegishydra.core.journal.Dialect;
import org.agrona.concurrent.UnsafeBuffer;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

/** What the forms of fix 8 say of a message, against what the production decoder says of it. */
class DecoderFormsTest {
    private static final int BATCHES = 60;

    /** Extreme numbers leave less and less room for others. */
    private static final int BATCH = 500;

    /** What Jackson reads otherwise, and no feed sends: see {@link TreeReader}. */
    private static final Pattern UNLIKE_JACKSON =
            Pattern.compile("[\\[:,\\s]-0(?:\\.0+)?(?:[eE][+-]?[0-9]+)?[\\s,\\]}]|[eE][+-]?[0-9]{8,}");

    private static final List<String> ADVANCED_TRADE = List.of(
            stamped(0, "subscriptions", "{\"subscriptions\":{\"level2\":[\"BTC-USD\"]}}"),
            stamped(
                    1,
                    "l2_data",
                    "{\"type\":\"snapshot\",\"product_id\":\"BTC-USD\",\"updates\":["
                            + level("bid", "65083.66", "0.20371215")
                            + ","
                            + level("offer", "65083.7", "1")
                            + "]}"),
            stamped(
                    2,
                    "l2_data",
                    "{\"type\":\"update\",\"product_id\":\"BTC-USD\",\"updates\":["
                            + level("offer", "65083.70", "0.00000000")
                            + "]}"),
            stamped(
                    3,
                    "market_trades",
                    "{\"type\":\"update\",\"trades\":[" + trade(12, "65083.671") + "," + trade(11, "65083.67") + "]}"),
            stamped(
                    4,
                    "ticker",
                    "{\"type\":\"snapshot\",\"tickers\":[" + ticker("BTC-USD", "0.09478509") + ","
                            + ticker("ETH-USD", "0.094785091") + "]}"),
            stamped(
                    5,
                    "heartbeats",
                    "{\"current_time\":\"2026-08-09 21:06:12.8 +0000 UTC m=+4.2\",\"heartbeat_counter\":41715}"),
            stamped(6, "candles", "{\"type\":\"snapshot\",\"candles\":[]}"),
            stamped(
                    7,
                    "status",
                    "{\"type\":\"snapshot\",\"products\":[{\"id\":\"ETH-USD\",\"base_increment\":\"0.00000001\","
                            + "\"quote_increment\":\"0.001\"}]}"));

    private static final List<String> EXCHANGE = List.of(
            "{\"type\":\"subscriptions\",\"channels\":[{\"name\":\"level2\",\"product_ids\":[\"SKL-USD\"]}]}",
            "{\"type\":\"snapshot\",\"product_id\":\"SKL-USD\",\"asks\":[[\"0.7905\",\"7.1\"]],"
                    + "\"bids\":[[\"0.7902\",\"100.50\"],[\"0.79\",\"3\"]]}",
            "{\"type\":\"l2update\",\"product_id\":\"SKL-USD\",\"changes\":[[\"buy\",\"0.7938\",\"5.0\"],"
                    + "[\"sell\",\"0.79391\",\"0.0\"]],\"time\":\"2021-04-17T16:43:37.852863Z\"}",
            "{\"type\":\"ticker\",\"sequence\":201393867,\"product_id\":\"SKL-USD\",\"price\":\"0.7902\","
                    + "\"open_24h\":\"0.7055\",\"best_bid\":\"0.7901\",\"best_ask\":\"0.7905\",\"side\":\"sell\","
                    + "\"time\":\"2021-04-17T16:44:06.669388Z\",\"trade_id\":1568319,\"last_size\":\"18\"}",
            "{\"type\":\"match\",\"trade_id\":1568319,\"maker_order_id\":\"1\",\"side\":\"buy\",\"size\":\"18\","
                    + "\"price\":\"0.7902\",\"product_id\":\"SKL-USD\",\"time\":\"2021-04-17T16:44:06.669388Z\"}",
            "{\"type\":\"heartbeat\",\"sequence\":90,\"last_trade_id\":20,\"product_id\":\"SKL-USD\","
                    + "\"time\":\"2021-04-17T16:44:06.669388Z\"}",
            "{\"type\":\"error\",\"message\":\"no\"}",
            "{\"type\":\"done\",\"time\":\"2021-04-17T16:44:06.669388Z\"}");

    private static String stamped(int sequence, String channel, String event) {
        return "{\"channel\":\"" + channel
                + "\",\"client_id\":\"\",\"timestamp\":\"2026-08-09T21:06:12.892314371Z\",\"sequence_num\":" + sequence
                + ",\"events\":[" + event + "]}";
    }

    private static String level(String side, String price, String size) {
        return "{\"side\":\"" + side + "\",\"event_time\":\"2026-08-09T21:06:12.846921Z\",\"price_level\":\"" + price
                + "\",\"new_quantity\":\"" + size + "\"}";
    }

    private static String trade(int id, String price) {
        return "{\"product_id\":\"BTC-USD\",\"trade_id\":\"" + id + "\",\"price\":\"" + price
                + "\",\"size\":\"0.02066532\",\"time\":\"2026-08-09T21:06:11.197444Z\",\"side\":\"SELL\"}";
    }

    private static String ticker(String product, String bidSize) {
        return "{\"type\":\"ticker\",\"product_id\":\"" + product
                + "\",\"price\":\"1919.38\",\"volume_24_h\":\"19989.3959153\",\"price_percent_chg_24_h\":\"-0.016\","
                + "\"best_bid\":\"1919.37\",\"best_ask\":\"1919.4\",\"best_bid_quantity\":\"" + bidSize
                + "\",\"best_ask_quantity\":\"10.01194407\"}";
    }

    /** A form's decoder beside the production one, each with products of its own. */
    static final class Pair {
        private final MessageDecoder form;
        private final MessageDecoder production;
        private final CallTape formSays = new CallTape();
        private final CallTape productionSays = new CallTape();
        private MessageKind formKind;
        private MessageKind productionKind;

        Pair(Function<ProductTable, Function<Dialect, MessageDecoder>> forms, Dialect dialect) {
            form = forms.apply(new ProductTable()).apply(dialect);
            production = Decoders.of(new ProductTable()).apply(dialect);
        }

        private static MessageKind read(MessageDecoder decoder, byte[] message, CallTape says) {
            says.clear();
            final UnsafeBuffer buffer = new UnsafeBuffer(new byte[message.length + 10]);
            buffer.putBytes(5, message);
            final MessageKind kind = decoder.parse(buffer, 5, message.length);
            decoder.deliver(says);
            return kind;
        }

        boolean agreeOn(String message) {
            final byte[] bytes = message.getBytes(StandardCharsets.UTF_8);
            formKind = read(form, bytes, formSays);
            productionKind = read(production, bytes, productionSays);
            return formKind == productionKind && formSays.isSameAs(productionSays);
        }

        void requireAgreement(String message) {
            assertTrue(
                    agreeOn(message),
                    () -> formKind + " " + formSays + "\n" + productionKind + " " + productionSays + "\n" + message);
        }
    }

    @ParameterizedTest
    @EnumSource(names = {"ADVANCED_TRADE", "EXCHANGE"})
    void shouldSayBeforeWhatProductionSaysOfAnyMessage(Dialect dialect) {
        int agreed = 0;
        int malformed = 0;
        for (int batch = 0; batch < BATCHES; batch++) {
            final SplittableRandom random = new SplittableRandom(batch);
            final RandomMessages messages =
                    dialect == Dialect.EXCHANGE ? new RandomExchange(random) : new RandomAdvancedTrade(random);
            final Pair pair = new Pair(TextDecoder::of, dialect);
            for (int i = 0; i < BATCH; i++) {
                final String message = messages.next();
                final String text =
                        random.nextInt(20) == 0 ? message.substring(0, random.nextInt(message.length())) : message;
                if (!UNLIKE_JACKSON.matcher(text).find()) {
                    pair.requireAgreement(text);
                    agreed++;
                    malformed += pair.productionKind == MessageKind.MALFORMED ? 1 : 0;
                }
            }
        }
        assertTrue(agreed > BATCHES * BATCH * 0.8 && malformed > BATCHES * BATCH / 20, agreed + " " + malformed);
    }

    @ParameterizedTest
    @EnumSource(names = {"ADVANCED_TRADE", "EXCHANGE"})
    void shouldSayWhatProductionSaysOfMessagesAsCoinbaseSendsThem(Dialect dialect) {
        final Pair before = new Pair(TextDecoder::of, dialect);
        final Pair seed = new Pair(ByteMatchDecoder::of, dialect);
        for (final String message : dialect == Dialect.EXCHANGE ? EXCHANGE : ADVANCED_TRADE) {
            before.requireAgreement(message);
            seed.requireAgreement(message);
        }
    }

    @ParameterizedTest
    @ValueSource(ints = {1, 2, 3, 4, 5})
    void shouldSkipInSeedWhatHasASpaceWhereNoneIsExpected(int at) {
        final String spaced = ADVANCED_TRADE.get(at).replace("{\"channel\":\"", "{\"channel\": \"");
        final Pair seed = new Pair(ByteMatchDecoder::of, Dialect.ADVANCED_TRADE);
        assertTrue(!seed.agreeOn(spaced));
        assertEquals(MessageKind.UNKNOWN, seed.formKind);
        assertTrue(seed.formSays.isSameAs(new CallTape()), "nobody is told");
        new Pair(TextDecoder::of, Dialect.ADVANCED_TRADE).requireAgreement(spaced);
    }

    @Test
    void shouldSkipInSeedATickerWhoseNumbersAreBare() {
        final String bare = ADVANCED_TRADE.get(4).replace("\"1919.38\"", "1919.38");
        final Pair seed = new Pair(ByteMatchDecoder::of, Dialect.ADVANCED_TRADE);
        assertTrue(!seed.agreeOn(bare));
        assertEquals(MessageKind.TICKER, seed.productionKind);
        assertEquals(MessageKind.MALFORMED, seed.formKind);
        assertTrue(seed.formSays.isSameAs(new CallTape()), "nobody is told");
        assertTrue(seed.form.malformedReason().contains("price"), seed.form.malformedReason());
    }

    @Test
    void shouldSkipInSeedABookThatIsNoJson() {
        final String cut = EXCHANGE.get(2).substring(0, 80);
        final Pair seed = new Pair(ByteMatchDecoder::of, Dialect.EXCHANGE);
        assertTrue(!seed.agreeOn(cut));
        assertEquals(MessageKind.MALFORMED, seed.formKind);
        assertTrue(seed.formSays.isSameAs(new CallTape()), "nobody is told");
    }
}
