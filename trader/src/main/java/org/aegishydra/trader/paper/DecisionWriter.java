package org.aegishydra.trader.paper;

import org.aegishydra.core.coinbase.Product;
import org.aegishydra.core.coinbase.Side;
import org.aegishydra.core.latency.HotPath;
import org.aegishydra.core.run.DecisionRecord;
import org.aegishydra.core.run.DecisionType;
import org.aegishydra.core.run.OrderIntent;
import org.aegishydra.core.run.RefusalReason;

/** Writes one product's decisions, in the order in which they are taken, to a {@link DecisionSink}. */
@HotPath
public final class DecisionWriter {
    private final Product product;
    private final PaperAccount account;
    private final DecisionSink sink;
    private final DecisionRecord decision = new DecisionRecord();

    /** A writer for a product and its account. */
    public DecisionWriter(Product product, PaperAccount account, DecisionSink sink) {
        this.product = product;
        this.account = account;
        this.sink = sink;
    }

    /** All that follows belongs to this step. */
    void startStep(long marketSequence, long step, long eventTimeNs) {
        decision.at(marketSequence, step, eventTimeNs);
        decision.product(product.id(), product.priceScale(), product.sizeScale());
    }

    void order(Side side, OrderIntent intent, long orderId, long limitPrice, long size) {
        write(DecisionType.ORDER, side, intent, RefusalReason.NONE, orderId, 0, limitPrice, size);
    }

    void fill(Side side, OrderIntent intent, long orderId, int level, long price, long size) {
        write(DecisionType.FILL, side, intent, RefusalReason.NONE, orderId, level, price, size);
    }

    void cancel(Side side, OrderIntent intent, long orderId, long limitPrice, long size) {
        write(DecisionType.CANCEL, side, intent, RefusalReason.NONE, orderId, 0, limitPrice, size);
    }

    void refusal(Side side, OrderIntent intent, RefusalReason reason, long limitPrice, long size) {
        write(DecisionType.REFUSAL, side, intent, reason, 0, 0, limitPrice, size);
    }

    private void write(
            DecisionType type,
            Side side,
            OrderIntent intent,
            RefusalReason reason,
            long orderId,
            int level,
            long price,
            long size) {
        decision.decision(type, side, intent, reason, orderId, level)
                .numbers(price, size)
                .account(account.position(), account.flow(), account.turnover());
        sink.onDecision(decision);
    }
}
