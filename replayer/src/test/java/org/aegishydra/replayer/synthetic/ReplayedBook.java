package org.aegishydra.replayer.synthetic;

import com.fasterxml.jackson.databind.JsonNode;
import java.math.BigDecimal;
import java.util.Comparator;
import java.util.SortedMap;
import java.util.TreeMap;

/** A plain book made of {@code l2_data} messages, to check what a market or a server says. */
public final class ReplayedBook {
    private final TreeMap<BigDecimal, BigDecimal> bids = new TreeMap<>(Comparator.reverseOrder());
    private final TreeMap<BigDecimal, BigDecimal> asks = new TreeMap<>();
    private boolean begun;
    private int absentRemovals;

    /** Applies an event of an {@code l2_data} message. */
    public void apply(JsonNode event) {
        if (event.get("type").textValue().equals("snapshot")) {
            bids.clear();
            asks.clear();
            begun = true;
        }
        for (final JsonNode update : event.get("updates")) {
            final var side = update.get("side").textValue().equals("bid") ? bids : asks;
            final BigDecimal price = new BigDecimal(update.get("price_level").textValue());
            final BigDecimal size = new BigDecimal(update.get("new_quantity").textValue());
            if (size.signum() > 0) {
                side.put(price, size);
            } else if (side.remove(price) == null) {
                absentRemovals++;
            }
        }
    }

    /** Whether a snapshot was applied. */
    public boolean begun() {
        return begun;
    }

    public boolean crossed() {
        return bids.firstKey().compareTo(asks.firstKey()) >= 0;
    }

    public SortedMap<BigDecimal, BigDecimal> bids() {
        return bids;
    }

    public SortedMap<BigDecimal, BigDecimal> asks() {
        return asks;
    }

    public int absentRemovals() {
        return absentRemovals;
    }

    /** Bid size over bid and ask size in the first levels, from -1 to 1. */
    double imbalance(int levels) {
        final double bid = bids.values().stream()
                .limit(levels)
                .mapToDouble(BigDecimal::doubleValue)
                .sum();
        final double ask = asks.values().stream()
                .limit(levels)
                .mapToDouble(BigDecimal::doubleValue)
                .sum();
        return (bid - ask) / (bid + ask);
    }

    double mid() {
        return bids.firstKey().add(asks.firstKey()).doubleValue() / 2;
    }
}
