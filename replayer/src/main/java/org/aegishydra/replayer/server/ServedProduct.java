package org.aegishydra.replayer.server;

import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;

/** What a {@link ServedMarket} keeps of one product beside its book. Used by one thread. */
final class ServedProduct {
    final String id;

    /** The channels on which the client was told something since it subscribed. */
    final Set<String> begun = new HashSet<>();

    /** The connection that was heard of first, of those that are open; it counts while none has authority. */
    int heard;

    /** The product's latest sequence (Exchange). */
    long sequence;

    /** Whether the client has been told that the book is not live. */
    boolean waits;

    private final Map<String, LastItems> kept = new HashMap<>();

    ServedProduct(String id) {
        this.id = id;
    }

    /** The last items of a channel. */
    LastItems kept(String channel, MarketText text) {
        return kept.computeIfAbsent(channel, name -> new LastItems(text.keptItems(name)));
    }
}
