package org.aegishydra.core.book;

class LadderOrderBookTest extends OrderBookContractTest {
    @Override
    protected OrderBook newBook() {
        return new LadderOrderBook();
    }
}
