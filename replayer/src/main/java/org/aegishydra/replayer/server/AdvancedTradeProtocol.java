package org.aegishydra.replayer.server;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.Predicate;

/** Advanced Trade: one channel a request; an envelope with a sequence number of the connection. */
final class AdvancedTradeProtocol extends FeedProtocol {
    private static final String LEVEL2 = "level2";
    private static final String LEVELS = "l2_data";
    private static final String HEARTBEATS = "heartbeats";
    private static final Set<String> CHANNELS =
            Set.of(LEVEL2, "market_trades", "ticker", "ticker_batch", HEARTBEATS, "candles", "status");
    private static final Set<String> CHANNELS_WITHOUT_PRODUCTS = Set.of(HEARTBEATS, "status");

    @Override
    Subscriptions.Request parse(JsonNode request, boolean subscribes, Predicate<String> isProduct)
            throws RequestRefusedException {
        final String channel = request.path("channel").asText();
        if (channel.isEmpty()) {
            throw new RequestRefusedException(error("channel is required", null));
        }
        // Coinbase answers so where a key is needed, and to names that are no channel's, as "heartbeat".
        if (!CHANNELS.contains(channel)) {
            throw new RequestRefusedException(error("authentication failure", null));
        }
        final Set<String> products = channel.equals(HEARTBEATS) ? new TreeSet<>() : names(request.path("product_ids"));
        for (final String product : products) {
            if (!isProduct.test(product)) {
                throw new RequestRefusedException(error(product + " is not a valid product", null));
            }
        }
        if (subscribes && products.isEmpty() && !CHANNELS_WITHOUT_PRODUCTS.contains(channel)) {
            throw new RequestRefusedException(error("product_ids is required", null));
        }
        return new Subscriptions.Request(subscribes, Map.of(channel, products));
    }

    @Override
    String wrongType() {
        return error("subscribe or unsubscribe required", null);
    }

    @Override
    OutgoingMessage subscriptions(Subscriptions subscriptions, long timeNs) {
        final ObjectNode channels = JSON.createObjectNode();
        subscriptions.productsByChannel().forEach((channel, products) -> {
            final ArrayNode names = channels.putArray(channel);
            if (products.isEmpty()) {
                names.add(channel);
            }
            products.forEach(names::add);
        });
        return AdvancedTradeText.envelope("subscriptions", timeNs, "{\"subscriptions\":" + channels + "}");
    }

    @Override
    boolean wants(Subscriptions subscriptions, String messageChannel, String product) {
        return subscriptions.has(messageChannel.equals(LEVELS) ? LEVEL2 : messageChannel, product);
    }

    @Override
    String messageChannel(String channel) {
        return channel.equals(LEVEL2) ? LEVELS : channel;
    }

    @Override
    String levelsChannel() {
        return LEVELS;
    }

    @Override
    boolean tellsLevels(String messageChannel) {
        return messageChannel.equals(LEVELS);
    }

    @Override
    String tradesChannel() {
        return "market_trades";
    }

    @Override
    String heartbeatChannel() {
        return HEARTBEATS;
    }

    @Override
    boolean numbersMessages() {
        return true;
    }
}
