package org.aegishydra.core.coinbase;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.Map;

/** What an Advanced Trade message says, by Jackson. */
final class AdvancedTradeOracle extends JacksonOracle {
    private static final Map<String, MessageKind> CHANNELS = Map.of(
            "l2_data", MessageKind.L2_DATA,
            "market_trades", MessageKind.MARKET_TRADES,
            "ticker", MessageKind.TICKER,
            "ticker_batch", MessageKind.TICKER_BATCH,
            "heartbeats", MessageKind.HEARTBEATS,
            "subscriptions", MessageKind.SUBSCRIPTIONS,
            "status", MessageKind.STATUS,
            "candles", MessageKind.CANDLES,
            "user", MessageKind.USER,
            "futures_balance_summary", MessageKind.FUTURES_BALANCE_SUMMARY);

    @Override
    protected MessageKind read(JsonNode root) {
        if (!root.has("channel")) {
            calls.add(Call.message(MarketDataListener.NO_TIME, MarketDataListener.NO_VALUE));
            final boolean error = root.has("type") && text(root.get("type")).equals("error");
            return error ? MessageKind.ERROR : MessageKind.UNKNOWN;
        }
        final MessageKind kind = CHANNELS.getOrDefault(text(root.get("channel")), MessageKind.UNKNOWN);
        final boolean numbered = root.has("sequence_num");
        calls.add(Call.message(
                time(root.path("timestamp")),
                numbered ? wholeNumber(root.get("sequence_num")) : MarketDataListener.NO_VALUE));
        switch (kind) {
            case L2_DATA, MARKET_TRADES, TICKER, TICKER_BATCH, HEARTBEATS, STATUS -> {
                for (final JsonNode event : array(root.path("events"))) {
                    read(kind, object(event));
                }
            }
            default -> {
                // Nothing is read from the others.
            }
        }
        return kind;
    }

    private void read(MessageKind kind, JsonNode event) {
        switch (kind) {
            case L2_DATA -> book(event);
            case MARKET_TRADES -> {
                final boolean history =
                        event.has("type") && text(event.get("type")).equals("snapshot");
                for (final JsonNode trade : array(event.path("trades"))) {
                    trade(object(trade), history);
                }
            }
            case HEARTBEATS ->
                calls.add(Call.heartbeat(
                        null, wholeNumber(event.path("heartbeat_counter")), MarketDataListener.NO_VALUE));
            case STATUS -> increments(event.path("products"));
            default -> {
                for (final JsonNode ticker : array(event.path("tickers"))) {
                    ticker(object(ticker), "best_bid_quantity", "best_ask_quantity");
                }
            }
        }
    }

    private void book(JsonNode event) {
        final String product = product(event.path("product_id"));
        final String type = text(event.path("type"));
        if (!type.equals("snapshot") && !type.equals("update")) {
            throw new Unusable("neither snapshot nor update");
        }
        calls.add(Call.book(type, product));
        for (final JsonNode level : array(event.path("updates"))) {
            level(product, object(level).path("side"), level.path("price_level"), level.path("new_quantity"));
        }
        calls.add(Call.book("end", product));
    }
}
