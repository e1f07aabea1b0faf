package org.aegishydra.recorder.feed;

import java.net.URI;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import org.aegishydra.core.command.UsageException;

/**
 * What a recorder records.
 *
 * @param feed whose messages.
 * @param url where from.
 * @param products for example {@code BTC-USD}; each once, at most {@link #MAX_PRODUCTS}.
 * @param channels in the feed's own spelling.
 * @param limits what the recorder puts up with.
 * @param untilIdle ends the recording when nothing came for that long; null for never.
 * @param syncEvery how often the journal is made durable; null for never, but as the operating system does it.
 * @param duration ends the recording after that long; null for never.
 */
public record FeedSettings(
        Feed feed,
        URI url,
        List<String> products,
        List<String> channels,
        FeedLimits limits,
        Duration syncEvery,
        Duration untilIdle,
        Duration duration) {
    /** More than Coinbase lists. */
    public static final int MAX_PRODUCTS = 2048;

    /** With more, one connection's subscriptions would not leave in time. */
    public static final int MAX_CHANNELS = 8;

    public FeedSettings {
        products = List.copyOf(new LinkedHashSet<>(products));
        channels = List.copyOf(new LinkedHashSet<>(channels));
        if (products.isEmpty() || products.size() > MAX_PRODUCTS) {
            throw new UsageException("--product names " + products.size() + " products: give 1 to " + MAX_PRODUCTS);
        }
        for (final String product : products) {
            if (!product.matches("[A-Z0-9]+(-[A-Z0-9]+)+")) {
                throw new UsageException("--product is " + product + ": give a product like BTC-USD");
            }
        }
        if (channels.isEmpty() || channels.size() > MAX_CHANNELS) {
            throw new UsageException("--channel names " + channels.size() + " channels: give 1 to " + MAX_CHANNELS);
        }
        for (final String channel : channels) {
            if (!channel.matches("[a-z][a-z0-9_]*")) {
                throw new UsageException("--channel is " + channel + ": give a channel like " + feed.channels());
            }
        }
        if (!List.of("ws", "wss").contains(String.valueOf(url.getScheme())) || url.getHost() == null) {
            // Not the address itself: what is in it may be secret.
            throw new UsageException("--url has the scheme " + url.getScheme() + " and the host " + url.getHost()
                    + ": give an address like " + feed.url());
        }
        requirePositive("--sync-every", syncEvery);
        requirePositive("--until-idle", untilIdle);
        requirePositive("--duration", duration);
    }

    private static void requirePositive(String option, Duration value) {
        if (value != null && (value.isZero() || value.isNegative())) {
            throw new UsageException(option + " is " + value.toMillis() + " ms: give more than 0, for example 5s");
        }
    }

    /** The limits that fit a feed and its channels. */
    public static FeedLimits defaultLimits(Feed feed, List<String> channels) {
        return FeedLimits.defaults(feed.hasHeartbeats(channels));
    }

    /** The address without what could be secret in it. */
    public String publicUrl() {
        final String port = url.getPort() < 0 ? "" : ":" + url.getPort();
        return url.getScheme() + "://" + url.getHost() + port + url.getRawPath();
    }

    /** The settings as a journal keeps them. */
    Map<String, Object> toFact() {
        final Map<String, Object> fact = new LinkedHashMap<>();
        fact.put("feed", feed.dialect().optionName());
        fact.put("url", publicUrl());
        fact.put("products", products);
        fact.put("channels", channels);
        fact.put("products_per_connection", limits.productsPerConnection());
        fact.put("stall_after_ms", limits.stallAfter().toMillis());
        fact.put("sync_every_ms", syncEvery == null ? null : syncEvery.toMillis());
        fact.put("until_idle_ms", untilIdle == null ? null : untilIdle.toMillis());
        fact.put("duration_ms", duration == null ? null : duration.toMillis());
        return fact;
    }
}
