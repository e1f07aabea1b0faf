package org.aegishydra.core.coinbase;

import org.aegishydra.core.latency.HotPath;

/**
 * Reads the messages of the Exchange dialect's {@code ticker} and {@code matches} channels in the form in which Coinbase sends them, of
 * products that are known. Used by one thread.
 */
@HotPath
final class ExchangeEvents {
    private static final int MAX_FIGURE_LENGTH = 31;
    private static final int MAX_ORDER_ID_LENGTH = 63;

    private static final Literal MATCH = Literal.of("{\"type\":\"match\",\"trade_id\":");
    private static final Literal MAKER = Literal.of(",\"maker_order_id\":\"");
    private static final Literal TAKER = Literal.of(",\"taker_order_id\":\"");
    private static final Literal BUY_SIZE = Literal.of(",\"side\":\"buy\",\"size\":\"");
    private static final Literal SELL_SIZE = Literal.of(",\"side\":\"sell\",\"size\":\"");
    private static final Literal PRICE = Literal.of(",\"price\":\"");
    private static final Literal PRODUCT = Literal.of(",\"product_id\":\"");
    private static final Literal SEQUENCE = Literal.of(",\"sequence\":");
    private static final Literal TIME = Literal.of(",\"time\":\"");

    private static final Literal TICKER = Literal.of("{\"type\":\"ticker\",\"sequence\":");
    private static final Literal OPEN_24_H = Literal.of(",\"open_24h\":\"");
    private static final Literal VOLUME_24_H = Literal.of(",\"volume_24h\":\"");
    private static final Literal LOW_24_H = Literal.of(",\"low_24h\":\"");
    private static final Literal HIGH_24_H = Literal.of(",\"high_24h\":\"");
    private static final Literal VOLUME_30_D = Literal.of(",\"volume_30d\":\"");
    private static final Literal BEST_BID = Literal.of(",\"best_bid\":\"");
    private static final Literal BEST_BID_SIZE = Literal.of(",\"best_bid_size\":\"");
    private static final Literal BEST_ASK = Literal.of(",\"best_ask\":\"");
    private static final Literal BEST_ASK_SIZE = Literal.of(",\"best_ask_size\":\"");
    private static final Literal BUY_TIME = Literal.of(",\"side\":\"buy\",\"time\":\"");
    private static final Literal SELL_TIME = Literal.of(",\"side\":\"sell\",\"time\":\"");
    private static final Literal TRADE_ID = Literal.of(",\"trade_id\":");
    private static final Literal LAST_SIZE = Literal.of(",\"last_size\":\"");

    private final ExpectedBytes bytes;
    private final StagedMessage staged;
    private final RecentSecond second;

    ExchangeEvents(ExpectedBytes bytes, StagedMessage staged, RecentSecond second) {
        this.bytes = bytes;
        this.staged = staged;
        this.second = second;
    }

    boolean match() {
        if (!bytes.literal(MATCH) || !bytes.integer()) {
            return false;
        }
        final long id = bytes.mantissa();
        if (!bytes.literal(MAKER)
                || !bytes.text(MAX_ORDER_ID_LENGTH)
                || !bytes.literal(TAKER)
                || !bytes.text(MAX_ORDER_ID_LENGTH)) {
            return false;
        }
        final boolean buy = bytes.literal(BUY_SIZE);
        if ((!buy && !bytes.literal(SELL_SIZE)) || !bytes.decimal()) {
            return false;
        }
        final long size = bytes.mantissa();
        final int sizeScale = bytes.scale();
        if (!bytes.literal(PRICE) || !bytes.decimal() || !bytes.literal(PRODUCT) || !bytes.knownProduct()) {
            return false;
        }
        final long price = bytes.mantissa();
        final int priceScale = bytes.scale();
        if (!bytes.literal(SEQUENCE) || !bytes.integer() || !bytes.literal(TIME) || !bytes.time(second)) {
            return false;
        }
        staged.exchangeTimeNs(bytes.timeNs());
        staged.startTrade(bytes.product(), id, bytes.timeNs(), false);
        staged.addNumbers(buy ? Side.BID : Side.ASK, price, priceScale, size, sizeScale);
        return bytes.next('}');
    }

    boolean ticker() {
        if (!bytes.literal(TICKER)
                || !bytes.integer()
                || !bytes.literal(PRODUCT)
                || !bytes.knownProduct()
                || !bytes.literal(PRICE)
                || !bytes.decimal()) {
            return false;
        }
        staged.startTicker(bytes.product());
        staged.addOptional(bytes.mantissa(), bytes.scale(), 0, -1);
        return figures() && best(BEST_BID, BEST_BID_SIZE) && best(BEST_ASK, BEST_ASK_SIZE) && lastTrade();
    }

    /** What nobody reads: it is checked to be plain text. */
    private boolean figures() {
        return bytes.literal(OPEN_24_H)
                && bytes.text(MAX_FIGURE_LENGTH)
                && bytes.literal(VOLUME_24_H)
                && bytes.text(MAX_FIGURE_LENGTH)
                && bytes.literal(LOW_24_H)
                && bytes.text(MAX_FIGURE_LENGTH)
                && bytes.literal(HIGH_24_H)
                && bytes.text(MAX_FIGURE_LENGTH)
                && bytes.literal(VOLUME_30_D)
                && bytes.text(MAX_FIGURE_LENGTH);
    }

    /** The best price of a side, with its size since the feed gives it. */
    private boolean best(Literal priceField, Literal sizeField) {
        if (!bytes.literal(priceField) || !bytes.decimal()) {
            return false;
        }
        final long price = bytes.mantissa();
        final int priceScale = bytes.scale();
        if (!bytes.literal(sizeField)) {
            staged.addOptional(price, priceScale, 0, -1);
            return true;
        }
        if (!bytes.decimal()) {
            return false;
        }
        staged.addOptional(price, priceScale, bytes.mantissa(), bytes.scale());
        return true;
    }

    private boolean lastTrade() {
        if ((!bytes.literal(SELL_TIME) && !bytes.literal(BUY_TIME)) || !bytes.time(second)) {
            return false;
        }
        staged.exchangeTimeNs(bytes.timeNs());
        return bytes.literal(TRADE_ID)
                && bytes.integer()
                && bytes.literal(LAST_SIZE)
                && bytes.text(MAX_FIGURE_LENGTH)
                && bytes.next('}');
    }
}
