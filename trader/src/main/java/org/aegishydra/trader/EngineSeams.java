package org.aegishydra.trader;

import java.util.function.Function;
import java.util.function.Supplier;
import org.aegishydra.core.book.LadderOrderBook;
import org.aegishydra.core.book.OrderBook;
import org.aegishydra.core.coinbase.Decoders;
import org.aegishydra.core.coinbase.MessageDecoder;
import org.aegishydra.core.coinbase.ProductTable;
import org.aegishydra.core.journal.Dialect;

/**
 * The parts of the engine that can be exchanged to measure another form of them; none may change a decision.
 *
 * @param decoders makes the decoders over a table of products.
 * @param books makes a product's book.
 * @param observer what follows a step.
 */
public record EngineSeams(
        Function<ProductTable, Function<Dialect, MessageDecoder>> decoders,
        Supplier<OrderBook> books,
        StepObserver observer) {
    /** The engine's own parts, with this observer. */
    public static EngineSeams standard(StepObserver observer) {
        return new EngineSeams(Decoders::of, LadderOrderBook::new, observer);
    }
}
