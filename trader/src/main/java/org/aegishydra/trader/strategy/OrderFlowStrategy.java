package org.aegishydra.trader.strategy;

import org.aegishydra.core.book.OrderBook;
import org.aegishydra.core.book.ProductBook;
import org.aegishydra.core.checkpoint.Checkpointed;
import org.aegishydra.core.checkpoint.StateInput;
import org.aegishydra.core.checkpoint.StateOutput;
import org.aegishydra.core.coinbase.Side;
import org.aegishydra.core.latency.HotPath;

/**
 * Follows the pressure of the book. The move that it expects, in basis points, is
 *
 * <pre>
 *   reach-bps · (B - A) / (B + A)  +  (micro-price - mid) / mid
 * </pre>
 *
 * with B and A the sizes of the best {@code levels} bids and asks, and the micro-price the mean of the touch weighted with
 * the sizes of the opposite side (Stoikov 2018, "The micro-price", first approximation). It enters when the move would
 * pay both fees and {@code threshold-bps} on top, and leaves when the pressure has turned by {@code exit-bps}, after
 * {@code hold-ms} of event time at the earliest.
 *
 * <p>Most updates change none of these levels: the move is computed when one was.
 */
@HotPath
public final class OrderFlowStrategy implements Strategy, Checkpointed {
    private static final int MAX_LEVELS = 100;
    private static final double BASIS_POINTS = 1e4;
    private static final long NS_PER_MS = 1_000_000L;

    private final BestLevels bids = new BestLevels(Side.BID);
    private final BestLevels asks = new BestLevels(Side.ASK);
    private int levels;
    private double reachBps;
    private double thresholdBps;
    private double exitBps;
    private double orderValue;
    private long holdNs;
    private long enteredNs;
    private double expectedMoveBps;

    /** Whether it is the move of the levels as they are: not of levels that changed while they could not be traded. */
    private boolean isMoveKnown;

    @Override
    public String name() {
        return "order-flow";
    }

    @Override
    public void start(StrategySettings settings, long seed) {
        levels = settings.wholeNumber("levels", 10, 1, MAX_LEVELS);
        reachBps = settings.number("reach-bps", 15, 0, 10_000);
        thresholdBps = settings.number("threshold-bps", 1, 0, 10_000);
        exitBps = settings.number("exit-bps", 0, -10_000, 10_000);
        orderValue = settings.number("order-value", 50, 0, 1e12);
        holdNs = settings.wholeNumber("hold-ms", 100, 0, Integer.MAX_VALUE) * NS_PER_MS;
    }

    @Override
    public void onStep(StepContext step, OrderRequests orders) {
        final boolean bidsChanged = bids.follow(step, levels);
        final boolean asksChanged = asks.follow(step, levels);
        isMoveKnown &= !bidsChanged && !asksChanged;
        if (!isTradable(step)) {
            return;
        }
        if (!isMoveKnown) {
            expectedMoveBps = expectedMoveBps(step.midPrice());
            isMoveKnown = true;
        }
        final long position = step.position();
        if (position == 0) {
            enter(step, orders);
        } else if (step.eventTimeNs() - enteredNs >= holdNs) {
            leave(step, orders, position);
        }
    }

    private boolean isTradable(StepContext step) {
        return step.product().isLive() && bids.price > 0 && asks.price > bids.price;
    }

    private double expectedMoveBps(double mid) {
        final double bid = bids.price;
        final double ask = asks.price;
        final double microPrice = (bid * asks.size + ask * bids.size) / (bids.size + asks.size);
        return reachBps * (bids.depth - asks.depth) / (bids.depth + asks.depth)
                + (microPrice - mid) / mid * BASIS_POINTS;
    }

    /** What the move takes of one side, kept until one of its levels changes. */
    private static final class BestLevels {
        private final Side side;
        private final long wholeSide;
        private final long[] prices = new long[MAX_LEVELS];
        private final long[] sizes = new long[MAX_LEVELS];
        private long price = OrderBook.NO_PRICE;
        private double size;
        private double depth;

        /** A change beyond this price changes nothing. */
        private long lastPrice;

        private BestLevels(Side side) {
            this.side = side;
            this.wholeSide = ProductBook.wholeSide(side);
            this.lastPrice = wholeSide;
        }

        /** Looks at the levels if one of them may have changed, and returns whether. */
        private boolean follow(StepContext step, int levels) {
            if (!step.isChangedFrom(side, lastPrice)) {
                return false;
            }
            final int found = step.product().book().top(side, levels, prices, sizes);
            price = found == 0 ? OrderBook.NO_PRICE : prices[0];
            size = found == 0 ? 0 : sizes[0];
            lastPrice = found < levels ? wholeSide : prices[found - 1];
            depth = 0;
            for (int i = 0; i < found; i++) {
                depth += sizes[i];
            }
            return true;
        }
    }

    private void enter(StepContext step, OrderRequests orders) {
        final double neededBps = 2 * step.feeBps() + thresholdBps;
        if (Math.abs(expectedMoveBps) > neededBps) {
            final Side side = expectedMoveBps > 0 ? Side.BID : Side.ASK;
            orders.enter(side, step.sizeOf(orderValue), step.limitPrice(side));
            enteredNs = step.eventTimeNs();
        }
    }

    private void leave(StepContext step, OrderRequests orders, long position) {
        final boolean isLong = position > 0;
        final double inFavourBps = isLong ? expectedMoveBps : -expectedMoveBps;
        if (inFavourBps < exitBps) {
            final Side side = isLong ? Side.ASK : Side.BID;
            orders.exit(side, Math.abs(position), step.limitPrice(side));
        }
    }

    /** The expected move in basis points. */
    @Override
    public double signal() {
        return expectedMoveBps;
    }

    @Override
    public void writeState(StateOutput output) {
        output.putLong(enteredNs);
        output.putDouble(expectedMoveBps);
    }

    @Override
    public void readState(StateInput input) {
        enteredNs = input.getLong();
        expectedMoveBps = input.getDouble();
    }
}
