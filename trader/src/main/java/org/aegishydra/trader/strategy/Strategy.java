package org.aegishydra.trader.strategy;

import org.aegishydra.core.book.ProductBook;
import org.aegishydra.core.coinbase.Side;

/**
 * A trading strategy for one product. Found by {@link java.util.ServiceLoader} under its {@link #name()}, or by its class
 * name; each product gets an instance of its own, made by the public constructor without arguments.
 *
 * <p>Called on the trading thread, in the order of the journal. To keep a replay exact, a strategy uses what it is handed
 * and its settings, and nothing else: no clock, no unseeded random numbers, no hashed iteration, {@link StrictMath} where
 * a function's last bit could differ. To keep the path quiet it allocates nothing after {@link #start}. One that implements
 * {@link org.aegishydra.core.checkpoint.Checkpointed} can be resumed from a checkpoint, any other from the run's first record.
 *
 * <pre>{@code
 * public final class BuyTheFirstTick implements Strategy {
 *     public String name() { return "first-tick"; }
 *     public void onStep(StepContext step, OrderRequests orders) {
 *         if (step.isTradable() && step.position() == 0) {
 *             orders.enter(Side.BID, step.sizeOf(100.0), step.limitPrice(Side.BID));
 *         }
 *     }
 * }
 * }</pre>
 */
public interface Strategy {
    /** The name by which users choose it, for example {@code order-flow}. */
    String name();

    /**
     * Called once, before anything else.
     *
     * @param settings the strategy's own settings, from {@code --set name=value}.
     * @param seed for a strategy that draws random numbers.
     * @throws org.aegishydra.core.command.UsageException if a setting cannot be used.
     */
    default void start(StrategySettings settings, long seed) {}

    /**
     * A trade was made. Its step follows: the message's own, or, for a trade that came to count when another connection
     * took the product over, the product's next one.
     */
    default void onTrade(ProductBook product, long price, long size, Side makerSide, long timeNs) {}

    /** The product's numbers have finer scales from here on: whatever is kept in the old ones is to be multiplied. */
    default void onScaleChange(long priceFactor, long sizeFactor) {}

    /**
     * The book or the trades of the product changed.
     *
     * @param step what the strategy may look at; valid during the call.
     * @param orders takes what the strategy wants to do.
     */
    void onStep(StepContext step, OrderRequests orders);

    /** The value that the log shows for a step: a magnetization, an imbalance. */
    default double signal() {
        return 0;
    }
}
