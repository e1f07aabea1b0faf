package org.aegishydra.core.book;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;

import org.aegishydra.core.checkpoint.StateInput;
import org.aegishydra.core.checkpoint.StateOutput;
import org.aegishydra.core.coinbase.Side;
import org.junit.jupiter.api.Test;

class LadderOrderBookTest extends OrderBookContractTest {
    @Override
    protected OrderBook newBook() {
        return new LadderOrderBook();
    }

    @Test
    void shouldTellThatNothingChangedNearTheTouch() {
        final OrderBook book = newBook();
        for (int i = 0; i < 100; i++) {
            book.set(Side.BID, 1_000 - i, 5);
            book.set(Side.ASK, 1_001 + i, 5);
        }
        final long bids = book.topVersion(Side.BID, 10);
        final long asks = book.topVersion(Side.ASK, 10);
        book.set(Side.BID, 990, 6);
        book.set(Side.BID, 950, 0);
        book.set(Side.ASK, 1_011, 6);
        book.set(Side.ASK, 500_000, 6);
        assertEquals(bids, book.topVersion(Side.BID, 10));
        assertEquals(asks, book.topVersion(Side.ASK, 10));

        book.set(Side.BID, 991, 0);
        assertNotEquals(bids, book.topVersion(Side.BID, 10), "the tenth level left");
        assertEquals(asks, book.topVersion(Side.ASK, 10));
        final long without = book.topVersion(Side.BID, 10);
        book.set(Side.BID, 990, 7);
        assertNotEquals(without, book.topVersion(Side.BID, 10), "and the eleventh took its place");
    }

    @Test
    void shouldBeTheSameBookAfterACheckpointWhereverItsWindowsAre() {
        final OrderBook book = newBook();
        final ConnectionBook written = new ConnectionBook(book);
        final ComparedBook compared = new ComparedBook(book);
        final MarketMoves moves = new MarketMoves(2);
        for (int episode = 0; episode < 60; episode++) {
            moves.nextEpisode(compared);
            written.rescale(1, 1);
            final StateOutput state = new StateOutput();
            written.writeState(state);
            final OrderBook copy = newBook();
            final ConnectionBook read = new ConnectionBook(copy);
            read.readState(new StateInput(state.buffer(), 0, state.lengthBytes()));
            assertEquals(written.digest(), read.digest());
            for (final Side side : Side.values()) {
                assertArrayEquals(levels(book, side), levels(copy, side));
                assertEquals(book.bestPrice(side), copy.bestPrice(side));
            }
        }
    }

    private static long[][] levels(OrderBook book, Side side) {
        final long[][] levels = new long[2][book.levels(side)];
        assertEquals(levels[0].length, book.top(side, levels[0].length, levels[0], levels[1]));
        return levels;
    }
}
