package org.aegishydra.core.coinbase;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.Map;

/** What an Exchange message says, by Jackson. */
final class ExchangeOracle extends JacksonOracle {
    private static final Map<String, MessageKind> READ = Map.of(
            "l2update", MessageKind.L2_UPDATE,
            "snapshot", MessageKind.SNAPSHOT,
            "match", MessageKind.MATCH,
            "last_match", MessageKind.LAST_MATCH,
            "ticker", MessageKind.TICKER,
            "heartbeat", MessageKind.HEARTBEAT,
            "status", MessageKind.STATUS,
            "subscriptions", MessageKind.SUBSCRIPTIONS,
            "error", MessageKind.ERROR);
    private static final Map<String, MessageKind> PASSED_OVER = Map.of(
            "received", MessageKind.RECEIVED,
            "open", MessageKind.OPEN,
            "done", MessageKind.DONE,
            "change", MessageKind.CHANGE,
            "activate", MessageKind.ACTIVATE);

    @Override
    protected MessageKind read(JsonNode root) {
        final String type = root.has("type") ? text(root.get("type")) : "";
        final MessageKind kind = READ.get(type);
        if (kind == null) {
            calls.add(Call.message(MarketDataListener.NO_TIME, MarketDataListener.NO_VALUE));
            return PASSED_OVER.getOrDefault(type, MessageKind.UNKNOWN);
        }
        calls.add(Call.message(time(root.path("time")), MarketDataListener.NO_VALUE));
        switch (kind) {
            case L2_UPDATE -> update(root);
            case SNAPSHOT -> snapshot(root);
            case MATCH, LAST_MATCH -> trade(root, kind == MessageKind.LAST_MATCH);
            case TICKER -> ticker(root, "best_bid_size", "best_ask_size");
            case HEARTBEAT ->
                calls.add(Call.heartbeat(
                        product(root.path("product_id")),
                        wholeNumber(root.path("sequence")),
                        wholeNumber(root.path("last_trade_id"))));
            case STATUS -> {
                if (root.has("products")) {
                    increments(root.get("products"));
                }
            }
            default -> {
                // Nothing is read from the others.
            }
        }
        return kind;
    }

    private void update(JsonNode root) {
        final String product = product(root.path("product_id"));
        calls.add(Call.book("update", product));
        for (final JsonNode change : array(root.path("changes"))) {
            level(product, array(change).path(0), change.path(1), change.path(2));
        }
        calls.add(Call.book("end", product));
    }

    private void snapshot(JsonNode root) {
        final String product = product(root.path("product_id"));
        calls.add(Call.book("snapshot", product));
        for (final JsonNode level : array(root.path("bids"))) {
            level(product, Side.BID, array(level).path(0), level.path(1));
        }
        for (final JsonNode level : array(root.path("asks"))) {
            level(product, Side.ASK, array(level).path(0), level.path(1));
        }
        calls.add(Call.book("end", product));
    }
}
