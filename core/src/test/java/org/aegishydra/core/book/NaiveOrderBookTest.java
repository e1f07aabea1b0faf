package org.aegishydra.core.book;

class NaiveOrderBookTest extends OrderBookContractTest {
    @Override
    protected OrderBook newBook() {
        return new NaiveOrderBook();
    }
}
