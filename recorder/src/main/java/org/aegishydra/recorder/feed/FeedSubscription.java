package org.aegishydra.recorder.feed;

import java.util.List;

/**
 * What one connection subscribes to.
 *
 * @param products for example {@code BTC-USD}.
 * @param channels in the feed's own spelling.
 */
record FeedSubscription(List<String> products, List<String> channels) {
    FeedSubscription {
        products = List.copyOf(products);
        channels = List.copyOf(channels);
    }

    /** Without a product or channel of this name. */
    FeedSubscription without(String name) {
        return new FeedSubscription(
                products.stream().filter(product -> !product.equals(name)).toList(),
                channels.stream().filter(channel -> !channel.equals(name)).toList());
    }

    boolean isEmpty() {
        return products.isEmpty() || channels.isEmpty();
    }
}
