package org.aegishydra.core.book;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.HashSet;
import java.util.List;
import java.util.Random;
import java.util.Set;
import org.aegishydra.core.coinbase.Product;
import org.aegishydra.core.coinbase.Side;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

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

    /** Sizes with single bits, small ones, and round ones at eight decimals, at neighbouring prices of both sides. */
    @Test
    void shouldTellMillionsOfLevelsApart() {
        final long[] sizes = new long[63 + 300 + 200];
        for (int i = 0; i < 63; i++) {
            sizes[i] = 1L << i;
        }
        for (int i = 0; i < 300; i++) {
            sizes[63 + i] = 65L + i + (i >= 63 ? 500 : 0);
        }
        for (int i = 0; i < 200; i++) {
            sizes[363 + i] = 100_000_000L * (i + 1) + 10_000_000;
        }
        final int prices = 2_000;
        final long[] digests = new long[2 * prices * sizes.length];
        int count = 0;
        for (final Side side : Side.values()) {
            for (int price = 0; price < prices; price++) {
                for (final long size : sizes) {
                    digests[count++] = BookDigest.level(side, 6_508_000L + price, size);
                }
            }
        }
        assertEquals(sizes.length, Arrays.stream(sizes).distinct().count());
        assertEquals(0, equalNeighbours(digests, 0, 0));
    }

    /**
     * All books of seven neighbouring levels whose sizes are small multiples of one size: in a sum of plain products of
     * price and size, most of them would be equal to another.
     */
    @ParameterizedTest
    @ValueSource(longs = {1, 1L << 40, 100_000_000, 123_456_789})
    void shouldTellBooksOfTheSamePatternApart(long unit) {
        final int levels = 7;
        final int bits = 3;
        final long[] digests = new long[1 << (levels * bits)];
        for (int book = 0; book < digests.length; book++) {
            for (int level = 0; level < levels; level++) {
                final int size = (book >>> (level * bits)) & ((1 << bits) - 1);
                digests[book] += BookDigest.level(level < 4 ? Side.BID : Side.ASK, 6_508_360L + level, size * unit);
            }
        }
        assertEquals(0, equalNeighbours(digests, 0, 0));
        // 40 bits of as many random numbers have two equal pairs on average.
        assertTrue(equalNeighbours(digests, 24, 0) < 20, "the low bits");
        assertTrue(equalNeighbours(digests, 24, 24) < 20, "the high bits");
    }

    /** How many numbers are equal to another, of the bits that two shifts leave. */
    private static int equalNeighbours(long[] numbers, int left, int right) {
        final long[] sorted = new long[numbers.length];
        for (int i = 0; i < numbers.length; i++) {
            sorted[i] = right == 0 ? numbers[i] << left : numbers[i] >>> right;
        }
        Arrays.sort(sorted);
        int equal = 0;
        for (int i = 1; i < sorted.length; i++) {
            equal += sorted[i] == sorted[i - 1] ? 1 : 0;
        }
        return equal;
    }

    /** Each way in which two levels of a book may be mistaken for two others. */
    @Test
    void shouldNotTakeExchangedLevelsForTheSame() {
        final Set<Long> digests = new HashSet<>();
        int pairs = 0;
        for (int distance = 1; distance <= 300; distance++) {
            for (int more = 1; more <= 300; more++) {
                final long a = BookDigest.level(Side.BID, 100_000, 5_000);
                final long swapped = BookDigest.level(Side.BID, 100_000, 5_000 + more);
                digests.add(a + BookDigest.level(Side.BID, 100_000 + distance, 5_000 + more));
                digests.add(swapped + BookDigest.level(Side.BID, 100_000 + distance, 5_000));
                digests.add(a + BookDigest.level(Side.ASK, 100_000 + distance, 5_000 + more));
                digests.add(swapped + BookDigest.level(Side.ASK, 100_000 + distance, 5_000));
                pairs += 4;
            }
        }
        assertEquals(pairs, digests.size());
    }

    @Test
    void shouldAddNothingForAnEmptyLevelAndSomethingForEachOther() {
        for (final Side side : Side.values()) {
            for (int bit = 0; bit < 63; bit++) {
                assertEquals(0, BookDigest.level(side, 1L << bit, 0));
                assertNotEquals(0, BookDigest.level(side, 1L << bit, 1));
                assertNotEquals(0, BookDigest.level(side, 0, 1L << bit));
                assertNotEquals(0, BookDigest.level(side, Long.MAX_VALUE, 1L << bit));
            }
            assertEquals(BookDigest.level(side, 7, 9) - BookDigest.level(side, 7, 8), BookDigest.change(side, 7, 8, 9));
            assertEquals(-BookDigest.level(side, 7, 8), BookDigest.change(side, 7, 8, 0));
        }
    }
}
