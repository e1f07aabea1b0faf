package org.aegishydra.replayer.server;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.function.Predicate;

/** Exchange: many channels a request, each with its own products or with those of the request; flat messages. */
final class ExchangeProtocol extends FeedProtocol {
    private static final String FAILED_TO_SUBSCRIBE = "Failed to subscribe";
    private static final String UPDATE = "l2update";
    private static final String MATCH = "match";
    private static final String TICKER = "ticker";

    /** The channels that carry a message, by its type. */
    private static final Map<String, List<String>> CHANNELS_BY_TYPE = Map.ofEntries(
            Map.entry("snapshot", List.of("level2", "level2_batch", "level2_50")),
            Map.entry(UPDATE, List.of("level2", "level2_batch", "level2_50")),
            Map.entry(MATCH, List.of("matches", "full")),
            Map.entry("last_match", List.of("matches")),
            Map.entry(TICKER, List.of("ticker", "ticker_batch")),
            Map.entry("heartbeat", List.of("heartbeat")),
            Map.entry("status", List.of("status")),
            Map.entry("received", List.of("full")),
            Map.entry("open", List.of("full")),
            Map.entry("done", List.of("full")),
            Map.entry("change", List.of("full")),
            Map.entry("activate", List.of("full")));

    @Override
    Subscriptions.Request parse(JsonNode request, boolean subscribes, Predicate<String> isProduct)
            throws RequestRefusedException {
        final String failed = subscribes ? FAILED_TO_SUBSCRIBE : "Failed to unsubscribe";
        final JsonNode channels = request.path("channels");
        if (channels.isEmpty()) {
            throw new RequestRefusedException(error(failed, "No channels provided"));
        }
        final Map<String, Set<String>> productsByChannel = new TreeMap<>();
        for (final JsonNode channel : channels) {
            final String name = channel.isObject() ? channel.path("name").asText() : channel.asText();
            if (CHANNELS_BY_TYPE.values().stream().noneMatch(names -> names.contains(name))) {
                throw new RequestRefusedException(error(failed, name + " is not a valid channel"));
            }
            final Set<String> products = names(request.path("product_ids"));
            products.addAll(names(channel.path("product_ids")));
            if (name.equals("status")) {
                products.clear();
            } else if (subscribes && products.isEmpty()) {
                throw new RequestRefusedException(
                        error(failed, "You need to specify at least one product ID for channel " + name));
            }
            for (final String product : products) {
                if (!isProduct.test(product)) {
                    throw new RequestRefusedException(error(failed, product + " is not a valid product"));
                }
            }
            productsByChannel.put(name, products);
        }
        return new Subscriptions.Request(subscribes, productsByChannel);
    }

    @Override
    String wrongType() {
        return error(FAILED_TO_SUBSCRIBE, "Type has to be either subscribe or unsubscribe");
    }

    @Override
    OutgoingMessage subscriptions(Subscriptions subscriptions, long timeNs) {
        final ObjectNode answer = JSON.createObjectNode().put("type", "subscriptions");
        final ArrayNode channels = answer.putArray("channels");
        subscriptions.productsByChannel().forEach((channel, products) -> {
            final ArrayNode names = channels.addObject().put("name", channel).putArray("product_ids");
            products.forEach(names::add);
        });
        return OutgoingMessage.withoutSequence(answer.toString());
    }

    @Override
    boolean wants(Subscriptions subscriptions, String type, String product) {
        for (final String channel : CHANNELS_BY_TYPE.getOrDefault(type, List.of())) {
            if (subscriptions.has(channel, product)) {
                return true;
            }
        }
        return false;
    }

    @Override
    String messageChannel(String channel) {
        return switch (channel) {
            case "level2", "level2_batch", "level2_50" -> UPDATE;
            case "matches" -> MATCH;
            case "ticker", "ticker_batch" -> TICKER;
            case "full" -> "";
            default -> channel;
        };
    }

    @Override
    String levelsChannel() {
        return UPDATE;
    }

    @Override
    boolean tellsLevels(String type) {
        return type.equals(UPDATE) || type.equals("snapshot");
    }

    @Override
    String tradesChannel() {
        return MATCH;
    }

    @Override
    String heartbeatChannel() {
        return "heartbeat";
    }

    @Override
    boolean numbersMessages() {
        return false;
    }
}
