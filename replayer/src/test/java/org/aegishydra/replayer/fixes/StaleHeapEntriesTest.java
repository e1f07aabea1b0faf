package org.aegishydra.replayer.fixes;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.concurrent.atomic.AtomicInteger;
import org.aegishydra.core.coinbase.Side;
import org.junit.jupiter.api.Test;

class StaleHeapEntriesTest {
    private static final int UPDATES = 10_000;
    private static final int CLEANUP = 1_000;
    private static final long BEST = 1_000_000;

    /** Levels come and go behind a best price that stays, so that no read meets the stale ones. */
    private static void comeAndGo(HeapOrderBook book) {
        book.set(Side.BID, BEST, 1);
        for (int i = 1; i < UPDATES; i += 2) {
            book.set(Side.BID, BEST - i, 1);
            book.set(Side.BID, BEST - i, 0);
            assertEquals(BEST, book.bestPrice(Side.BID));
        }
        assertEquals(1, book.levels(Side.BID));
    }

    @Test
    void shouldPileUpBefore() {
        final HeapOrderBook book = HeapOrderBook.withoutCleanup();
        comeAndGo(book);
        assertEquals(1 + UPDATES / 2, book.heapEntries(Side.BID));
        book.set(Side.BID, BEST, 0);
        assertEquals(HeapOrderBook.NO_PRICE, book.bestPrice(Side.BID));
        assertEquals(0, book.heapEntries(Side.BID), "one read has to pop them all");
    }

    @Test
    void shouldBeRemovedEverySoManyUpdatesInSeed() {
        final AtomicInteger cleanups = new AtomicInteger();
        final HeapOrderBook book = HeapOrderBook.withCleanup(CLEANUP, cleanups::incrementAndGet);
        comeAndGo(book);
        assertEquals(UPDATES / CLEANUP, cleanups.get());
        assertTrue(book.heapEntries(Side.BID) <= 1 + CLEANUP / 2);
    }
}
