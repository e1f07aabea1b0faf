package org.aegishydra.trader;

import java.util.Arrays;
import org.aegishydra.core.book.Market;
import org.aegishydra.core.book.ProductBook;
import org.aegishydra.core.checkpoint.CheckpointException;
import org.aegishydra.core.checkpoint.StateInput;
import org.aegishydra.core.checkpoint.StateOutput;
import org.aegishydra.core.latency.HotPath;
import org.aegishydra.trader.paper.DecisionSink;
import org.aegishydra.trader.strategy.Strategies;

/**
 * The traders of the products that are traded, found by the products' places in the order of their appearance. A product's
 * trader is made when it is first asked for. Used by the trading thread.
 */
@HotPath
final class ProductTraders {
    private final TradingSettings settings;
    private final DecisionSink decisions;
    private ProductTrader[] traders = new ProductTrader[16];

    /** Whether a product has appeared: one that has, and has no trader, is not traded. */
    private boolean[] appeared = new boolean[16];

    private int count;
    private boolean enabled = true;

    ProductTraders(TradingSettings settings, DecisionSink decisions) {
        this.settings = settings;
        this.decisions = decisions;
    }

    /** The product's trader, or null if it is not traded. */
    ProductTrader of(ProductBook product) {
        final int index = product.product().index();
        if (index < appeared.length && appeared[index]) {
            return traders[index];
        }
        return appear(product, index);
    }

    private ProductTrader appear(ProductBook product, int index) {
        if (index >= traders.length) {
            traders = Arrays.copyOf(traders, Math.max(index + 1, traders.length * 2));
            appeared = Arrays.copyOf(appeared, traders.length);
        }
        appeared[index] = true;
        if (settings.trades(product.product().id())) {
            traders[index] = new ProductTrader(
                    product,
                    Strategies.start(settings.strategy(), settings.strategySettings(), settings.seed()),
                    settings,
                    decisions);
            traders[index].enable(enabled);
            count++;
        }
        return traders[index];
    }

    /** How many there are. */
    int count() {
        return count;
    }

    /** Whether orders pass, of those that are there and of those that come. */
    void enable(boolean newEnabled) {
        enabled = newEnabled;
        for (final ProductTrader trader : traders) {
            if (trader != null) {
                trader.enable(enabled);
            }
        }
    }

    /** Whether the state of all of them can be written. */
    boolean canBeCheckpointed() {
        for (final ProductTrader trader : traders) {
            if (trader != null && !trader.canBeCheckpointed()) {
                return false;
            }
        }
        return true;
    }

    void writeState(Market market, StateOutput output) {
        for (int i = 0; i < market.bookCount(); i++) {
            final ProductTrader trader = i < traders.length ? traders[i] : null;
            output.putBoolean(trader != null);
            if (trader != null) {
                trader.writeState(output);
            }
        }
    }

    void readState(Market market, StateInput input) {
        for (int i = 0; i < market.bookCount(); i++) {
            if (input.getBoolean()) {
                final ProductTrader trader = of(market.book(i));
                if (trader == null || !trader.canBeCheckpointed()) {
                    throw new CheckpointException("it holds a state that this strategy cannot take over");
                }
                trader.readState(input);
            }
        }
    }

    /** All of them, in order of the products' appearance. */
    ProductTrader[] all() {
        return Arrays.stream(traders).filter(trader -> trader != null).toArray(ProductTrader[]::new);
    }
}
