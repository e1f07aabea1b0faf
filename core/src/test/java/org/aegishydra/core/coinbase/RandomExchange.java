package org.aegishydra.core.coinbase;

import java.util.SplittableRandom;

/** Exchange messages of every type. Used by one thread. */
public final class RandomExchange extends RandomMessages {
    public RandomExchange(SplittableRandom random) {
        super(random);
    }

    @Override
    protected String message() {
        final int kind = random.nextInt(100);
        if (kind < 50) {
            return update();
        } else if (kind < 56) {
            return json.object(
                    "type", "\"snapshot\"", "product_id", product(), "asks", levels(false), "bids", levels(false));
        } else if (kind < 72) {
            return match();
        } else if (kind < 82) {
            return ticker();
        } else if (kind < 88) {
            return json.object(
                    "type", "\"heartbeat\"",
                    "last_trade_id", json.bare(wholeNumber()),
                    "product_id", product(),
                    "sequence", json.bare(wholeNumber()),
                    "time", time());
        } else if (kind < 92) {
            return status();
        } else if (kind < 95) {
            return json.object(
                    "type",
                    json.text(json.oneOf("subscriptions", "error", "error")),
                    "message",
                    json.junk(0),
                    "time",
                    time());
        } else if (kind < 99) {
            return json.object(
                    "type",
                            json.text(json.oneOf(
                                    "received", "open", "done", "change", "activate", "L2update", "", "auction")),
                    "time", time(),
                    "price", json.junk(0));
        }
        return json.oneIn(2) ? json.junk(0) : json.object("product_id", product(), "changes", levels(true));
    }

    private String levels(boolean withSide) {
        final String[] levels = new String[count()];
        for (int i = 0; i < levels.length; i++) {
            final String price = json.quoted(decimal());
            final String size = json.quoted(size());
            if (!json.isExact() && json.oneIn(50)) {
                levels[i] =
                        json.oneIn(2) ? json.array(price) : json.array(side("buy", "sell"), price, size, json.junk(0));
            } else {
                levels[i] = withSide ? json.array(side("buy", "sell"), price, size) : json.array(price, size);
            }
        }
        return json.array(levels);
    }

    private String update() {
        final String changes = levels(true);
        usualUpdate = !changes.equals("[]");
        return json.object("type", "\"l2update\"", "product_id", product(), "changes", changes, "time", time());
    }

    private String match() {
        return json.object(
                "type", json.oneIn(5) ? "\"last_match\"" : "\"match\"",
                "trade_id", json.bare(tradeId(true)),
                "maker_order_id", "\"97bb540a-2ad1-45c4-885d-9e088e091e9e\"",
                "side", side("buy", "sell"),
                "size", json.quoted(decimal()),
                "price", json.quoted(decimal()),
                "product_id", product(),
                "sequence", json.bare(wholeNumber()),
                "time", json.oneIn(20) ? null : time());
    }

    private String ticker() {
        return json.object(
                "type", "\"ticker\"",
                "sequence", json.bare(wholeNumber()),
                "product_id", product(),
                "price", json.oneIn(20) ? "null" : json.quoted(decimal()),
                "volume_24h", "\"1.5\"",
                "best_bid", optionalNumber(),
                "best_bid_size", optionalNumber(),
                "best_ask", optionalNumber(),
                "best_ask_size", optionalNumber(),
                "side", "\"buy\"",
                "time", time());
    }

    private String status() {
        final String[] products = new String[count()];
        for (int i = 0; i < products.length; i++) {
            products[i] = json.object(
                    "id", product(),
                    "base_increment", json.oneOf("\"0.00000001\"", "\"1\"", optionalNumber()),
                    "quote_increment", json.oneOf("\"0.01\"", "\"0.000001\"", "null"));
        }
        return json.object(
                "type",
                "\"status\"",
                "currencies",
                json.junk(2),
                "products",
                json.oneIn(20) ? null : json.array(products));
    }
}
