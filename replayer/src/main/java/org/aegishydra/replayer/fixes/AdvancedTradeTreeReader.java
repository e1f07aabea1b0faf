package org.aegishydra.replayer.fixes;

import com.fasterxml.jackson.databind.JsonNode;
import org.aegishydra.core.coinbase.MarketDataListener;
import org.aegishydra.core.coinbase.MessageKind;
import org.aegishydra.core.coinbase.Product;
import org.aegishydra.core.coinbase.ProductTable;

/** Reads Advanced Trade's messages from trees. Used by one thread. */
final class AdvancedTradeTreeReader extends TreeReader {
    AdvancedTradeTreeReader(ProductTable products) {
        super(
                products,
                "channel",
                MessageKind.L2_DATA,
                MessageKind.MARKET_TRADES,
                MessageKind.TICKER,
                MessageKind.TICKER_BATCH,
                MessageKind.HEARTBEATS,
                MessageKind.STATUS,
                MessageKind.SUBSCRIPTIONS,
                MessageKind.CANDLES,
                MessageKind.USER,
                MessageKind.FUTURES_BALANCE_SUMMARY);
    }

    @Override
    TickerPatterns tickerPatterns() {
        return TickerPatterns.ofAdvancedTrade(this);
    }

    @Override
    MessageKind readRoot(JsonNode root) {
        if (!root.has(kindField())) {
            final boolean error = root.has("type") && text(root.get("type")).equals(MessageKind.ERROR.wireName());
            return error ? MessageKind.ERROR : MessageKind.UNKNOWN;
        }
        final MessageKind kind = kind(text(root.get(kindField())));
        staged.exchangeTimeNs(time(root.path("timestamp")));
        if (root.has("sequence_num")) {
            staged.sequenceNumber(wholeNumber(root.get("sequence_num")));
        }
        concernsBooks(kind == MessageKind.L2_DATA);
        if (kind.isNeeded() && kind != MessageKind.SUBSCRIPTIONS) {
            final JsonNode events = array(root.path("events"));
            for (final JsonNode event : events) {
                readEvent(kind, object(event), events.size() == 1);
            }
        }
        return kind;
    }

    private void readEvent(MessageKind kind, JsonNode event, boolean only) {
        switch (kind) {
            case L2_DATA -> book(event, only);
            case MARKET_TRADES -> {
                final boolean history =
                        event.has("type") && text(event.get("type")).equals("snapshot");
                for (final JsonNode trade : array(event.path("trades"))) {
                    trade(object(trade), history);
                }
            }
            case TICKER, TICKER_BATCH -> {
                for (final JsonNode ticker : array(event.path("tickers"))) {
                    ticker(object(ticker), "best_bid_quantity", "best_ask_quantity");
                }
            }
            case STATUS -> increments(event.path("products"));
            default ->
                staged.addHeartbeat(null, wholeNumber(event.path("heartbeat_counter")), MarketDataListener.NO_VALUE);
        }
    }

    private void book(JsonNode event, boolean only) {
        final Product product = product(event.path("product_id"));
        soleBook(only ? product : null);
        final String type = text(event.path("type"));
        if (!type.equals("snapshot") && !type.equals("update")) {
            throw new UnusableMessageException("a book event that is neither snapshot nor update");
        }
        staged.startBook(product, type.equals("snapshot"));
        for (final JsonNode level : array(event.path("updates"))) {
            numbers(side(object(level).path("side")), level.path("price_level"), level.path("new_quantity"));
        }
    }
}
