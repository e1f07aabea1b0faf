package org.aegishydra.core.book;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.ArrayList;
import java.util.Collections;
import java.util.HashSet;
import java.util.List;
import java.util.Random;
import java.util.Set;
import org.aegishydra.core.coinbase.Product;
import org.aegishydra.core.coinbase.Side;
import org.junit.jupiter.api.Test;

/** The fingerprint of a book, as it is kept up to date by a market. */
class BookDigestTest {
    private final MarketFeed feed = new MarketFeed();

    private static List<String> randomLevels(Random random, int count) {
        final List<String> levels = new ArrayList<>();
        for (int i = 0; i < count; i++) {
            final boolean bid = random.nextBoolean();
            final int cents = (bid ? 9_000 : 10_000) + random.nextInt(1_000);
            levels.add((bid ? "bid " : "offer ") + cents / 100 + "." + "%02d".formatted(cents % 100) + " "
                    + (random.nextInt(3) == 0 ? "0" : Integer.toString(1 + random.nextInt(9))));
        }
        return levels;
    }

    @Test
    void shouldEqualTheDigestOfTheLevelsAfterEveryMessage() {
        final Random random = new Random(1);
        feed.snapshot(1, "A-B", randomLevels(random, 500).toArray(String[]::new));
        for (int i = 0; i < 2_000; i++) {
            if (random.nextInt(200) == 0) {
                feed.snapshot(1, "A-B", randomLevels(random, 50).toArray(String[]::new));
            } else {
                feed.update(
                        1, "A-B", randomLevels(random, 1 + random.nextInt(5)).toArray(String[]::new));
            }
            assertEquals(MarketFeed.digestOf(feed.book("A-B")), feed.book("A-B").digest());
        }
        assertTrue(feed.isLive("A-B"));
    }

    @Test
    void shouldNotDependOnTheOrderOfChanges() {
        final List<String> levels = new ArrayList<>();
        for (int i = 1; i <= 300; i++) {
            levels.add((i % 2 == 0 ? "bid " : "offer ") + i + " " + i % 7);
        }
        final Set<Long> digests = new HashSet<>();
        for (int seed = 0; seed < 10; seed++) {
            Collections.shuffle(levels, new Random(seed));
            final MarketFeed another = new MarketFeed();
            another.snapshot(1, "A-B", "bid 10 99");
            levels.forEach(level -> another.update(1, "A-B", level));
            digests.add(another.market.digest());
        }
        assertEquals(1, digests.size());
    }

    @Test
    void shouldChangeWithAnyLevel() {
        final Set<Long> digests = new HashSet<>();
        int changes = 0;
        feed.snapshot(1, "A-B", "bid 100 1", "offer 101 1");
        digests.add(feed.market.digest());
        for (final String change : List.of(
                "bid 100 2",
                "bid 99 1",
                "bid 99 2",
                "offer 101 2",
                "offer 102 1",
                "bid 99 0",
                "offer 99 1",
                "bid 101 2")) {
            feed.update(1, "A-B", change);
            digests.add(feed.market.digest());
            changes++;
        }
        assertEquals(1 + changes, digests.size());
        assertNotEquals(BookDigest.level(Side.BID, 5, 7), BookDigest.level(Side.ASK, 5, 7));
        assertNotEquals(BookDigest.level(Side.BID, 5, 7), BookDigest.level(Side.BID, 7, 5));
    }

    @Test
    void shouldComeBackWhenTheBookDoes() {
        feed.snapshot(1, "A-B", "bid 100 1", "offer 101 1");
        final long digest = feed.market.digest();
        feed.update(1, "A-B", "bid 100 5", "offer 102 1", "bid 98 0");
        assertNotEquals(digest, feed.market.digest());
        feed.update(1, "A-B", "bid 100 1", "offer 102 0");
        assertEquals(digest, feed.market.digest());
    }

    @Test
    void shouldHoldFinerNumbersAndCountTheWidening() {
        feed.snapshot(1, "A-B", "bid 100.5 1.25", "bid 100 1", "offer 101 1");
        final Product product = feed.book("A-B").product();
        assertEquals(1, product.priceScale());
        assertEquals(2, product.sizeScale());
        assertEquals(0, product.widenings(), "the first snapshot sets the scales");

        feed.update(1, "A-B", "bid 99.12345 1");
        assertEquals(5, product.priceScale());
        assertEquals(1, product.widenings());
        assertEquals("bid 100.5 1.25\nbid 100 1\nbid 99.12345 1\nask 101 1\n", feed.text("A-B"));
        assertEquals(MarketFeed.digestOf(feed.book("A-B")), feed.book("A-B").digest());

        feed.update(1, "A-B", "offer 101 0.00000001", "bid 99.1234567 1");
        assertEquals(7, product.priceScale());
        assertEquals(8, product.sizeScale());
        assertEquals(2, product.widenings());
        assertEquals(
                "bid 100.5 1.25\nbid 100 1\nbid 99.1234567 1\nbid 99.12345 1\nask 101 0.00000001\n", feed.text("A-B"));
        assertEquals(MarketFeed.digestOf(feed.book("A-B")), feed.book("A-B").digest());

        feed.snapshot(1, "A-B", "bid 1 1");
        assertEquals(7, product.priceScale());
        assertEquals(2, product.widenings());
        assertEquals(MarketFeed.digestOf(feed.book("A-B")), feed.book("A-B").digest());
    }

    @Test
    void shouldTakeTheScalesFromTheIncrementsWhereTheyAreSent() {
        feed.send(
                1,
                "status",
                "{\"type\":\"snapshot\",\"products\":[{\"id\":\"A-B\",\"base_increment\":\"0.00000001\","
                        + "\"quote_increment\":\"0.01\"}]}");
        feed.snapshot(1, "A-B", "bid 100.5 1.25");
        feed.update(1, "A-B", "bid 100.51 1.00000001");
        final Product product = feed.book("A-B").product();
        assertEquals(2, product.priceScale());
        assertEquals(8, product.sizeScale());
        assertEquals(0, product.widenings());
    }

    @Test
    void shouldTellBooksOfTwoProductsApart() {
        feed.snapshot(1, "A-B", "bid 100 1");
        feed.snapshot(1, "C-D", "bid 200 1");
        final MarketFeed exchanged = new MarketFeed();
        exchanged.snapshot(1, "A-B", "bid 200 1");
        exchanged.snapshot(1, "C-D", "bid 100 1");
        assertNotEquals(feed.market.digest(), exchanged.market.digest());
    }
}
