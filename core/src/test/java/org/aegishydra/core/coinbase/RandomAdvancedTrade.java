package org.aegishydra.core.coinbase;

import java.util.SplittableRandom;

/** Advanced Trade messages of every channel. Used by one thread. */
public final class RandomAdvancedTrade extends RandomMessages {
    public RandomAdvancedTrade(SplittableRandom random) {
        super(random);
    }

    @Override
    protected String message() {
        final int kind = random.nextInt(100);
        if (kind < 50) {
            return envelope("l2_data", this::bookEvent);
        } else if (kind < 65) {
            return envelope("market_trades", this::tradesEvent);
        } else if (kind < 77) {
            return envelope(json.oneIn(4) ? "ticker_batch" : "ticker", this::tickerEvent);
        } else if (kind < 84) {
            return envelope("heartbeats", this::heartbeatEvent);
        } else if (kind < 88) {
            return envelope("status", this::statusEvent);
        } else if (kind < 92) {
            return envelope("subscriptions", () -> "{\"subscriptions\":{\"level2\":[\"BTC-USD\"]}}");
        } else if (kind < 97) {
            return envelope(
                    json.oneOf("candles", "user", "futures_balance_summary", "L2_DATA", "", "level3"),
                    () -> json.junk(0));
        } else if (kind < 99) {
            return json.object("type", json.text(json.oneOf("error", "error", "hello")), "message", json.junk(2));
        }
        return json.oneIn(2) ? json.junk(0) : json.object("message", json.junk(0));
    }

    private String envelope(String channel, java.util.function.Supplier<String> event) {
        final int count = json.isExact() ? (json.oneIn(10) ? 2 : 1) : json.oneIn(4) ? random.nextInt(4) : 1;
        final String[] events = new String[count];
        for (int i = 0; i < count; i++) {
            events[i] = event.get();
        }
        usualUpdate &= count == 1;
        return json.object(
                "channel",
                json.text(channel),
                "client_id",
                json.isExact() ? null : "\"\"",
                "timestamp",
                time(),
                "sequence_num",
                json.isExact() || !json.oneIn(30) ? json.bare(wholeNumber()) : null,
                "events",
                json.array(events));
    }

    private String bookEvent() {
        final String[] levels = new String[json.isExact() ? Math.max(count(), 1) : count()];
        for (int i = 0; i < levels.length; i++) {
            levels[i] = json.object(
                    "side", side("bid", "offer"),
                    "event_time", time(),
                    "price_level", json.quoted(decimal()),
                    "new_quantity", json.quoted(size()));
        }
        usualUpdate = true;
        final String type = json.isExact() || !json.oneIn(200) ? json.oneOf("update", "update", "snapshot") : "Update";
        return json.object("type", json.text(type), "product_id", product(), "updates", json.array(levels));
    }

    private String tradesEvent() {
        final boolean ascending = json.oneIn(3);
        final String[] trades = new String[count()];
        for (int i = 0; i < trades.length; i++) {
            trades[i] = json.object(
                    "product_id", product(),
                    "trade_id", json.quoted(tradeId(ascending)),
                    "price", json.quoted(decimal()),
                    "size", json.quoted(decimal()),
                    "time", json.oneIn(20) ? null : time(),
                    "side", side("BUY", "SELL"));
        }
        final String type = json.oneIn(10) ? null : json.text(json.oneOf("update", "snapshot", "other"));
        return json.object("type", type, "trades", json.array(trades));
    }

    private String tickerEvent() {
        final String[] tickers = new String[count()];
        for (int i = 0; i < tickers.length; i++) {
            tickers[i] = json.object(
                    "type", "\"ticker\"",
                    "product_id", product(),
                    "price", json.oneIn(20) ? "\"\"" : json.quoted(decimal()),
                    "volume_24_h", "\"1.5\"",
                    "best_bid", optionalNumber(),
                    "best_bid_quantity", optionalNumber(),
                    "best_ask", optionalNumber(),
                    "best_ask_quantity", optionalNumber());
        }
        return json.object("type", "\"snapshot\"", "tickers", json.array(tickers));
    }

    private String heartbeatEvent() {
        return json.object(
                "current_time",
                json.text("2026-08-09 21:05:48.8 +0000 UTC m=+4.2"),
                "heartbeat_counter",
                json.bare(wholeNumber()));
    }

    private String statusEvent() {
        final String[] products = new String[count()];
        for (int i = 0; i < products.length; i++) {
            products[i] = json.object(
                    "product_type", "\"SPOT\"",
                    "id", product(),
                    "base_increment", json.oneOf("\"0.00000001\"", "\"0.0001\"", "\"1\"", optionalNumber()),
                    "quote_increment", json.oneOf("\"0.01\"", "\"0.000001\"", "null", "\"\""));
        }
        return json.object("type", "\"snapshot\"", "products", json.array(products));
    }
}
