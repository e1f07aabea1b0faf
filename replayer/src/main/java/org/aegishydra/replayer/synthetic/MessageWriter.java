package org.aegishydra.replayer.synthetic;

import java.nio.charset.StandardCharsets;
import java.util.List;

/**
 * Writes the market as Advanced Trade messages, in Coinbase's own field order. Used by one thread.
 */
final class MessageWriter {
    static final String STATUS = "status";
    static final String L2_DATA = "l2_data";
    static final String MARKET_TRADES = "market_trades";
    static final String TICKER = "ticker";
    static final String HEARTBEATS = "heartbeats";

    private static final String SNAPSHOT = "snapshot";
    private static final String UPDATE = "update";

    private final MessageText stamp = new MessageText();

    static MessageText envelope(MarketMessage message, String channel, String product, long timeNs, long sequence) {
        message.start(channel, product, timeNs)
                .text("{\"channel\":\"")
                .text(channel)
                .text("\",\"timestamp\":\"")
                .time(timeNs)
                .text("\",\"sequence_num\":");
        return message.sequence(sequence).text(",\"events\":[{");
    }

    void status(MarketMessage message, List<SyntheticProduct> products, long timeNs, long sequence) {
        final MessageText text = envelope(message, STATUS, "", timeNs, sequence);
        text.text("\"type\":\"snapshot\",\"products\":[");
        String separator = "";
        for (final SyntheticProduct product : products) {
            final String[] currencies = product.id().split("-", 2);
            text.text(separator).text("{\"product_type\":\"SPOT\",\"id\":\"").text(product.id());
            text.text("\",\"base_currency\":\"").text(currencies[0]);
            text.text("\",\"quote_currency\":\"").text(currencies[1]);
            text.text("\",\"base_increment\":\"").decimal(1, product.sizeScale());
            text.text("\",\"quote_increment\":\"").decimal(1, product.priceScale());
            text.text("\",\"display_name\":\"").text(currencies[0]).text("/").text(currencies[1]);
            text.text("\",\"status\":\"online\",\"status_message\":\"\",\"min_market_funds\":\"1\"}");
            separator = ",";
        }
        text.text("]}]}");
    }

    void levelsSnapshot(MarketMessage message, ProductMarket market, long timeNs, long sequence) {
        final MessageText text = levels(message, market, SNAPSHOT, timeNs, sequence);
        final String bid = levelStart("bid", market.bookTimeNs());
        final String offer = levelStart("offer", market.bookTimeNs());
        for (int rank = 0; rank < market.bids().count(); rank++) {
            level(text, bid, market, market.bids().price(rank), market.bids().size(rank), rank > 0);
        }
        for (int rank = 0; rank < market.asks().count(); rank++) {
            level(text, offer, market, market.asks().price(rank), market.asks().size(rank), true);
        }
        text.text("]}]}");
    }

    void levelsUpdate(MarketMessage message, ProductMarket market, long timeNs, long sequence) {
        final MessageText text = levels(message, market, UPDATE, timeNs, sequence);
        changes(text, levelStart("bid", market.bookTimeNs()), market, market.bidChanges(), false);
        changes(
                text,
                levelStart("offer", market.bookTimeNs()),
                market,
                market.askChanges(),
                market.bidChanges().count() > 0);
        text.text("]}]}");
    }

    private static MessageText levels(
            MarketMessage message, ProductMarket market, String type, long timeNs, long sequence) {
        final String product = market.product().id();
        return envelope(message, L2_DATA, product, timeNs, sequence)
                .text("\"type\":\"")
                .text(type)
                .text("\",\"product_id\":\"")
                .text(product)
                .text("\",\"updates\":[");
    }

    /** What all levels of a side begin with in one message. */
    private String levelStart(String side, long timeNs) {
        stamp.clear()
                .text("{\"side\":\"")
                .text(side)
                .text("\",\"event_time\":\"")
                .time(timeNs)
                .text("\",\"price_level\":\"");
        return new String(stamp.bytes(), 0, stamp.length(), StandardCharsets.US_ASCII);
    }

    private static void changes(
            MessageText text, String start, ProductMarket market, LevelChanges changes, boolean followsOthers) {
        for (int i = 0; i < changes.count(); i++) {
            level(text, start, market, changes.price(i), changes.size(i), followsOthers || i > 0);
        }
    }

