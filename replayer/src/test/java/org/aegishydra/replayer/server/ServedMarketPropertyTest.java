package org.aegishydra.replayer.server;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.SplittableRandom;
import org.aegishydra.core.book.OverlappingFeeds;
import org.aegishydra.core.journal.Dialect;
import org.aegishydra.core.journal.Fact;
import org.aegishydra.core.journal.RecordHeader;
import org.aegishydra.core.journal.RecordKind;
import org.aegishydra.core.journal.TestHeaders;
import org.agrona.concurrent.UnsafeBuffer;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/**
 * Over random overlaps and losses of recorded connections, and while it subscribes and unsubscribes at random, a client has
 * the books and the trades that a reader of the records has. {@code -Daegis.episodes=…} sets how many are played in each
 * form, {@code -Daegis.seed=…} the seed.
 */
class ServedMarketPropertyTest {
    private static final int EPISODES = Integer.getInteger("aegis.episodes", 4);
    private static final long SEED = Long.getLong("aegis.seed", 1L);
    private static final int STEPS = 1_000;

    private int asRecorded;
    private int inOwnWords;
    private int comparisons;
    private int trades;

    /** A recording, what reads it, and a client of the server that serves it. */
    private final class Episode implements OverlappingFeeds.Reader {
        private final SplittableRandom random;
        private final Dialect dialect;
        private final String levels;
        private final String matches;
        private final ToldClient reader = new ToldClient();
        private final ToldClient client = new ToldClient();
        private final Subscriptions subscriptions = new Subscriptions();
        private final List<String> expectedTrades = new ArrayList<>();
        private final Map<String, String> toldBooks = new HashMap<>();
        private final Set<String> recorded = new HashSet<>();
        private final ServedMarket served;
        private final OverlappingFeeds feeds;
        private long number;

        private Episode(SplittableRandom random, boolean exchange, boolean smooth) {
            this.random = random;
            dialect = exchange ? Dialect.EXCHANGE : Dialect.ADVANCED_TRADE;
            levels = exchange ? "level2_batch" : "level2";
            matches = exchange ? "matches" : "market_trades";
            served = new ServedMarket(dialect, subscriptions, this::told, line -> {});
            subscriptions.add(levels, Set.of("A-B"));
            subscriptions.add(matches, Set.of("A-B", "C-D"));
            feeds = new OverlappingFeeds(random, exchange, smooth, this);
            served.open();
        }

        private void told(OutgoingMessage message) {
            final String text = message.text(number++);
            if (recorded.contains(withoutNumber(text))) {
                asRecorded++;
            } else {
                inOwnWords++;
            }
            client.told(dialect, text);
        }

        private static String withoutNumber(String text) {
            return text.replaceFirst("\"sequence_num\":\\d+", "");
        }

        @Override
        public void message(boolean exchange, int connection, String text) {
            recorded.add(withoutNumber(text));
            next(RecordKind.MESSAGE, dialect, connection, text.getBytes(StandardCharsets.UTF_8));
        }

        @Override
        public void fact(RecordKind kind, int connection, Map<String, ?> fields) {
            next(kind, Dialect.NONE, connection, Fact.encode(fields));
        }

        private void next(RecordKind kind, Dialect recordDialect, int connection, byte[] payload) {
            final RecordHeader header = TestHeaders.of(kind, recordDialect, connection, 0, 0);
            final UnsafeBuffer buffer = new UnsafeBuffer(payload);
            final int before = reader.trades.size();
            reader.onRecord(header, buffer, 0, payload.length);
            served.onRecord(header, buffer, 0, payload.length);
            for (final String trade : reader.trades.subList(before, reader.trades.size())) {
                if (subscriptions.has(matches, trade.substring(0, 3))) {
                    expectedTrades.add(trade);
                }
            }
        }

        /** The client asks for something, or for nothing more of it. */
        private void request() {
            final String channel = random.nextBoolean() ? levels : matches;
            final Set<String> product =
                    Set.of(OverlappingFeeds.PRODUCTS.get(random.nextInt(OverlappingFeeds.PRODUCTS.size())));
            if (random.nextInt(3) == 0) {
                subscriptions.remove(channel, product);
                served.subscribed(Map.of());
                toldBooks.keySet().removeIf(name -> channel.equals(levels) && product.contains(name));
            } else {
                subscriptions.add(channel, product);
                served.subscribed(Map.of(channel, product));
            }
        }

        private void check() {
            for (final String product : OverlappingFeeds.PRODUCTS) {
                if (subscriptions
                        .productsByChannel()
                        .getOrDefault(levels, Set.of())
                        .contains(product)) {
                    if (reader.isLive(product)) {
                        assertTrue(client.isLive(product), product);
                        assertEquals(reader.text(product), client.text(product), product);
                        toldBooks.put(product, client.text(product));
                        comparisons++;
                    } else if (toldBooks.containsKey(product)) {
                        assertEquals(toldBooks.get(product), client.text(product), "a book that is not live moved");
                    }
                }
                assertEquals(
                        expectedTrades.stream()
                                .filter(trade -> trade.startsWith(product))
                                .toList(),
                        client.trades(product));
            }
        }
    }

    @ParameterizedTest
    @CsvSource({"false, false", "false, true", "true, false", "true, true"})
    void shouldTellAClientTheMarketWhateverTheConnectionsDo(boolean exchange, boolean smooth) {
        for (int i = 0; i < EPISODES; i++) {
            final long seed = SEED * 1_000_000 + i;
            final SplittableRandom random = new SplittableRandom(seed);
            final Episode episode = new Episode(random, exchange, smooth);
            int step = 0;
            try {
                for (; step < STEPS; step++) {
                    if (random.nextInt(40) == 0) {
                        episode.request();
                    } else {
                        episode.feeds.step();
                    }
                    episode.check();
                }
            } catch (final AssertionError e) {
                throw new AssertionError("seed " + seed + ", step " + step + ": " + e.getMessage(), e);
            }
            trades += episode.expectedTrades.size();
        }
        assertFalse(asRecorded < 100 * EPISODES, () -> "only " + asRecorded + " messages as they were recorded");
        assertTrue(inOwnWords > EPISODES, () -> "only " + inOwnWords + " messages in the server's own words");
        assertTrue(comparisons > 100 * EPISODES, () -> "only " + comparisons + " comparisons");
        assertTrue(trades > 10 * EPISODES, () -> "only " + trades + " trades");
    }
}
