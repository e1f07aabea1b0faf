package org.aegishydra.core.book;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.Random;
import java.util.SplittableRandom;
import org.aegishydra.core.coinbase.Side;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/**
 * What every {@link OrderBook} does. An implementation joins by a subclass that makes one:
 *
 * <pre>
 *   class LadderOrderBookTest extends OrderBookContractTest {
 *       &#64;Override
 *       protected OrderBook newBook() {
 *           return new LadderOrderBook();
 *       }
 *   }
 * </pre>
 *
 * The random test's length and seed are set by {@code -Daegis.levels=…} and {@code -Daegis.seed=…}.
 */
public abstract class OrderBookContractTest {
    private static final int LEVEL_UPDATES = Integer.getInteger("aegis.levels", 1_000_000);
    private static final long SEED = Long.getLong("aegis.seed", 1L);
    private static final int DEEP = 50_000;
    private static final Side[] SIDES = Side.values();

    /** The orders in which a book may be loaded. */
    enum LoadOrder {
        BEST_FIRST,
        WORST_FIRST,
        SHUFFLED,
        EACH_TWICE,
        BEST_FIRST_WITH_EMPTY_LEVELS
    }

    private OrderBook book;
    private NaiveOrderBook expected;
    private int updates;

    /** An empty book. */
    protected abstract OrderBook newBook();

    @BeforeEach
    void makeBooks() {
        book = newBook();
        expected = new NaiveOrderBook();
    }

    private void set(Side side, long price, long size) {
        assertEquals(expected.set(side, price, size), book.set(side, price, size), "the size before");
        updates++;
    }

    private void clear() {
        book.clear();
        expected.clear();
    }

    private void rescale(long priceFactor, long sizeFactor) {
        book.rescale(priceFactor, sizeFactor);
        expected.rescale(priceFactor, sizeFactor);
    }

    private void compareTouch() {
        for (final Side side : SIDES) {
            assertEquals(expected.levels(side), book.levels(side));
            assertEquals(expected.bestPrice(side), book.bestPrice(side));
            assertEquals(expected.bestSize(side), book.bestSize(side));
        }
    }

    private void compareTop(int count) {
        for (final Side side : SIDES) {
            final long[] prices = new long[count + 1];
            final long[] sizes = new long[count + 1];
            final long[] expectedPrices = new long[count + 1];
            final long[] expectedSizes = new long[count + 1];
            assertEquals(
                    expected.top(side, count, expectedPrices, expectedSizes), book.top(side, count, prices, sizes));
            assertArrayEquals(expectedPrices, prices);
            assertArrayEquals(expectedSizes, sizes);
        }
    }

    private void compareAll() {
        compareTouch();
        compareTop(Math.max(expected.levels(Side.BID), expected.levels(Side.ASK)) + 1);
    }

    @Test
    void shouldBeEmptyAtFirstAndAfterClear() {
        for (int round = 0; round < 2; round++) {
            for (final Side side : SIDES) {
                assertEquals(0, book.levels(side));
                assertEquals(OrderBook.NO_PRICE, book.bestPrice(side));
                assertEquals(0, book.bestSize(side));
                assertEquals(0, book.top(side, 10, new long[10], new long[10]));
                assertEquals(0, book.set(side, 100, 0), "removing an absent level");
                assertEquals(0, book.levels(side));
            }
            set(Side.BID, 5, 1);
            set(Side.ASK, 6, 1);
            clear();
        }
    }

    @Test
    void shouldReturnTheSizeBefore() {
        assertEquals(0, book.set(Side.BID, 100, 7));
        assertEquals(7, book.set(Side.BID, 100, 7));
        assertEquals(7, book.set(Side.BID, 100, 9));
        assertEquals(0, book.set(Side.ASK, 100, 4));
        assertEquals(9, book.set(Side.BID, 100, 0));
        assertEquals(0, book.set(Side.BID, 100, 0));
        assertEquals(0, book.set(Side.BID, 100, 3));
        assertEquals(4, book.bestSize(Side.ASK));
    }

    @Test
    void shouldHoldTheLargestNumbers() {
        set(Side.BID, Long.MAX_VALUE, Long.MAX_VALUE);
        set(Side.BID, 0, 1);
        set(Side.BID, Long.MAX_VALUE - 1, 1);
        set(Side.ASK, Long.MAX_VALUE, Long.MAX_VALUE);
        set(Side.ASK, 0, 1);
        set(Side.ASK, Long.MAX_VALUE - 1, 1);
        compareAll();
    }

