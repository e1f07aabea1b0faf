package org.aegishydra.replayer.server;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.Predicate;

/** Advanced Trade: one channel a request; an envelope with a sequence number of the connection. */
final class AdvancedTradeProtocol extends FeedProtocol {
    private static final String LEVEL2 = "level2";
    private static final String HEARTBEATS = "heartbeats";
    private static final Set<String> CHANNELS =
            Set.of(LEVEL2, "market_trades", "ticker", "ticker_batch", HEARTBEATS, "candles", "status");
    private static final Set<String> CHANNELS_WITH_KEY = Set.of("user", "futures_balance_summary");
    private static final Set<String> CHANNELS_WITHOUT_PRODUCTS = Set.of(HEARTBEATS, "status");

    @Override
    Subscriptions.Request parse(JsonNode request, boolean subscribes, Predicate<String> isProduct)
            throws RequestRefusedException {
        final String channel = request.path("channel").asText();
        if (CHANNELS_WITH_KEY.contains(channel)) {
            throw new RequestRefusedException(error("authentication failure", null));
        }
        if (!CHANNELS.contains(channel)) {
            throw new RequestRefusedException(
                    error(channel.isEmpty() ? "channel is required" : channel + " is not a valid channel", null));
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
    OutgoingMessage subscriptions(Subscriptions subscriptions, long timeNs) {
        final ObjectNode channels = JSON.createObjectNode();
        subscriptions.productsByChannel().forEach((channel, products) -> {
            final ArrayNode names = channels.putArray(channel);
            if (products.isEmpty()) {
                names.add(channel);
            }
            products.forEach(names::add);
        });
        final Instant time = Instant.EPOCH.plus(timeNs, ChronoUnit.NANOS);
        final String start = "{\"channel\":\"subscriptions\",\"timestamp\":\"" + time + "\",\"sequence_num\":";
        final String text = start + "0,\"events\":[{\"subscriptions\":" + channels + "}]}";
        return new OutgoingMessage(text.getBytes(StandardCharsets.UTF_8), start.length(), 1);
    }

    @Override
    boolean wants(Subscriptions subscriptions, String messageChannel, String product) {
        return subscriptions.has(messageChannel.equals("l2_data") ? LEVEL2 : messageChannel, product);
    }

    @Override
    String messageChannel(String channel) {
        return channel.equals(LEVEL2) ? "l2_data" : channel;
    }

    @Override
    boolean numbersMessages() {
        return true;
    }
}
