package org.aegishydra.replayer.server;

import java.util.Collections;
import java.util.Map;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.TreeSet;

/**
 * What one connection is subscribed to: products by channel, both in the order of their names. A channel without
 * products, as the connection's heartbeat, has an empty set. Used by one thread.
 */
final class Subscriptions {
    private final SortedMap<String, Set<String>> productsByChannel = new TreeMap<>();

    boolean isEmpty() {
        return productsByChannel.isEmpty();
    }

    SortedMap<String, Set<String>> productsByChannel() {
        return Collections.unmodifiableSortedMap(productsByChannel);
    }

    boolean has(String channel, String product) {
        final Set<String> products = productsByChannel.get(channel);
        return products != null && (products.isEmpty() || product.isEmpty() || products.contains(product));
    }

    void add(String channel, Set<String> products) {
        productsByChannel.computeIfAbsent(channel, name -> new TreeSet<>()).addAll(products);
    }

    /** Removes a channel's products, or the whole channel if none are named. */
    void remove(String channel, Set<String> products) {
        final Set<String> had = productsByChannel.get(channel);
        if (had != null) {
            had.removeAll(products);
            if (products.isEmpty() || had.isEmpty()) {
                productsByChannel.remove(channel);
            }
        }
    }

    /** A request to subscribe to products by channel, or to unsubscribe from them. */
    record Request(boolean subscribes, Map<String, Set<String>> productsByChannel) {}
}
