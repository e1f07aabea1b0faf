package org.aegishydra.replayer.server;

import com.fasterxml.jackson.databind.JsonNode;
import java.nio.charset.StandardCharsets;
import java.time.format.DateTimeFormatter;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import org.aegishydra.core.coinbase.Decimals;
import org.aegishydra.core.coinbase.Product;
import org.aegishydra.core.coinbase.Side;

/** Advanced Trade: an envelope around events, each with a list of levels, trades, tickers or candles. */
final class AdvancedTradeText extends MarketText {
    private static final String TRADES = "market_trades";
    private static final String CANDLES = "candles";
    private static final Map<String, String> LIST_OF_CHANNEL =
            Map.of(TRADES, "trades", "ticker", "tickers", "ticker_batch", "tickers", CANDLES, "candles");

    private static final DateTimeFormatter RFC3339 = timeFormat('T', 0, 9);
    private static final DateTimeFormatter GO = timeFormat(' ', 0, 9);

    static OutgoingMessage envelope(String channel, long timeNs, String event) {
        final String start =
                "{\"channel\":\"" + channel + "\",\"timestamp\":\"" + time(timeNs) + "\",\"sequence_num\":";
        return new OutgoingMessage(
                (start + "0,\"events\":[" + event + "]}").getBytes(StandardCharsets.UTF_8), start.length(), 1);
    }

    private static String time(long timeNs) {
        return RFC3339.format(instant(timeNs)) + "Z";
    }

    @Override
    OutgoingMessage levels(boolean snapshot, Product product, LevelList levels, long timeNs) {
        final String middle = "\",\"event_time\":\"" + time(timeNs) + "\",\"price_level\":\"";
        final StringBuilder event = new StringBuilder("{\"type\":\"")
                .append(snapshot ? "snapshot" : "update")
                .append("\",\"product_id\":\"")
                .append(product.id())
                .append("\",\"updates\":[");
        for (int i = 0; i < levels.count(); i++) {
            event.append(i > 0 ? ",{\"side\":\"" : "{\"side\":\"")
                    .append(levels.side(i) == Side.BID ? "bid" : "offer")
                    .append(middle)
                    .append(Decimals.plain(levels.price(i), product.priceScale()))
                    .append("\",\"new_quantity\":\"")
                    .append(Decimals.plain(levels.size(i), product.sizeScale()))
                    .append("\"}");
        }
        return envelope("l2_data", timeNs, event.append("]}").toString());
    }

    @Override
    List<FeedItem> items(String channel, String text, JsonNode message) {
        final List<FeedItem> items = new ArrayList<>();
        final String list = LIST_OF_CHANNEL.get(channel);
        if (list != null) {
            for (final JsonNode event : message.path("events")) {
                final boolean repeats = event.path("type").asText().equals("snapshot");
                for (final JsonNode item : event.path(list)) {
                    items.add(new FeedItem(
                            channel,
                            item.path("product_id").asText(),
                            number(channel, item),
                            repeats,
                            item.toString()));
                }
            }
        }
        return items;
    }

    private static long number(String channel, JsonNode item) {
        return switch (channel) {
            case TRADES -> item.path("trade_id").asLong();
            case CANDLES -> item.path("start").asLong();
            default -> 0;
        };
    }

    @Override
    List<OutgoingMessage> updates(Collection<FeedItem> items, long timeNs) {
        return List.of(event("update", items, timeNs));
    }

    @Override
    OutgoingMessage first(Collection<FeedItem> items, long timeNs) {
        return event("snapshot", items, timeNs);
    }

    /** Trades stand in a message newest first, everything else in its order. */
    private OutgoingMessage event(String type, Collection<FeedItem> items, long timeNs) {
        final String channel = items.iterator().next().channel();
        final List<String> texts = new ArrayList<>();
        for (final FeedItem item : items) {
            texts.add(tellsTrades(channel) ? 0 : texts.size(), item.text());
        }
        return envelope(
                channel,
                timeNs,
                "{\"type\":\"" + type + "\",\"" + LIST_OF_CHANNEL.get(channel) + "\":[" + String.join(",", texts)
                        + "]}");
    }

    @Override
    int keptItems(String channel) {
        return switch (channel) {
            case TRADES -> MOST_FIRST_ITEMS + ServedMarket.MOST_WAITING_TRADES;
            case CANDLES -> MOST_FIRST_ITEMS;
            default -> LIST_OF_CHANNEL.containsKey(channel) ? 1 : 0;
        };
    }

    @Override
    boolean tellsTrades(String channel) {
        return channel.equals(TRADES);
    }

    @Override
    OutgoingMessage status(String recorded, long timeNs) {
        final String events = FeedProtocol.read(recorded).path("events").toString();
        return envelope("status", timeNs, events.substring(1, events.length() - 1));
    }

    @Override
    OutgoingMessage heartbeat(String product, long counter, long lastTradeId, long timeNs) {
        return envelope(
                "heartbeats",
                timeNs,
                "{\"current_time\":\"" + GO.format(instant(timeNs)) + " +0000 UTC m=+" + counter
                        + ".000000000\",\"heartbeat_counter\":" + counter + "}");
    }
}
