package org.aegishydra.replayer.fixes;

import org.aegishydra.core.book.OrderBook;
import org.aegishydra.core.book.OrderBookContractTest;

/** The book of hash maps and heaps, with the clean-up of the system before. */
class HeapOrderBookSeedTest extends OrderBookContractTest {
    @Override
    protected OrderBook newBook() {
        return HeapOrderBook.withCleanup(FixPeriods.DEFAULT.cleanupUpdates(), () -> {});
    }
}
