package org.aegishydra.recorder.feed;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.net.URI;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Supplier;
import org.aegishydra.core.command.UsageException;
import org.aegishydra.core.journal.Dialect;
import org.aegishydra.recorder.credential.Credential;

/** A feed of Coinbase's: its address, the channels that are recorded by default, and how it is subscribed to. */
public enum Feed {
    /** Takes one channel a subscribe message. */
    ADVANCED_TRADE(Dialect.ADVANCED_TRADE, "wss://advanced-trade-ws.coinbase.com"),

    /** Takes all channels in one subscribe message. */
    EXCHANGE(Dialect.EXCHANGE, "wss://ws-feed.exchange.coinbase.com");

    private static final ObjectMapper JSON = new ObjectMapper();

    private final Dialect dialect;
    private final URI url;

    Feed(Dialect dialect, String url) {
        this.dialect = dialect;
        this.url = URI.create(url);
    }

    /**
     * The feed of this name.
     *
     * @throws UsageException if there is none.
     */
    public static Feed named(String name) {
        for (final Feed feed : values()) {
            if (feed.dialect.optionName().equals(name)) {
                return feed;
            }
        }
        throw new UsageException("--feed is " + name + ": give advanced-trade or exchange");
    }

    /** The format of its messages. */
    public Dialect dialect() {
        return dialect;
    }

    /** Coinbase's own address. */
    public URI url() {
        return url;
    }

    /** What is recorded by default; none of it needs a key. */
    public List<String> channels() {
        return switch (this) {
            case ADVANCED_TRADE -> List.of("level2", "market_trades", "ticker", "heartbeats", "status");
            case EXCHANGE -> List.of("level2_batch", "matches", "ticker", "heartbeat", "status");
        };
    }

    /** How it wants to be told who asks. */
    public Credential.Scheme keyScheme() {
        return this == EXCHANGE ? Credential.Scheme.HMAC : Credential.Scheme.JWT;
    }

    /** Whether Coinbase gives this channel only to those with a key. */
    boolean needsKey(String channel) {
        final Set<String> keyed = this == EXCHANGE
                ? Set.of("level2", "full", "user", "level3")
                : Set.of("user", "futures_balance_summary");
        return keyed.contains(channel);
    }

    /** Whether one of these channels gives books, each beginning with a snapshot. */
    boolean hasBooks(List<String> wantedChannels) {
        return wantedChannels.stream()
                .anyMatch(channel -> channel.equals("level2") || (this == EXCHANGE && channel.equals("level2_batch")));
    }

    /** Whether one of these channels sends something every second, whatever the market does. */
    boolean hasHeartbeats(List<String> wantedChannels) {
        return wantedChannels.contains(this == EXCHANGE ? "heartbeat" : "heartbeats");
    }

    /**
     * The messages that subscribe.
     *
     * @param authentication gives what a key adds to a message; nothing without one.
     */
    List<String> subscribeMessages(FeedSubscription subscription, Supplier<Map<String, String>> authentication) {
        if (this == EXCHANGE) {
            return List.of(subscribeMessage(
                    subscription.products(), "channels", subscription.channels(), authentication.get()));
        }
        return subscription.channels().stream()
                .map(channel -> subscribeMessage(subscription.products(), "channel", channel, authentication.get()))
                .toList();
    }

    /** How many messages {@link #subscribeMessages} gives. */
    int subscribeMessageCount(FeedSubscription subscription) {
        return this == EXCHANGE ? 1 : subscription.channels().size();
    }

    private static String subscribeMessage(
            List<String> products, String channelField, Object channel, Map<String, String> authentication) {
        final Map<String, Object> message = new LinkedHashMap<>();
        message.put("type", "subscribe");
        message.put("product_ids", products);
        message.put(channelField, channel);
        message.putAll(authentication);
        try {
            return JSON.writeValueAsString(message);
        } catch (final JsonProcessingException e) {
            throw new IllegalArgumentException("a subscription that is no JSON: " + e.getOriginalMessage(), e);
        }
    }
}
