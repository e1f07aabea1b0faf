package org.aegishydra.replayer.fixes;

import com.fasterxml.jackson.databind.JsonNode;
import org.aegishydra.core.coinbase.MessageKind;
import org.aegishydra.core.coinbase.Product;
import org.aegishydra.core.coinbase.ProductTable;
import org.aegishydra.core.coinbase.Side;

/** Reads Exchange's messages from trees. Used by one thread. */
final class ExchangeTreeReader extends TreeReader {
    ExchangeTreeReader(ProductTable products) {
        super(
                products,
                "type",
                MessageKind.L2_UPDATE,
                MessageKind.SNAPSHOT,
                MessageKind.MATCH,
                MessageKind.LAST_MATCH,
                MessageKind.TICKER,
                MessageKind.HEARTBEAT,
                MessageKind.SUBSCRIPTIONS,
                MessageKind.STATUS,
                MessageKind.ERROR,
                MessageKind.RECEIVED,
                MessageKind.OPEN,
                MessageKind.DONE,
                MessageKind.CHANGE,
                MessageKind.ACTIVATE);
    }

    @Override
    TickerPatterns tickerPatterns() {
        return TickerPatterns.ofExchange(this);
    }

    @Override
    MessageKind readRoot(JsonNode root) {
        if (!root.has(kindField())) {
            return MessageKind.UNKNOWN;
        }
        final MessageKind kind = kind(text(root.get(kindField())));
        concernsBooks(kind == MessageKind.L2_UPDATE || kind == MessageKind.SNAPSHOT);
        if (!kind.isNeeded()) {
            return kind;
        }
        staged.exchangeTimeNs(time(root.path("time")));
        switch (kind) {
            case L2_UPDATE -> update(root);
            case SNAPSHOT -> snapshot(root);
            case MATCH -> trade(root, false);
            case LAST_MATCH -> trade(root, true);
            case TICKER -> ticker(root, "best_bid_size", "best_ask_size");
            case HEARTBEAT ->
                staged.addHeartbeat(
                        product(root.path("product_id")),
                        wholeNumber(root.path("sequence")),
                        wholeNumber(root.path("last_trade_id")));
            case STATUS -> {
                if (root.has("products")) {
                    increments(root.get("products"));
                }
            }
            default -> {
                // Subscriptions and errors hold no market data.
            }
        }
        return kind;
    }

    private void startBook(JsonNode root, boolean snapshot) {
        final Product product = product(root.path("product_id"));
        soleBook(product);
        staged.startBook(product, snapshot);
    }

    private void update(JsonNode root) {
        startBook(root, false);
        for (final JsonNode change : array(root.path("changes"))) {
            numbers(side(array(change).path(0)), change.path(1), change.path(2));
        }
    }

    private void snapshot(JsonNode root) {
        startBook(root, true);
        levels(Side.BID, root.path("bids"));
        levels(Side.ASK, root.path("asks"));
    }

    private void levels(Side side, JsonNode levels) {
        for (final JsonNode level : array(levels)) {
            numbers(side, array(level).path(0), level.path(1));
        }
    }
}
