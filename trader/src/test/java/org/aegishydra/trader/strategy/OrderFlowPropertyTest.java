package org.aegishydra.trader.strategy;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.HashMap;
import java.util.Map;
import java.util.SplittableRandom;
import org.aegishydra.core.book.Market;
import org.aegishydra.core.book.OverlappingFeeds;
import org.aegishydra.core.book.ProductBook;
import org.aegishydra.core.coinbase.ProductTable;
import org.aegishydra.core.coinbase.Side;
import org.aegishydra.core.journal.Dialect;
import org.aegishydra.core.journal.Fact;
import org.aegishydra.core.journal.RecordHeader;
import org.aegishydra.core.journal.RecordKind;
import org.aegishydra.core.journal.TestHeaders;
import org.aegishydra.trader.EngineSeams;
import org.agrona.concurrent.UnsafeBuffer;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The strategy looks only at levels that changed, and wants exactly what it would want if it looked at all of them. */
class OrderFlowPropertyTest {
    private static final int EPISODES = Integer.getInteger("aegis.episodes", 4);
    private static final long STEP_NS = 30_000_000;

    /** Both forms of the strategy on a market's books. */
    private static final class Twins implements OverlappingFeeds.Reader {
        private final ProductTable products = new ProductTable();
        private final EngineSeams seams = EngineSeams.standard(null);
        private final Map<String, String> settings;
        private final Map<String, Pair> pairs = new HashMap<>();
        private final Market market = new Market(
                products,
                seams.decoders().apply(products),
                seams.books(),
                (book, tradeId, price, size, makerSide, tradeTimeNs) -> {});
        private long timeNs;
        private int steps;
        private int orders;

        private Twins(Map<String, String> settings) {
            this.settings = settings;
        }

        @Override
        public void message(boolean exchange, int connection, String text) {
            final byte[] bytes = text.getBytes(UTF_8);
            final Dialect dialect = exchange ? Dialect.EXCHANGE : Dialect.ADVANCED_TRADE;
            final RecordHeader header = TestHeaders.of(RecordKind.MESSAGE, dialect, connection, 0, timeNs += STEP_NS);
            market.decode(header, new UnsafeBuffer(bytes), 0, bytes.length);
            market.apply(header);
            for (int i = 0; i < market.touchedCount(); i++) {
                step(market.touched(i));
            }
        }

        @Override
        public void fact(RecordKind kind, int connection, Map<String, ?> fields) {
            final byte[] bytes = Fact.encode(fields);
            final RecordHeader header = TestHeaders.of(kind, Dialect.NONE, connection, 0, timeNs += STEP_NS);
            market.applyFact(header, new UnsafeBuffer(bytes), 0, bytes.length);
        }

        private void step(ProductBook book) {
            final Pair pair =
                    pairs.computeIfAbsent(book.product().id(), id -> new Pair(new StepContext(book, 0, 5), settings));
            orders += pair.step(++steps, timeNs);
            book.forgetChanges();
        }
    }

    /** Both forms of the strategy on one book, with an account that fills what they want. */
    private static final class Pair {
        private final StepContext context;
        private final Strategy plain = new PlainOrderFlow();
        private final Strategy following = new OrderFlowStrategy();
        private final OrderRequests expected = new OrderRequests();
        private final OrderRequests found = new OrderRequests();
        private long position;

        private Pair(StepContext context, Map<String, String> settings) {
            this.context = context;
            plain.start(new StrategySettings("plain", settings), 1);
            following.start(new StrategySettings("order-flow", settings), 1);
        }

        private int step(long step, long timeNs) {
            context.moveTo(step, timeNs, position);
            expected.clear();
            found.clear();
            plain.onStep(context, expected);
            following.onStep(context, found);
            assertEquals(Double.doubleToRawLongBits(plain.signal()), Double.doubleToRawLongBits(following.signal()));
            assertEquals(expected.count(), found.count());
            for (int i = 0; i < expected.count(); i++) {
                assertEquals(expected.side(i), found.side(i));
                assertEquals(expected.intent(i), found.intent(i));
                assertEquals(expected.size(i), found.size(i));
                assertEquals(expected.limitPrice(i), found.limitPrice(i));
                position += expected.side(i) == Side.BID ? expected.size(i) : -expected.size(i);
            }
            return expected.count();
        }
    }

    @ParameterizedTest
    @ValueSource(booleans = {false, true})
    void shouldDecideAsThePlainFormDoesWhileConnectionsComeAndGo(boolean exchange) {
        int orders = 0;
        for (int i = 0; i < EPISODES; i++) {
            final Twins twins = new Twins(Map.of("levels", "3", "threshold-bps", "0", "order-value", "1000"));
            final OverlappingFeeds feeds = new OverlappingFeeds(new SplittableRandom(i), exchange, i % 2 == 0, twins);
            for (int step = 0; step < 1_000; step++) {
                feeds.step();
            }
            assertTrue(twins.steps > 100, twins.steps + " steps");
            orders += twins.orders;
        }
        assertTrue(orders > 20, orders + " orders");
    }

    /** Levels near the touch and far from it, sides that run empty or cross, snapshots, finer numbers, lost messages. */
    @Test
    void shouldDecideAsThePlainFormDoesOnABookThatMovesAnyWay() {
        for (int i = 0; i < EPISODES; i++) {
            final SplittableRandom random = new SplittableRandom(i);
            final int levels = 1 + random.nextInt(12);
            final Twins twins = new Twins(Map.of("levels", "" + levels, "threshold-bps", "0", "order-value", "1000"));
            int sequence = 0;
            for (int step = 0; step < 3_000; step++) {
                final int kind = random.nextInt(200);
                sequence += kind == 1 ? 2 : 1;
                final StringBuilder updates = new StringBuilder();
                for (int level = kind == 0 || step == 0 ? 60 : 1 + random.nextInt(3); level > 0; level--) {
                    updates.append(updates.isEmpty() ? "" : ",").append(level(random, kind == 2));
                }
                twins.message(
                        false,
                        1,
                        "{\"channel\":\"l2_data\",\"timestamp\":\"2026-08-09T21:05:48Z\",\"sequence_num\":" + sequence
                                + ",\"events\":[{\"type\":\"" + (kind == 0 || step == 0 ? "snapshot" : "update")
                                + "\",\"product_id\":\"A-B\",\"updates\":[" + updates + "]}]}");
            }
            assertTrue(twins.orders > 20, twins.orders + " orders");
        }
    }

    private static String level(SplittableRandom random, boolean finer) {
        final boolean bid = random.nextBoolean();
        final int deep = random.nextInt(4) == 0 ? random.nextInt(8) : random.nextInt(500);
        final int cents = random.nextInt(50) == 0 ? -3 : deep;
        final int price = bid ? 10_000 - cents : 10_002 + cents;
        final int size = random.nextInt(3) == 0 ? 0 : 1 + random.nextInt(30);
        return "{\"side\":\"" + (bid ? "bid" : "offer")
                + "\",\"event_time\":\"2026-08-09T21:05:48Z\",\"price_level\":\"" + price / 100 + "."
                + (100 + price % 100 + "").substring(1) + (finer ? "5" : "") + "\",\"new_quantity\":\"" + size / 10
                + "."
                + size % 10 + (finer && size > 0 ? "1" : "") + "\"}";
    }
}
