package org.aegishydra.core.book;

class ArrayOrderBookTest extends OrderBookContractTest {
    @Override
    protected OrderBook newBook() {
        return new ArrayOrderBook();
    }
}
