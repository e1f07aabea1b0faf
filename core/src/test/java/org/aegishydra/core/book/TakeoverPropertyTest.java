package org.aegishydra.core.book;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;
import org.aegishydra.core.journal.Dialect;
import org.aegishydra.core.journal.RecordKind;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/**
 * Books and trades over random overlaps of connections are what a naive oracle says, after every record.
 * {@code -Daegis.episodes=…} sets how many are played in each form, {@code -Daegis.seed=…} the seed.
 */
class TakeoverPropertyTest {
    private static final int EPISODES = Integer.getInteger("aegis.episodes", 6);
    private static final long SEED = Long.getLong("aegis.seed", 1L);
    private static final int STEPS = 1_000;

    private int promotions;
    private int takeovers;
    private int blindTakeovers;
    private int releasedTrades;
    private int meetings;

    /** A reader from the first record on, one that begins later, and what both are compared with. */
    private final class Episode implements OverlappingFeeds.Reader {
        private final MarketFeed whole = new MarketFeed();
        private final MarketFeed late = new MarketFeed();
        private final int lateStart;
        private final boolean smooth;
        private final long[] versions = new long[OverlappingFeeds.PRODUCTS.size()];
        private final int[] owners = new int[OverlappingFeeds.PRODUCTS.size()];
        private final OverlappingFeeds feeds;
        private int records;

        private Episode(SplittableRandom random, boolean exchange, boolean smooth) {
            this.smooth = smooth;
            lateStart = random.nextInt(STEPS / 2);
            feeds = new OverlappingFeeds(random, exchange, smooth, this);
        }

        @Override
        public void message(boolean exchange, int connection, String text) {
            final Dialect dialect = exchange ? Dialect.EXCHANGE : Dialect.ADVANCED_TRADE;
            whole.message(dialect, connection, text);
            if (records++ >= lateStart) {
                late.message(dialect, connection, text);
            }
        }

        @Override
        public void fact(RecordKind kind, int connection, Map<String, ?> fields) {
            whole.fact(kind, connection, fields);
            assertEquals(0, whole.market.touchedCount());
            if (records++ >= lateStart) {
                late.fact(kind, connection, fields);
            }
        }

        private void check() {
            for (int i = 0; i < versions.length; i++) {
                check(i, OverlappingFeeds.PRODUCTS.get(i));
            }
        }

        private void check(int index, String product) {
            final TakeoverOracle oracle = feeds.oracle;
            final ProductBook book = whole.book(product);
            if (book == null) {
                assertEquals(TakeoverOracle.NONE, oracle.owner(product), "no message about the product came");
                return;
            }
            assertEquals(oracle.isLive(product), book.isLive(), product);
            assertEquals(oracle.owner(product), book.connectionId(), product);
            assertEquals(MarketFeed.digestOf(book), book.digest(), product);
            final List<Long> counted = oracle.counted(product);
            assertEquals(counted.size(), book.trades(), product);
            if (book.isLive()) {
                final String text = BookText.of(book);
                assertEquals(oracle.text(product), text);
                final long version = version(text);
                assertTrue(
                        version >= versions[index] || (!smooth && owners[index] != book.connectionId()),
                        () -> product + " moved back from " + versions[index] + " to " + version);
                versions[index] = version;
                owners[index] = book.connectionId();
                compareWithLateReader(product, text);
            }
            if (smooth) {
                assertTrue(book.isLive() || owners[index] == TakeoverOracle.NONE, "blind without a loss");
                if (!counted.isEmpty()) {
                    assertEquals(
                            counted.get(counted.size() - 1) - counted.get(0) + 1,
                            counted.size(),
                            () -> "a trade is lost: " + counted);
                }
            }
        }

        private void checkTrades() {
            for (final String product : OverlappingFeeds.PRODUCTS) {
                assertEquals(
                        feeds.oracle.counted(product).stream()
                                .map(id -> product + " " + id)
                                .toList(),
                        whole.tradeIds.stream()
                                .filter(trade -> trade.startsWith(product))
                                .toList());
                assertEquals(
                        feeds.oracle.counted(product).stream()
                                .map(id -> product + " BID 100 " + id)
                                .toList(),
                        whole.trades.stream()
                                .filter(trade -> trade.startsWith(product))
                                .toList());
            }
        }

        private void compareWithLateReader(String product, String text) {
            final ProductBook book = late.book(product);
            if (book != null
                    && book.isLive()
                    && book.connectionId() == whole.book(product).connectionId()) {
                meetings++;
                assertEquals(text, BookText.of(book), "the reader that began later");
            }
        }

        private static long version(String text) {
            final int at = text.indexOf("bid 1 ");
            return at < 0 ? 0 : Long.parseLong(text.substring(at + 6, text.indexOf('\n', at)));
        }
    }

    @ParameterizedTest
    @CsvSource({"false, false", "false, true", "true, false", "true, true"})
    void shouldAgreeWithTheOracleOnAnyOverlap(boolean exchange, boolean smooth) {
        for (int i = 0; i < EPISODES; i++) {
            final long seed = SEED * 1_000_000 + i;
            final Episode episode = new Episode(new SplittableRandom(seed), exchange, smooth);
            try {
                for (int step = 0; step < STEPS; step++) {
                    final int before = episode.records;
                    episode.feeds.step();
                    if (episode.records > before) {
                        episode.check();
                    }
                }
                episode.checkTrades();
            } catch (final AssertionError e) {
                throw new AssertionError("seed " + seed + ", record " + episode.records + ": " + e.getMessage(), e);
            }
            promotions += episode.feeds.oracle.promotions;
            takeovers += episode.feeds.oracle.takeoversWithShadow;
            blindTakeovers += episode.feeds.oracle.takeoversWithoutShadow;
            releasedTrades += episode.feeds.oracle.releasedTrades;
        }
        assertTrue(takeovers > EPISODES, () -> takeovers + " takeovers");
        assertTrue(meetings > EPISODES, () -> meetings + " comparisons with a late reader");
        assertTrue(releasedTrades > EPISODES, () -> releasedTrades + " trades released");
        if (!smooth) {
            assertTrue(promotions > EPISODES, () -> promotions + " promotions");
            assertTrue(blindTakeovers > EPISODES, () -> blindTakeovers + " takeovers without a shadow");
        }
    }
}