    @Test
    void shouldAgreeWithTheNaiveBookOnRandomChanges() {
        final SplittableRandom random = new SplittableRandom(SEED);
        try {
            while (updates < LEVEL_UPDATES) {
                randomEpisode(random);
            }
        } catch (final AssertionError e) {
            throw new AssertionError("seed " + SEED + ", level update " + updates + ": " + e.getMessage(), e);
        }
        assertTrue(updates >= LEVEL_UPDATES);
    }

    /** A snapshot, then changes as a feed sends them, now and then finer scales. */
    private void randomEpisode(SplittableRandom random) {
        clear();
        long unit = 1;
        final long middle = 1_000L + random.nextInt(100_000);
        final int spread = 1 + random.nextInt(400);
        randomSnapshot(random, middle, spread);
        final int changes = random.nextInt(5_000);
        for (int i = 0; i < changes; i++) {
            final Side side = random.nextBoolean() ? Side.BID : Side.ASK;
            final long width = random.nextInt(10) == 0 ? spread * 8 : 20;
            final long distance = random.nextLong(unit * width);
            final long price = side == Side.BID ? middle * unit - distance : middle * unit + distance;
            set(side, Math.max(price, 0), random.nextInt(3) == 0 ? 0 : 1 + random.nextInt(1_000));
            compareTouch();
            if (random.nextInt(32) == 0) {
                compareTop(random.nextInt(20));
            }
            if (unit < 10_000 && random.nextInt(2_000) == 0) {
                unit *= 10;
                rescale(10, random.nextBoolean() ? 1 : 100);
            }
        }
        compareAll();
    }

    private void randomSnapshot(SplittableRandom random, long middle, int spread) {
        final boolean ordered = random.nextBoolean();
        final int readEvery = 1 + random.nextInt(50);
        for (final Side side : SIDES) {
            final int direction = side == Side.BID ? -1 : 1;
            final int levels = random.nextInt(600);
            long price = middle;
            for (int i = 0; i < levels; i++) {
                price = ordered
                        ? price + (long) direction * random.nextInt(3)
                        : middle + (long) direction * random.nextInt(spread);
                set(side, Math.max(price, 0), random.nextInt(50) == 0 ? 0 : 1 + random.nextInt(1_000));
                if (i % readEvery == 0) {
                    compareTouch();
                    compareTop(random.nextInt(5));
                }
            }
        }
        if (random.nextInt(8) == 0) {
            rescale(1, 10);
        }
    }

    @ParameterizedTest
    @EnumSource(LoadOrder.class)
    void shouldLoadADeepBookInAnyOrder(LoadOrder order) {
        final int[] places = new int[DEEP];
        for (int i = 0; i < DEEP; i++) {
            places[i] = order == LoadOrder.WORST_FIRST ? DEEP - 1 - i : i;
        }
        if (order == LoadOrder.SHUFFLED) {
            final Random random = new Random(SEED);
            for (int i = DEEP - 1; i > 0; i--) {
                final int other = random.nextInt(i + 1);
                final int place = places[i];
                places[i] = places[other];
                places[other] = place;
            }
        }
        set(Side.BID, 1, 1);
        set(Side.ASK, 1, 1);
        clear();
        for (final int place : places) {
            final boolean empty = order == LoadOrder.BEST_FIRST_WITH_EMPTY_LEVELS && place % 3 == 0;
            set(Side.BID, 1_000_000L - 7L * place, empty ? 0 : 1 + place);
            set(Side.ASK, 1_000_001 + 7L * place, empty ? 0 : 2 + place);
            if (order == LoadOrder.EACH_TWICE) {
                set(Side.BID, 1_000_000L - 7L * place, 3 + place);
                set(Side.ASK, 1_000_001 + 7L * place, 4 + place);
            }
        }
        compareAll();
        rescale(100, 10);
        compareAll();
        set(Side.BID, 100_000_001, 5);
        set(Side.ASK, 100_000_099, 5);
        set(Side.BID, 100_000_000, 0);
        set(Side.ASK, 1_000_001L * 100 + 7L * (DEEP - 1) * 100, 0);
        compareAll();
    }

    @Test
    void shouldTakeTheLaterOfTwoEqualPricesOfASnapshot() {
        set(Side.BID, 100, 1);
        set(Side.BID, 99, 2);
        set(Side.BID, 99, 3);
        set(Side.BID, 98, 4);
        set(Side.BID, 100, 5);
        set(Side.BID, 97, 6);
        set(Side.BID, 97, 0);
        set(Side.BID, 96, 7);
        compareAll();
        assertEquals(4, book.levels(Side.BID));
    }
}
