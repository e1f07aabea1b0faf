package org.aegishydra.replayer.server;

import org.aegishydra.core.book.LadderOrderBook;
import org.aegishydra.core.book.OrderBook;
import org.aegishydra.core.book.ProductBook;
import org.aegishydra.core.coinbase.Decimals;
import org.aegishydra.core.coinbase.Product;
import org.aegishydra.core.coinbase.Side;

/**
 * A product's book as a client has been told it. It is the market's own book while messages of one connection are passed
 * on; when the market's book becomes another connection's, the difference is what the client has to be told.
 * Used by one thread.
 */
final class ToldBook {
    private final OrderBook levels = new LadderOrderBook();
    private int priceScale;
    private int sizeScale;
    private int connectionId;

    /** A client is told a whole book. */
    ToldBook(ProductBook book) {
        final LevelList all = LevelList.of(book.book());
        for (int i = 0; i < all.count(); i++) {
            levels.set(all.side(i), all.price(i), all.size(i));
        }
        priceScale = book.product().priceScale();
        sizeScale = book.product().sizeScale();
        connectionId = book.connectionId();
    }

    /** Whose messages the client was told last: its own book is the market's while that is the connection with authority. */
    int connectionId() {
        return connectionId;
    }

    /** The client was told a level. */
    void set(Product product, Side side, long price, long size) {
        alignScales(product);
        levels.set(side, price, size);
    }

    /** Makes it the market's book, and returns what the client has to be told for that. */
    LevelList catchUp(ProductBook book) {
        alignScales(book.product());
        final LevelList changes = LevelList.difference(levels, book.book());
        for (int i = 0; i < changes.count(); i++) {
            levels.set(changes.side(i), changes.price(i), changes.size(i));
        }
        connectionId = book.connectionId();
        return changes;
    }

    /** A product's scales only ever become finer. */
    private void alignScales(Product product) {
        if (priceScale != product.priceScale() || sizeScale != product.sizeScale()) {
            levels.rescale(
                    Decimals.powerOfTen(product.priceScale() - priceScale),
                    Decimals.powerOfTen(product.sizeScale() - sizeScale));
            priceScale = product.priceScale();
            sizeScale = product.sizeScale();
        }
    }
}
