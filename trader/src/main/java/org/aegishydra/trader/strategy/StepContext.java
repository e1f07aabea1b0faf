package org.aegishydra.trader.strategy;

import org.aegishydra.core.book.OrderBook;
import org.aegishydra.core.book.ProductBook;
import org.aegishydra.core.coinbase.Decimals;
import org.aegishydra.core.coinbase.Side;
import org.aegishydra.core.latency.HotPath;

/** What a strategy may look at in a step. Reused; valid during {@link Strategy#onStep}, on the trading thread. */
@HotPath
public final class StepContext {
    private static final double BASIS_POINT = 1e-4;

    private final ProductBook product;
    private final double feeBps;
    private final double slippageBps;
    private long step;
    private long eventTimeNs;
    private long position;

    /**
     * The view of a product.
     *
     * @param feeBps what a fill costs, in basis points of its value.
     * @param slippageBps how far from the touch a limit price may lie, in basis points.
     */
    public StepContext(ProductBook product, double feeBps, double slippageBps) {
        this.product = product;
        this.feeBps = feeBps;
        this.slippageBps = slippageBps;
    }

    /** Moves the view to a step; for the engine. */
    public void moveTo(long newStep, long newEventTimeNs, long newPosition) {
        step = newStep;
        eventTimeNs = newEventTimeNs;
        position = newPosition;
    }

    /** The number of the step in its run, from 1. */
    public long step() {
        return step;
    }

    /** The time of the record, ns since the epoch: the only time that a strategy knows. */
    public long eventTimeNs() {
        return eventTimeNs;
    }

    /** What the account holds, in the product's size scale; negative when short. */
    public long position() {
        return position;
    }

    /** The product, with its book. */
    public ProductBook product() {
        return product;
    }

    /**
     * Whether the levels of a side down to a price may have changed since the strategy's last step, see
     * {@link ProductBook#isChangedFrom}.
     */
    public boolean isChangedFrom(Side side, long price) {
        return product.isChangedFrom(side, price);
    }

    /** What a fill costs, in basis points of its value. */
    public double feeBps() {
        return feeBps;
    }

    /** Whether the book is live and has both sides, the bid below the ask. */
    public boolean isTradable() {
        final OrderBook book = product.book();
        final long bid = book.bestPrice(Side.BID);
        final long ask = book.bestPrice(Side.ASK);
        return product.isLive() && bid > 0 && ask > bid;
    }

    /** The mid price as a double, in the price scale's units. */
    public double midPrice() {
        final OrderBook book = product.book();
        return (book.bestPrice(Side.BID) + (double) book.bestPrice(Side.ASK)) / 2;
    }

    /**
     * The worst price at which an order may be filled: the touch that it takes, moved by the slippage allowed.
     *
     * @param side BID to buy.
     */
    public long limitPrice(Side side) {
        final long touch = product.book().bestPrice(side.opposite());
        final long slippage = (long) (touch * slippageBps * BASIS_POINT);
        return side == Side.BID ? touch + slippage : touch - slippage;
    }

    /** The size, in the size scale, that a value in the quote currency buys at the mid price; rounded down. */
    public long sizeOf(double quoteValue) {
        final double price = midPrice() / Decimals.powerOfTen(product.product().priceScale());
        return (long)
                (quoteValue / price * Decimals.powerOfTen(product.product().sizeScale()));
    }
}
