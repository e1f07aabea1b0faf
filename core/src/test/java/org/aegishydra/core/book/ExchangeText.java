package org.aegishydra.core.book;

import java.util.ArrayList;
import java.util.List;

/** Messages of the Exchange feed. Levels are given as {@code "bid 100.5 2"}. Stateless. */
final class ExchangeText {
    private ExchangeText() {}

    static String book(boolean snapshot, String product, List<String> levels) {
        if (snapshot) {
            return "{\"type\":\"snapshot\",\"product_id\":\"" + product + "\",\"bids\":[" + items(levels, "bid", "")
                    + "],\"asks\":[" + items(levels, "offer", "") + "]}";
        }
        final List<String> changes = new ArrayList<>();
        for (final String level : levels) {
            changes.add(items(List.of(level), "bid", "\"buy\",") + items(List.of(level), "offer", "\"sell\","));
        }
        return "{\"type\":\"l2update\",\"product_id\":\"" + product + "\",\"changes\":[" + String.join(",", changes)
                + "],\"time\":\"2026-08-09T21:05:48.228568Z\"}";
    }

    private static String items(List<String> levels, String side, String prefix) {
        final List<String> items = new ArrayList<>();
        for (final String level : levels) {
            final String[] parts = level.split(" ", -1);
            if (parts[0].equals(side)) {
                items.add("[" + prefix + "\"" + parts[1] + "\",\"" + parts[2] + "\"]");
            }
        }
        return String.join(",", items);
    }

    /** A trade at 100 whose size is its id. */
    static String match(boolean last, String product, long id) {
        return ("{\"type\":\"%s\",\"trade_id\":%d,\"side\":\"buy\",\"size\":\"%d\",\"price\":\"100\","
                        + "\"product_id\":\"%s\",\"time\":\"2026-08-09T21:05:48.228568Z\"}")
                .formatted(last ? "last_match" : "match", id, id, product);
    }
}
