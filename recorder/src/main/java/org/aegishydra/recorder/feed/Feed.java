package org.aegishydra.recorder.feed;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.net.URI;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.aegishydra.core.command.UsageException;
import org.aegishydra.core.journal.Dialect;

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

    /** The messages that subscribe to channels of products. */
    List<String> subscribeMessages(List<String> products, List<String> wantedChannels) {
        if (this == EXCHANGE) {
            return List.of(subscribeMessage(products, "channels", wantedChannels));
        }
        return wantedChannels.stream()
                .map(channel -> subscribeMessage(products, "channel", channel))
                .toList();
    }

    private static String subscribeMessage(List<String> products, String channelField, Object channel) {
        final Map<String, Object> message = new LinkedHashMap<>();
        message.put("type", "subscribe");
        message.put("product_ids", products);
        message.put(channelField, channel);
        try {
            return JSON.writeValueAsString(message);
        } catch (final JsonProcessingException e) {
            throw new IllegalArgumentException("a subscription that is no JSON: " + e.getMessage(), e);
        }
    }
}
