package org.aegishydra.trader.paper;

import org.aegishydra.core.book.OrderBook;
import org.aegishydra.core.book.ProductBook;
import org.aegishydra.core.checkpoint.Checkpointed;
import org.aegishydra.core.checkpoint.StateInput;
import org.aegishydra.core.checkpoint.StateOutput;
import org.aegishydra.core.coinbase.Side;
import org.aegishydra.core.latency.HotPath;
import org.aegishydra.core.run.OrderIntent;

/**
 * Fills orders on paper, as a taker, by walking the book as it is at the step: each level gives what it shows, from the
 * touch to the limit price. The book itself is not changed: a paper order moves no market. Used by the trading thread.
 */
@HotPath
public final class PaperOrderGateway implements OrderGateway, Checkpointed {
    /** The most levels that one order takes; what is left then is cancelled. */
    public static final int MAX_LEVELS = 64;

    /** What most orders need; only one that takes more of it looks further. */
    private static final int FIRST_LEVELS = 4;

    private final ProductBook product;
    private final PaperAccount account;
    private final DecisionWriter decisions;
    private final long[] prices = new long[MAX_LEVELS];
    private final long[] sizes = new long[MAX_LEVELS];
    private long lastOrderId;

    /** A gateway for a product. */
    public PaperOrderGateway(ProductBook product, PaperAccount account, DecisionWriter decisions) {
        this.product = product;
        this.account = account;
        this.decisions = decisions;
    }

    @Override
    public void submit(Side side, OrderIntent intent, long size, long limitPrice) {
        final long orderId = ++lastOrderId;
        decisions.order(side, intent, orderId, limitPrice, size);
        final OrderBook book = product.book();
        int levels = book.top(side.opposite(), FIRST_LEVELS, prices, sizes);
        long rest = size;
        for (int i = 0; i < levels && rest > 0 && reaches(side, limitPrice, prices[i]); i++) {
            final long filled = Math.min(rest, sizes[i]);
            account.fill(side, prices[i], filled);
            decisions.fill(side, intent, orderId, i, prices[i], filled);
            rest -= filled;
            if (i + 1 == FIRST_LEVELS && rest > 0) {
                levels = book.top(side.opposite(), MAX_LEVELS, prices, sizes);
            }
        }
        if (rest > 0) {
            decisions.cancel(side, intent, orderId, limitPrice, rest);
        }
    }

    private static boolean reaches(Side side, long limitPrice, long price) {
        return side == Side.BID ? price <= limitPrice : price >= limitPrice;
    }

    @Override
    public void writeState(StateOutput output) {
        output.putLong(lastOrderId);
    }

    @Override
    public void readState(StateInput input) {
        lastOrderId = input.getLong();
    }
}
