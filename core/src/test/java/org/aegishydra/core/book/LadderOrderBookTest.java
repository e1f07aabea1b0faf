package org.aegishydra.core.book;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;

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
