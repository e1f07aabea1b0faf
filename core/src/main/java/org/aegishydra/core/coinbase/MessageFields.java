package org.aegishydra.core.coinbase;

import org.aegishydra.core.latency.HotPath;

/**
 * Reads the values that both dialects share, at places that {@link JsonScanner#object} found (-1: not there).
 * Used by one thread.
 */
@HotPath
final class MessageFields {
    private static final FieldNames SIDES = new FieldNames("bid", "offer", "ask", "buy", "sell", "BUY", "SELL");

    private final JsonScanner json;
    private final StagedMessage staged;
    private final Timestamps timestamps = new Timestamps();

    MessageFields(JsonScanner json, StagedMessage staged) {
        this.json = json;
        this.staged = staged;
    }

    static FieldNames wireNames(MessageKind... kinds) {
        final String[] names = new String[kinds.length];
        for (int i = 0; i < kinds.length; i++) {
            names[i] = kinds[i].wireName();
        }
        return new FieldNames(names);
    }

    Timestamps timestamps() {
        return timestamps;
    }

    void required(int at, String field) {
        if (at < 0) {
            throw json.malformed("a field is missing: ".concat(field));
        }
    }

    /** Which of some names the string at a place is; -1 if none. */
    int nameAt(int at, FieldNames names) {
        required(at, "type");
        json.position(at);
        json.text();
        return names.indexOf(json.textBuffer(), json.textOffset(), json.textLength());
    }

    Product productAt(int at) {
        required(at, "product_id");
        json.position(at);
        json.text();
        final Product product = staged.product(json.textBuffer(), json.textOffset(), json.textLength());
        if (product == null) {
            throw json.malformed("not a product");
        }
        return product;
    }

    long integerAt(int at) {
        required(at, "a number");
        json.position(at);
        return json.integer();
    }

    /** The time at a place, {@link MarketDataListener#NO_TIME} if there is none or it is no text. */
    long timeAt(int at) {
        if (at < 0) {
            return MarketDataListener.NO_TIME;
        }
        json.position(at);
        if (!json.isText()) {
            return MarketDataListener.NO_TIME;
        }
        json.text();
        return timestamps.parse(json.textBuffer(), json.textOffset(), json.textLength());
    }

    /** Stages a level or a trade's numbers. */
    void level(int sideAt, int priceAt, int sizeAt) {
        required(priceAt, "price");
        required(sizeAt, "size");
        final Side side = sideAt(sideAt);
        json.position(priceAt);
        json.decimal();
        final long price = json.mantissa();
        final int priceScale = json.scale();
        json.position(sizeAt);
        json.decimal();
        staged.addNumbers(side, price, priceScale, json.mantissa(), json.scale());
    }

    /** Every sender's words for the two sides. */
    Side sideAt(int at) {
        final int name = nameAt(at, SIDES);
        if (name < 0) {
            throw json.malformed("not a side");
        }
        return name == 0 || name == 3 || name == 5 ? Side.BID : Side.ASK;
    }

    /** Stages a price and a size, each absent where its place is below zero, null or an empty string. */
    void optional(int priceAt, int sizeAt) {
        long price = 0;
        int priceScale = -1;
        if (hasNumber(priceAt)) {
            json.decimal();
            price = json.mantissa();
            priceScale = json.scale();
        }
        if (hasNumber(sizeAt)) {
            json.decimal();
            staged.addOptional(price, priceScale, json.mantissa(), json.scale());
        } else {
            staged.addOptional(price, priceScale, 0, -1);
        }
    }

    private boolean hasNumber(int at) {
        if (at < 0) {
            return false;
        }
        json.position(at);
        if (json.nullValue()) {
            return false;
        }
        if (json.isText()) {
            json.text();
            if (json.textLength() == 0) {
                return false;
            }
            json.position(at);
        }
        return true;
    }
}
