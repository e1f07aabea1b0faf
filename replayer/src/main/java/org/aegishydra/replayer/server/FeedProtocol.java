package org.aegishydra.replayer.server;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.Predicate;
import org.aegishydra.core.journal.Dialect;

/** How clients and server talk in one of Coinbase's dialects. Stateless. */
abstract sealed class FeedProtocol permits AdvancedTradeProtocol, ExchangeProtocol {
    static final ObjectMapper JSON = new ObjectMapper();

    static FeedProtocol of(Dialect dialect) {
        return dialect == Dialect.EXCHANGE ? new ExchangeProtocol() : new AdvancedTradeProtocol();
    }

    /**
     * Reads a client's request.
     *
     * @param isProduct whether the market has a product of this name.
     * @throws RequestRefusedException with the error to answer, in Coinbase's words where those are known.
     */
    final Subscriptions.Request parse(String text, Predicate<String> isProduct) throws RequestRefusedException {
        final JsonNode request;
        try {
            request = JSON.readTree(text);
        } catch (final JsonProcessingException e) {
            throw new RequestRefusedException(error("Malformed JSON", null));
        }
        final String type = request.path("type").asText();
        if (!type.equals("subscribe") && !type.equals("unsubscribe")) {
            throw new RequestRefusedException(wrongType());
        }
        return parse(request, type.equals("subscribe"), isProduct);
    }

    /** Reads recorded text that is known to be JSON. */
    static JsonNode read(String recorded) {
        try {
            return JSON.readTree(recorded);
        } catch (final JsonProcessingException e) {
            throw new IllegalStateException("a message that was read before cannot be read", e);
        }
    }

    /** The answer to a request that is neither subscribe nor unsubscribe. */
    abstract String wrongType();

    abstract Subscriptions.Request parse(JsonNode request, boolean subscribes, Predicate<String> isProduct)
            throws RequestRefusedException;

    /** The answer to every request that was met: all that the connection is subscribed to now. */
    abstract OutgoingMessage subscriptions(Subscriptions subscriptions, long timeNs);

    /** Whether a message of the market goes to a connection; never for recorded answers to the recorder's own requests. */
    abstract boolean wants(Subscriptions subscriptions, String messageChannel, String product);

    /** The channel or type that messages of a subscription carry; empty if a subscription to it begins with nothing. */
    abstract String messageChannel(String channel);

    /** The channel or type of the messages that change a book. */
    abstract String levelsChannel();

    /** Whether messages of a channel or type tell a book's levels. */
    abstract boolean tellsLevels(String messageChannel);

    /** The channel or type of the messages that tell new trades. */
    abstract String tradesChannel();

    /** The channel of heartbeats, which is the type of their messages too. */
    abstract String heartbeatChannel();

    /** The channel of the products' increments, which is the type of their messages too. */
    final String statusChannel() {
        return "status";
    }

    /** Whether a connection counts its messages in {@code sequence_num}. */
    abstract boolean numbersMessages();

    static String error(String message, String reason) {
        final var node = JSON.createObjectNode().put("type", "error").put("message", message);
        if (reason != null) {
            node.put("reason", reason);
        }
        return node.toString();
    }

    static Set<String> names(JsonNode array) {
        final Set<String> names = new TreeSet<>();
        for (final JsonNode name : array) {
            names.add(name.asText());
        }
        return names;
    }
}
