package org.aegishydra.core.coinbase;

import org.aegishydra.core.latency.HotPath;

/**
 * Reads the events of the Advanced Trade channels other than {@code l2_data}, from behind {@code "events":[} to the message's end, in the
 * form in which Coinbase sends them, one event a message, of products that are known. Used by one thread.
 */
@HotPath
final class AdvancedTradeEvents {
    private static final int MAX_CLOCK_LENGTH = 95;
    private static final int MAX_FIGURE_LENGTH = 31;

    private static final Literal UPDATED_TRADES = Literal.of("{\"type\":\"update\",\"trades\":[{\"product_id\":\"");
    private static final Literal TRADE_HISTORY = Literal.of("{\"type\":\"snapshot\",\"trades\":[{\"product_id\":\"");
    private static final Literal TRADE_ID = Literal.of(",\"trade_id\":\"");
    private static final Literal TRADE_PRICE = Literal.of("\",\"price\":\"");
    private static final Literal TRADE_SIZE = Literal.of(",\"size\":\"");
    private static final Literal TRADE_TIME = Literal.of(",\"time\":\"");
    private static final Literal BUY = Literal.of(",\"side\":\"BUY\"}");
    private static final Literal SELL = Literal.of(",\"side\":\"SELL\"}");
    private static final Literal NEXT_TRADE = Literal.of(",{\"product_id\":\"");

    private static final Literal UPDATED_TICKERS = Literal.of("{\"type\":\"update\",\"tickers\":[");
    private static final Literal FIRST_TICKERS = Literal.of("{\"type\":\"snapshot\",\"tickers\":[");
    private static final Literal TICKER = Literal.of("{\"type\":\"ticker\",\"product_id\":\"");
    private static final Literal PRICE = Literal.of(",\"price\":\"");
    private static final Literal VOLUME_24_H = Literal.of(",\"volume_24_h\":\"");
    private static final Literal LOW_24_H = Literal.of(",\"low_24_h\":\"");
    private static final Literal HIGH_24_H = Literal.of(",\"high_24_h\":\"");
    private static final Literal LOW_52_W = Literal.of(",\"low_52_w\":\"");
    private static final Literal HIGH_52_W = Literal.of(",\"high_52_w\":\"");
    private static final Literal CHANGE_24_H = Literal.of(",\"price_percent_chg_24_h\":\"");
    private static final Literal BEST_BID = Literal.of(",\"best_bid\":\"");
    private static final Literal BEST_ASK = Literal.of(",\"best_ask\":\"");
    private static final Literal BEST_BID_SIZE = Literal.of(",\"best_bid_quantity\":\"");
    private static final Literal BEST_ASK_SIZE = Literal.of(",\"best_ask_quantity\":\"");
    private static final Literal NEXT_TICKER = Literal.of("},");
    private static final Literal LAST_TICKER = Literal.of("}]}]}");

    private static final Literal CLOCK = Literal.of("{\"current_time\":\"");
    private static final Literal COUNTER = Literal.of(",\"heartbeat_counter\":");

    private static final Literal LAST_EVENT = Literal.of("]}]}");
    private static final Literal LAST_HEARTBEAT = Literal.of("}]}");

    private final ExpectedBytes bytes;
    private final StagedMessage staged;
    private final RecentSecond tradeSecond;
    private long bestBid;
    private int bestBidScale;
    private long bestAsk;
    private int bestAskScale;

    AdvancedTradeEvents(ExpectedBytes bytes, StagedMessage staged, Timestamps timestamps) {
        this.bytes = bytes;
        this.staged = staged;
        tradeSecond = new RecentSecond(timestamps);
    }

    boolean trades() {
        final boolean update = bytes.literal(UPDATED_TRADES);
        if (!update && !bytes.literal(TRADE_HISTORY)) {
            return false;
        }
        do {
            if (!trade(!update)) {
                return false;
            }
        } while (bytes.literal(NEXT_TRADE));
        return bytes.literal(LAST_EVENT);
    }

    private boolean trade(boolean history) {
        if (!bytes.knownProduct() || !bytes.literal(TRADE_ID) || !bytes.integer()) {
            return false;
        }
        final long id = bytes.mantissa();
        if (!bytes.literal(TRADE_PRICE) || !bytes.decimal()) {
            return false;
        }
        final long price = bytes.mantissa();
        final int priceScale = bytes.scale();
        if (!bytes.literal(TRADE_SIZE) || !bytes.decimal() || !bytes.literal(TRADE_TIME) || !bytes.time(tradeSecond)) {
            return false;
        }
        final boolean buy = bytes.literal(BUY);
        if (!buy && !bytes.literal(SELL)) {
            return false;
        }
        staged.startTrade(bytes.product(), id, bytes.timeNs(), history);
        staged.addNumbers(buy ? Side.BID : Side.ASK, price, priceScale, bytes.mantissa(), bytes.scale());
        return true;
    }

    boolean tickers() {
        if (!bytes.literal(UPDATED_TICKERS) && !bytes.literal(FIRST_TICKERS)) {
            return false;
        }
        do {
            if (!ticker()) {
                return false;
            }
        } while (bytes.literal(NEXT_TICKER));
        return bytes.literal(LAST_TICKER);
    }

    private boolean ticker() {
        if (!bytes.literal(TICKER) || !bytes.knownProduct() || !bytes.literal(PRICE) || !bytes.decimal()) {
            return false;
        }
        staged.startTicker(bytes.product());
        staged.addOptional(bytes.mantissa(), bytes.scale(), 0, -1);
        return figures() && bestPrices() && bestSizes();
    }

    /** What nobody reads: it is checked to be plain text. */
    private boolean figures() {
        return bytes.literal(VOLUME_24_H)
                && bytes.text(MAX_FIGURE_LENGTH)
                && bytes.literal(LOW_24_H)
                && bytes.text(MAX_FIGURE_LENGTH)
                && bytes.literal(HIGH_24_H)
                && bytes.text(MAX_FIGURE_LENGTH)
                && bytes.literal(LOW_52_W)
                && bytes.text(MAX_FIGURE_LENGTH)
                && bytes.literal(HIGH_52_W)
                && bytes.text(MAX_FIGURE_LENGTH)
                && bytes.literal(CHANGE_24_H)
                && bytes.text(MAX_FIGURE_LENGTH);
    }

    private boolean bestPrices() {
        if (!bytes.literal(BEST_BID) || !bytes.decimal()) {
            return false;
        }
        bestBid = bytes.mantissa();
        bestBidScale = bytes.scale();
        if (!bytes.literal(BEST_ASK) || !bytes.decimal()) {
            return false;
        }
        bestAsk = bytes.mantissa();
        bestAskScale = bytes.scale();
        return true;
    }

    private boolean bestSizes() {
        if (!bytes.literal(BEST_BID_SIZE) || !bytes.decimal()) {
            return false;
        }
        staged.addOptional(bestBid, bestBidScale, bytes.mantissa(), bytes.scale());
        if (!bytes.literal(BEST_ASK_SIZE) || !bytes.decimal()) {
            return false;
        }
        staged.addOptional(bestAsk, bestAskScale, bytes.mantissa(), bytes.scale());
        return true;
    }

    boolean heartbeat() {
        if (!bytes.literal(CLOCK) || !bytes.text(MAX_CLOCK_LENGTH) || !bytes.literal(COUNTER) || !bytes.integer()) {
            return false;
        }
        staged.addHeartbeat(null, bytes.mantissa(), MarketDataListener.NO_VALUE);
        return bytes.literal(LAST_HEARTBEAT);
    }
}
