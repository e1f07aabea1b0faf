package org.aegishydra.core.coinbase;

/** What a message is about, by the name that it carries itself. */
public enum MessageKind {
    /** Advanced Trade: book snapshots and updates. */
    L2_DATA("l2_data", true),
    /** Advanced Trade: trades. */
    MARKET_TRADES("market_trades", true),
    /** Both dialects: last price and top of book. */
    TICKER("ticker", true),
    /** Advanced Trade: tickers every five seconds. */
    TICKER_BATCH("ticker_batch", true),
    /** Advanced Trade: the connection's heartbeat. */
    HEARTBEATS("heartbeats", true),
    /** Both dialects: what the connection is subscribed to. */
    SUBSCRIPTIONS("subscriptions", true),
    /** Both dialects: products with their increments. */
    STATUS("status", true),
    /** Both dialects: the feed refuses something. */
    ERROR("error", true),

    /** Exchange: a whole book. */
    SNAPSHOT("snapshot", true),
    /** Exchange: changes of a book. */
    L2_UPDATE("l2update", true),
    /** Exchange: a trade. */
    MATCH("match", true),
    /** Exchange: the last trade before the subscription. */
    LAST_MATCH("last_match", true),
    /** Exchange: a product's heartbeat. */
    HEARTBEAT("heartbeat", true),

    /** Advanced Trade: candles. */
    CANDLES("candles", false),
    /** Advanced Trade: the user's orders. */
    USER("user", false),
    /** Advanced Trade: the user's futures account. */
    FUTURES_BALANCE_SUMMARY("futures_balance_summary", false),
    /** Exchange, full channel. */
    RECEIVED("received", false),
    /** Exchange, full channel. */
    OPEN("open", false),
    /** Exchange, full channel. */
    DONE("done", false),
    /** Exchange, full channel. */
    CHANGE("change", false),
    /** Exchange, full channel. */
    ACTIVATE("activate", false),

    /** A valid message of a channel or type that this version does not know. */
    UNKNOWN("unknown", false),
    /** No valid message: no JSON, a field that must be there is not, or a number that is none or does not fit. */
    MALFORMED("malformed", false);

    private final String wireName;
    private final boolean needed;

    MessageKind(String wireName, boolean needed) {
        this.wireName = wireName;
        this.needed = needed;
    }

    /** The name in the message's {@code channel} or {@code type} field. */
    public String wireName() {
        return wireName;
    }

    /** Whether the decoder reads what such a message says; the others are known and not needed. */
    public boolean isNeeded() {
        return needed;
    }
}
