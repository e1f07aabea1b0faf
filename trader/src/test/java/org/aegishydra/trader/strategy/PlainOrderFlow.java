package org.aegishydra.trader.strategy;

import org.aegishydra.core.book.OrderBook;
import org.aegishydra.core.coinbase.Side;

/** What {@link OrderFlowStrategy} does, computed anew from the whole of the best levels in each step. */
final class PlainOrderFlow implements Strategy {
    private static final int MAX_LEVELS = 100;
    private static final double BASIS_POINTS = 1e4;
    private static final long NS_PER_MS = 1_000_000L;

    private final long[] prices = new long[MAX_LEVELS];
    private final long[] sizes = new long[MAX_LEVELS];
    private int levels;
    private double reachBps;
    private double thresholdBps;
    private double exitBps;
    private double orderValue;
    private long holdNs;
    private long enteredNs;
    private double expectedMoveBps;

    @Override
    public String name() {
        return "plain";
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
        if (!step.isTradable()) {
            return;
        }
        expectedMoveBps = expectedMoveBps(step);
        final long position = step.position();
        if (position == 0) {
            enter(step, orders);
        } else if (step.eventTimeNs() - enteredNs >= holdNs) {
            leave(step, orders, position);
        }
    }

    private double expectedMoveBps(StepContext step) {
        final OrderBook book = step.product().book();
        final double bids = depth(book, Side.BID);
        final double asks = depth(book, Side.ASK);
        final double bid = book.bestPrice(Side.BID);
        final double ask = book.bestPrice(Side.ASK);
        final double bidSize = book.bestSize(Side.BID);
        final double askSize = book.bestSize(Side.ASK);
        final double microPrice = (bid * askSize + ask * bidSize) / (bidSize + askSize);
        final double mid = step.midPrice();
        return reachBps * (bids - asks) / (bids + asks) + (microPrice - mid) / mid * BASIS_POINTS;
    }

    private double depth(OrderBook book, Side side) {
        final int found = book.top(side, levels, prices, sizes);
        double depth = 0;
        for (int i = 0; i < found; i++) {
            depth += sizes[i];
        }
        return depth;
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
}
