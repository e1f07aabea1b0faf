package org.aegishydra.replayer.server;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.aegishydra.replayer.synthetic.ReplayedBook;
import org.aegishydra.replayer.synthetic.SyntheticProduct;
import org.aegishydra.replayer.synthetic.SyntheticSettings;

/** What the tests of the server have in common. */
final class Served {
    static final double MAX = ServeSettings.AS_FAST_AS_READ;
    static final long START_NS = 1_767_571_200_000_000_000L;
    private static final long SETTLE_NS = Duration.ofMillis(300).toNanos();

    private Served() {}

    static SyntheticSettings market(int seconds, double rate, int levels) {
        return new SyntheticSettings(
                5,
                List.of(SyntheticProduct.parse("BTC-USD"), SyntheticProduct.parse("ETH-USD")),
                START_NS,
                Duration.ofSeconds(seconds).toNanos(),
                rate,
                levels);
    }

    static ServeSettings settings(double speed, int seconds, int subscribeTimeoutMs, long maxBacklogBytes) {
        return new ServeSettings(
                ServeAddress.loopback(0),
                speed,
                Duration.ofSeconds(seconds).toNanos(),
                true,
                Duration.ofMillis(subscribeTimeoutMs).toNanos(),
                SETTLE_NS,
                Duration.ofSeconds(10).toNanos(),
                maxBacklogBytes);
    }

    static void assertNumbered(List<String> messages) throws IOException {
        long expected = 0;
        for (final String message : messages) {
            final JsonNode json = FeedClient.json(message);
            if (json.has("channel")) {
                assertEquals(expected++, json.get("sequence_num").longValue(), message.substring(0, 100));
            }
        }
    }

    /** The books that a client's messages make; every book must begin with a snapshot and never cross. */
    static Map<String, ReplayedBook> books(List<String> messages) throws IOException {
        final Map<String, ReplayedBook> books = new HashMap<>();
        for (final String message : messages) {
            final JsonNode json = FeedClient.json(message);
            if (json.path("channel").asText().equals("l2_data")) {
                final JsonNode event = json.get("events").get(0);
                final ReplayedBook book =
                        books.computeIfAbsent(event.get("product_id").textValue(), name -> new ReplayedBook());
                book.apply(event);
                assertTrue(book.begun(), "an update before the snapshot");
                assertFalse(book.crossed());
            }
        }
        return books;
    }

    static Map<String, Integer> channels(List<String> messages) throws IOException {
        final Map<String, Integer> channels = new HashMap<>();
        for (final String message : messages) {
            final JsonNode json = FeedClient.json(message);
            channels.merge(json.path("channel").asText(json.path("type").asText()), 1, Integer::sum);
        }
        return channels;
    }
}
