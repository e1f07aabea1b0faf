package org.aegishydra.core.book;

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
 * What every {@link OrderBook} does, however the market moves; see also {@link MarketMoves}. An implementation joins by a subclass that makes one:
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
    private ComparedBook compared;

    /** An empty book. */
    protected abstract OrderBook newBook();

    @BeforeEach
    void makeBooks() {
        book = newBook();
        compared = new ComparedBook(book);
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
            compared.set(Side.BID, 5, 1);
            compared.set(Side.ASK, 6, 1);
            compared.clear();
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
        compared.set(Side.BID, Long.MAX_VALUE, Long.MAX_VALUE);
        compared.set(Side.BID, 0, 1);
        compared.set(Side.BID, Long.MAX_VALUE - 1, 1);
        compared.set(Side.ASK, Long.MAX_VALUE, Long.MAX_VALUE);
        compared.set(Side.ASK, 0, 1);
        compared.set(Side.ASK, Long.MAX_VALUE - 1, 1);
        compared.compareAll();
    }

    @Test
    void shouldAgreeWithTheNaiveBookOnRandomChanges() {
        final SplittableRandom random = new SplittableRandom(SEED);
        try {
            while (compared.updates() < LEVEL_UPDATES) {
                randomEpisode(random);
            }
        } catch (final AssertionError e) {
            throw new AssertionError(
                    "seed " + SEED + ", level update " + compared.updates() + ": " + e.getMessage(), e);
        }
        assertTrue(compared.updates() >= LEVEL_UPDATES);
    }

    /** A snapshot, then changes as a feed sends them, now and then finer scales. */
    private void randomEpisode(SplittableRandom random) {
        compared.clear();
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
            compared.set(side, Math.max(price, 0), random.nextInt(3) == 0 ? 0 : 1 + random.nextInt(1_000));
            compared.compareTouch();
            if (random.nextInt(32) == 0) {
                compared.compareTop(random.nextInt(20));
            }
            if (unit < 10_000 && random.nextInt(2_000) == 0) {
                unit *= 10;
                compared.rescale(10, random.nextBoolean() ? 1 : 100);
            }
        }
        compared.compareAll();
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
                compared.set(side, Math.max(price, 0), random.nextInt(50) == 0 ? 0 : 1 + random.nextInt(1_000));
                if (i % readEvery == 0) {
                    compared.compareTouch();
                    compared.compareTop(random.nextInt(5));
                }
            }
        }
        if (random.nextInt(8) == 0) {
            compared.rescale(1, 10);
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
        compared.set(Side.BID, 1, 1);
        compared.set(Side.ASK, 1, 1);
        compared.clear();
        for (final int place : places) {
            final boolean empty = order == LoadOrder.BEST_FIRST_WITH_EMPTY_LEVELS && place % 3 == 0;
            compared.set(Side.BID, 1_000_000L - 7L * place, empty ? 0 : 1 + place);
            compared.set(Side.ASK, 1_000_001 + 7L * place, empty ? 0 : 2 + place);
            if (order == LoadOrder.EACH_TWICE) {
                compared.set(Side.BID, 1_000_000L - 7L * place, 3 + place);
                compared.set(Side.ASK, 1_000_001 + 7L * place, 4 + place);
            }
        }
        compared.compareAll();
        compared.rescale(100, 10);
        compared.compareAll();
        compared.set(Side.BID, 100_000_001, 5);
        compared.set(Side.ASK, 100_000_099, 5);
        compared.set(Side.BID, 100_000_000, 0);
        compared.set(Side.ASK, 1_000_001L * 100 + 7L * (DEEP - 1) * 100, 0);
        compared.compareAll();
    }

    @Test
    void shouldTakeTheLaterOfTwoEqualPricesOfASnapshot() {
        compared.set(Side.BID, 100, 1);
        compared.set(Side.BID, 99, 2);
        compared.set(Side.BID, 99, 3);
        compared.set(Side.BID, 98, 4);
        compared.set(Side.BID, 100, 5);
        compared.set(Side.BID, 97, 6);
        compared.set(Side.BID, 97, 0);
        compared.set(Side.BID, 96, 7);
        compared.compareAll();
        assertEquals(4, book.levels(Side.BID));
    }

    @Test
    void shouldAgreeWithTheNaiveBookHoweverTheMarketMoves() {
        final MarketMoves moves = new MarketMoves(SEED);
        while (compared.updates() < LEVEL_UPDATES) {
            try {
                moves.nextEpisode(compared);
            } catch (final AssertionError e) {
                throw new AssertionError(moves + ", level update " + compared.updates() + ": " + e.getMessage(), e);
            }
        }
        assertTrue(moves.hasMadeEveryMove(), moves::toString);
    }
}