    private static void level(
            MessageText text, String start, ProductMarket market, long price, long size, boolean followsOthers) {
        if (followsOthers) {
            text.text(",");
        }
        text.text(start).decimal(price, market.product().priceScale());
        text.text("\",\"new_quantity\":\"").decimal(size, market.product().sizeScale());
        text.text("\"}");
    }

    void tradesSnapshot(MarketMessage message, ProductMarket market, long timeNs, long sequence) {
        trades(message, market, SNAPSHOT, TradeTape.CAPACITY, timeNs, sequence);
    }

    void tradesUpdate(MarketMessage message, ProductMarket market, long timeNs, long sequence) {
        trades(message, market, UPDATE, market.newTrades(), timeNs, sequence);
    }

    /** Newest first, as Coinbase does. */
    private static void trades(
            MarketMessage message, ProductMarket market, String type, int count, long timeNs, long sequence) {
        final String product = market.product().id();
        final MessageText text = envelope(message, MARKET_TRADES, product, timeNs, sequence);
        text.text("\"type\":\"").text(type).text("\",\"trades\":[");
        final TradeTape tape = market.tape();
        for (int i = 0; i < count; i++) {
            final long tradeId = tape.lastTradeId() - i;
            text.text(i > 0 ? ",{\"product_id\":\"" : "{\"product_id\":\"").text(product);
            text.text("\",\"trade_id\":\"").number(tradeId);
            text.text("\",\"price\":\"")
                    .decimal(tape.price(tradeId), market.product().priceScale());
            text.text("\",\"size\":\"")
                    .decimal(tape.size(tradeId), market.product().sizeScale());
            text.text("\",\"time\":\"").time(tape.timeNs(tradeId));
            text.text("\",\"side\":\"")
                    .text(tape.makerBuys(tradeId) ? "BUY" : "SELL")
                    .text("\"}");
        }
        text.text("]}]}");
    }

    void tickerSnapshot(MarketMessage message, ProductMarket market, long timeNs, long sequence) {
        ticker(message, market, SNAPSHOT, timeNs, sequence);
    }

    void tickerUpdate(MarketMessage message, ProductMarket market, long timeNs, long sequence) {
        ticker(message, market, UPDATE, timeNs, sequence);
    }

    private static void ticker(MarketMessage message, ProductMarket market, String type, long timeNs, long sequence) {
        final String product = market.product().id();
        final int priceScale = market.product().priceScale();
        final int sizeScale = market.product().sizeScale();
        final DayFigures day = market.day();
        final MessageText text = envelope(message, TICKER, product, timeNs, sequence);
        text.text("\"type\":\"")
                .text(type)
                .text("\",\"tickers\":[{\"type\":\"ticker\",\"product_id\":\"")
                .text(product);
        text.text("\",\"price\":\"").decimal(day.lastPrice(), priceScale);
        text.text("\",\"volume_24_h\":\"").decimal(day.volume(), sizeScale);
        text.text("\",\"low_24_h\":\"").decimal(day.low(), priceScale);
        text.text("\",\"high_24_h\":\"").decimal(day.high(), priceScale);
        text.text("\",\"low_52_w\":\"").decimal(day.yearLow(), priceScale);
        text.text("\",\"high_52_w\":\"").decimal(day.yearHigh(), priceScale);
        text.text("\",\"price_percent_chg_24_h\":\"").decimal(day.changePercentE8(), 8);
        text.text("\",\"best_bid\":\"").decimal(market.bids().bestPrice(), priceScale);
        text.text("\",\"best_ask\":\"").decimal(market.asks().bestPrice(), priceScale);
        text.text("\",\"best_bid_quantity\":\"").decimal(market.bids().size(0), sizeScale);
        text.text("\",\"best_ask_quantity\":\"").decimal(market.asks().size(0), sizeScale);
        text.text("\"}]}]}");
    }

    void heartbeat(MarketMessage message, long counter, long sinceStartNs, long timeNs, long sequence) {
        envelope(message, HEARTBEATS, "", timeNs, sequence)
                .text("\"current_time\":\"")
                .goTime(timeNs, sinceStartNs)
                .text("\",\"heartbeat_counter\":")
                .number(counter)
                .text("}]}");
    }
}
