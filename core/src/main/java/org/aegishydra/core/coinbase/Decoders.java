package org.aegishydra.core.coinbase;

import java.util.function.Function;
import org.aegishydra.core.journal.Dialect;

/** The decoder of each dialect. Stateless. */
public final class Decoders {
    private Decoders() {}

    /** Makes decoders that share one table of products. */
    public static Function<Dialect, MessageDecoder> of(ProductTable products) {
        return dialect -> switch (dialect) {
            case ADVANCED_TRADE -> new AdvancedTradeDecoder(products);
            case EXCHANGE -> new ExchangeDecoder(products);
            case NONE -> throw new IllegalArgumentException("a run's records are no feed's messages");
        };
    }
}
