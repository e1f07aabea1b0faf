package org.aegishydra.trader.strategy;

import org.aegishydra.core.book.OrderBook;
import org.aegishydra.core.checkpoint.Checkpointed;
import org.aegishydra.core.checkpoint.StateInput;
import org.aegishydra.core.checkpoint.StateOutput;
import org.aegishydra.core.coinbase.Side;
import org.aegishydra.core.latency.HotPath;

/**
 * What the book does to a lattice of spins: the field
 *
 * <pre>
 *   h = a · I + b · F,  held within ±max
 *
 *   I = (B - A) / (B + A)     B and A the sizes of the best n bids and asks: -1 to 1
 *   F = e / sqrt(mean of e²)  e the order-flow imbalance at the touch in this step (Cont, Kukanov and Stoikov 2014,
 *                             "The price impact of order book events"), the mean running over about flow-steps steps
 * </pre>
 *
 * <p>Used by the trading thread.
 */
@HotPath
final class MarketField implements Checkpointed {
    private static final int MAX_LEVELS = 100;

    private final int levels;
    private final double depthWeight;
    private final double flowWeight;
    private final double maxField;
    private final int flowSteps;
    private final long[] prices;
    private final long[] sizes;
    private long bid;
    private long bidSize;
    private long ask;
    private long askSize;

    /** Whether the touch is that of the step before, so that what changed is what flowed. */
    private boolean followed;

    private long flows;
    private double meanSquare;

    MarketField(StrategySettings settings) {
        levels = settings.wholeNumber("levels", 10, 1, MAX_LEVELS);
        depthWeight = settings.number("depth-weight", 0.2, -100, 100);
        flowWeight = settings.number("flow-weight", 0.02, -100, 100);
        maxField = settings.number("max-field", 0.2, 0, 100);
        flowSteps = settings.wholeNumber("flow-steps", 1_000, 1, 1_000_000);
        prices = new long[levels];
        sizes = new long[levels];
    }

    /** The field in a step whose book can be traded; to be called in each of them. */
    double in(StepContext step) {
        final OrderBook book = step.product().book();
        final double field = depthWeight * imbalance(book) + flowWeight * scaledFlow(book);
        return Math.max(-maxField, Math.min(maxField, field));
    }

    /** The step's book cannot be traded: what changes until the next one is no flow. */
    void interrupt() {
        followed = false;
    }

    private double imbalance(OrderBook book) {
        final double bids = depth(book, Side.BID);
        final double asks = depth(book, Side.ASK);
        return (bids - asks) / (bids + asks);
    }

    private double depth(OrderBook book, Side side) {
        final int found = book.top(side, levels, prices, sizes);
        double depth = 0;
        for (int i = 0; i < found; i++) {
            depth += sizes[i];
        }
        return depth;
    }

    private double scaledFlow(OrderBook book) {
        final double flow = flow(book);
        flows = Math.min(flows + 1, flowSteps);
        meanSquare += (flow * flow - meanSquare) / flows;
        return meanSquare > 0 ? flow / Math.sqrt(meanSquare) : 0;
    }

    private double flow(OrderBook book) {
        final long newBid = book.bestPrice(Side.BID);
        final long newBidSize = book.bestSize(Side.BID);
        final long newAsk = book.bestPrice(Side.ASK);
        final long newAskSize = book.bestSize(Side.ASK);
        double flow = 0;
        if (followed) {
            flow += newBid >= bid ? newBidSize : 0;
            flow -= newBid <= bid ? bidSize : 0;
            flow -= newAsk <= ask ? newAskSize : 0;
            flow += newAsk >= ask ? askSize : 0;
        }
        followed = true;
        bid = newBid;
        bidSize = newBidSize;
        ask = newAsk;
        askSize = newAskSize;
        return flow;
    }

    /**
     * The product's sizes are finer from here on. The touch in the old scales is compared with none in the new ones.
     */
    void rescale(long sizeFactor) {
        followed = false;
        meanSquare *= (double) sizeFactor * sizeFactor;
    }

    @Override
    public void writeState(StateOutput output) {
        output.putBoolean(followed);
        output.putLong(bid);
        output.putLong(bidSize);
        output.putLong(ask);
        output.putLong(askSize);
        output.putLong(flows);
        output.putDouble(meanSquare);
    }

    @Override
    public void readState(StateInput input) {
        followed = input.getBoolean();
        bid = input.getLong();
        bidSize = input.getLong();
        ask = input.getLong();
        askSize = input.getLong();
        flows = input.getLong();
        meanSquare = input.getDouble();
    }
}
