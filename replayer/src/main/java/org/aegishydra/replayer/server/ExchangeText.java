package org.aegishydra.replayer.server;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.math.BigDecimal;
import java.time.format.DateTimeFormatter;
import java.util.Collection;
import java.util.List;
import org.aegishydra.core.coinbase.Product;
import org.aegishydra.core.coinbase.Side;

/** Exchange: flat messages, each about one thing of one product. */
final class ExchangeText extends MarketText {
    private static final String MATCH = "match";
    private static final String LAST_MATCH = "last_match";
    private static final String TICKER = "ticker";
    private static final DateTimeFormatter TIME = timeFormat('T', 6, 6);

    @Override
    OutgoingMessage levels(boolean snapshot, Product product, LevelList levels, long timeNs) {
        final StringBuilder message = new StringBuilder("{\"type\":\"")
                .append(snapshot ? "snapshot" : "l2update")
                .append("\",\"product_id\":\"")
                .append(product.id());
        if (snapshot) {
            message.append("\",\"bids\":[");
            side(message, product, levels, Side.BID);
            message.append("],\"asks\":[");
            side(message, product, levels, Side.ASK);
        } else {
            message.append("\",\"changes\":[");
            for (int i = 0; i < levels.count(); i++) {
                message.append(i > 0 ? "," : "").append(levels.side(i) == Side.BID ? "[\"buy\"," : "[\"sell\",");
                level(message, product, levels, i);
            }
        }
        message.append("],\"time\":\"").append(TIME.format(instant(timeNs))).append("Z\"}");
        return OutgoingMessage.withoutSequence(message.toString());
    }

    private static void side(StringBuilder message, Product product, LevelList levels, Side side) {
        String separator = "[";
        for (int i = 0; i < levels.count(); i++) {
            if (levels.side(i) == side) {
                message.append(separator);
                level(message, product, levels, i);
                separator = ",[";
            }
        }
    }

    /** All prices and sizes of a product have the same decimals here. */
    private static void level(StringBuilder message, Product product, LevelList levels, int index) {
        message.append('"')
                .append(BigDecimal.valueOf(levels.price(index), product.priceScale())
                        .toPlainString())
                .append("\",\"")
                .append(BigDecimal.valueOf(levels.size(index), product.sizeScale())
                        .toPlainString())
                .append("\"]");
    }

    @Override
    List<FeedItem> items(String channel, String text, JsonNode message) {
        final String product = message.path("product_id").asText();
        if (channel.equals(MATCH) || channel.equals(LAST_MATCH)) {
            return List.of(
                    new FeedItem(MATCH, product, message.path("trade_id").asLong(), channel.equals(LAST_MATCH), text));
        }
        return List.of(new FeedItem(channel, product, 0, false, text));
    }

    @Override
    List<OutgoingMessage> updates(Collection<FeedItem> items, long timeNs) {
        return items.stream()
                .map(item -> OutgoingMessage.withoutSequence(item.text()))
                .toList();
    }

    @Override
    OutgoingMessage first(Collection<FeedItem> items, long timeNs) {
        FeedItem last = null;
        for (final FeedItem item : items) {
            last = item;
        }
        return OutgoingMessage.withoutSequence(
                last.channel().equals(MATCH) ? typed(last.text(), LAST_MATCH) : last.text());
    }

    private static String typed(String message, String type) {
        return ((ObjectNode) FeedProtocol.read(message)).put("type", type).toString();
    }

    @Override
    int keptItems(String channel) {
        return switch (channel) {
            case MATCH -> MOST_FIRST_ITEMS + ServedMarket.MOST_WAITING_TRADES;
            case TICKER -> 1;
            default -> 0;
        };
    }

    @Override
    boolean tellsTrades(String channel) {
        return channel.equals(MATCH);
    }

    @Override
    OutgoingMessage status(String recorded, long timeNs) {
        return OutgoingMessage.withoutSequence(recorded);
    }

    @Override
    OutgoingMessage heartbeat(String product, long counter, long lastTradeId, long timeNs) {
        return OutgoingMessage.withoutSequence(
                "{\"type\":\"heartbeat\",\"last_trade_id\":" + lastTradeId + ",\"product_id\":\"" + product
                        + "\",\"sequence\":" + counter + ",\"time\":\"" + TIME.format(instant(timeNs)) + "Z\"}");
    }
}
