package org.aegishydra.replayer.fixes;

import org.aegishydra.core.book.OrderBook;
import org.aegishydra.core.book.OrderBookContractTest;

/** The book of hash maps and heaps, without a clean-up. */
class HeapOrderBookBeforeTest extends OrderBookContractTest {
    @Override
    protected OrderBook newBook() {
        return HeapOrderBook.withoutCleanup();
    }
}
