package org.aegishydra.trader;

import org.aegishydra.core.book.OrderBook;
import org.aegishydra.core.book.ProductBook;
import org.aegishydra.core.checkpoint.Checkpointed;
import org.aegishydra.core.checkpoint.StateInput;
import org.aegishydra.core.checkpoint.StateOutput;
import org.aegishydra.core.coinbase.Decimals;
import org.aegishydra.core.coinbase.Product;
import org.aegishydra.core.coinbase.Side;
import org.aegishydra.core.journal.RecordHeader;
import org.aegishydra.core.latency.HotPath;
import org.aegishydra.core.run.StepRecord;
import org.aegishydra.trader.paper.DecisionSink;
import org.aegishydra.trader.paper.DecisionWriter;
import org.aegishydra.trader.paper.PaperAccount;
import org.aegishydra.trader.paper.PaperOrderGateway;
import org.aegishydra.trader.paper.RiskGuard;
import org.aegishydra.trader.strategy.OrderRequests;
import org.aegishydra.trader.strategy.StepContext;
import org.aegishydra.trader.strategy.Strategy;

/** One product's way from a changed book to decisions: strategy, risk guard, paper gateway. Used by the trading thread. */
@HotPath
final class ProductTrader implements Checkpointed {
    private final ProductBook product;
    private final Strategy strategy;
    private final PaperAccount account;
    private final PaperOrderGateway gateway;
    private final RiskGuard guard;
    private final StepContext context;
    private final OrderRequests requests = new OrderRequests();
    private final StepRecord record = new StepRecord();
    private int priceScale;
    private int sizeScale;

    ProductTrader(ProductBook product, Strategy strategy, TradingSettings settings, DecisionSink decisions) {
        this.product = product;
        this.strategy = strategy;
        this.account = new PaperAccount(product.product(), settings.capital(), settings.feeBps());
        final DecisionWriter writer = new DecisionWriter(product.product(), account, decisions);
        this.gateway = new PaperOrderGateway(product, account, writer);
        this.guard = new RiskGuard(product, account, writer, gateway, settings.risk());
        this.context = new StepContext(product, settings.feeBps(), settings.slippageBps());
        this.priceScale = product.product().priceScale();
        this.sizeScale = product.product().sizeScale();
        // Names and scales hardly change, so a step's record keeps them.
        record.product(product.product().id(), priceScale, sizeScale);
    }

    /** The account, in the scales that the product has by now: a message that makes no step may have widened them. */
    PaperAccount account() {
        followScales();
        return account;
    }

    ProductBook product() {
        return product;
    }

    void enable(boolean enabled) {
        guard.enable(enabled);
    }

    void onTrade(long price, long size, Side makerSide, long timeNs) {
        followScales();
        strategy.onTrade(product, price, size, makerSide, timeNs);
    }

    /** Lets the strategy decide; what it wants waits for {@link #sendOrders}. */
    void decide(RecordHeader header, long step) {
        followScales();
        requests.clear();
        context.moveTo(step, header.eventTimeNs(), account.position());
        strategy.onStep(context, requests);
        product.forgetChanges();
    }

    /** Whether the strategy wants anything. */
    boolean hasOrders() {
        return requests.count() > 0;
    }

    /** Sends what the strategy wants through the risk guard. */
    void sendOrders(RecordHeader header, long step, long exchangeTimeNs) {
        guard.startStep(header.sequence(), step, header.eventTimeNs(), header.wallTimeNs(), exchangeTimeNs);
        for (int i = 0; i < requests.count(); i++) {
            guard.submit(requests.side(i), requests.intent(i), requests.size(i), requests.limitPrice(i));
        }
    }

    /** The step's record, with all that it says of the product; reused. */
    StepRecord describe() {
        final OrderBook book = product.book();
        return record.top(
                        book.bestPrice(Side.BID),
                        book.bestSize(Side.BID),
                        book.bestPrice(Side.ASK),
                        book.bestSize(Side.ASK))
                .state(strategy.signal(), account.position(), capital());
    }

    /** The account's value at mid price, or at the last trade while the book has no two sides. */
    double capital() {
        followScales();
        final OrderBook book = product.book();
        final boolean twoSided = book.levels(Side.BID) > 0 && book.levels(Side.ASK) > 0;
        return account.capital(twoSided ? context.midPrice() : product.lastTradePrice());
    }

    private void followScales() {
        final Product scales = product.product();
        if (scales.priceScale() != priceScale || scales.sizeScale() != sizeScale) {
            final long priceFactor = Decimals.powerOfTen(scales.priceScale() - priceScale);
            final long sizeFactor = Decimals.powerOfTen(scales.sizeScale() - sizeScale);
            account.rescale(priceFactor, sizeFactor);
            strategy.onScaleChange(priceFactor, sizeFactor);
            priceScale = scales.priceScale();
            sizeScale = scales.sizeScale();
            record.product(scales.id(), priceScale, sizeScale);
        }
    }

    /** Whether the strategy's state can be written; all else can. */
    boolean canBeCheckpointed() {
        return strategy instanceof Checkpointed;
    }

    @Override
    public void writeState(StateOutput output) {
        output.putInt(priceScale);
        output.putInt(sizeScale);
        account.writeState(output);
        gateway.writeState(output);
        guard.writeState(output);
        ((Checkpointed) strategy).writeState(output);
    }

    @Override
    public void readState(StateInput input) {
        // The product's scales may be finer by now than those that this trader knew.
        priceScale = input.getInt();
        sizeScale = input.getInt();
        record.product(product.product().id(), priceScale, sizeScale);
        account.readState(input);
        gateway.readState(input);
        guard.readState(input);
        ((Checkpointed) strategy).readState(input);
    }
}
