package org.aegishydra.replayer.server;

import static org.aegishydra.replayer.server.Served.MAX;
import static org.aegishydra.replayer.server.Served.assertNumbered;
import static org.aegishydra.replayer.server.Served.books;
import static org.aegishydra.replayer.server.Served.channels;
import static org.aegishydra.replayer.server.Served.market;
import static org.aegishydra.replayer.server.Served.settings;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.util.List;
import java.util.Map;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import org.aegishydra.replayer.synthetic.SyntheticSettings;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(60)
class MarketServerTest {
    private final BlockingQueue<String> log = new LinkedBlockingQueue<>();

    private MarketServer serve(SyntheticSettings market, ServeSettings settings) throws IOException {
        final MarketServer server = MarketServer.of(market, settings, log::add);
        server.start();
        return server;
    }

    @Test
    void shouldServeSnapshotsThenUpdatesNumberedOnItsOwn() throws Exception {
        try (MarketServer server = serve(market(1, 200, 100), settings(MAX, 20, 5_000, 1 << 20));
                FeedClient client = FeedClient.connect(server)) {
            client.subscribe("heartbeats")
                    .subscribe("level2", "BTC-USD", "ETH-USD")
                    .subscribe("market_trades", "ETH-USD")
                    .subscribe("status");
            assertEquals(1000, client.awaitClose());
            server.awaitEnd();
            final List<String> messages = client.messages();
            assertNumbered(messages);
            assertEquals(2, books(messages).size());
            final Map<String, Integer> channels = channels(messages);
            assertEquals(20, channels.get("heartbeats"));
            assertEquals(1, channels.get("status"));
            assertEquals(4, channels.get("subscriptions"));
            assertTrue(channels.get("l2_data") > 1_000);
            assertTrue(channels.get("market_trades") > 10);
            assertFalse(channels.containsKey("ticker"));
            assertTrue(messages.stream()
                    .filter(message -> message.startsWith("{\"channel\":\"market_trades\""))
                    .allMatch(message -> message.contains("\"ETH-USD\"") && !message.contains("\"BTC-USD\"")));
            assertTrue(
                    messages.stream()
                            .anyMatch(
                                    message -> message.endsWith(
                                            "\"events\":[{\"subscriptions\":{\"heartbeats\":[\"heartbeats\"],"
                                                    + "\"level2\":[\"BTC-USD\",\"ETH-USD\"],\"market_trades\":[\"ETH-USD\"],\"status\":[\"status\"]}}]}")));
            assertEquals(messages.size(), server.sentMessages());
        }
    }

    @Test
    void shouldStampMessagesWithTheTimeAtWhichTheyAreDue() throws Exception {
        try (MarketServer server = serve(market(1, 50, 60), settings(1, 3, 5_000, 1 << 20));
                FeedClient client = FeedClient.connect(server)) {
            final long beforeMs = System.currentTimeMillis();
            client.subscribe("heartbeats");
            assertEquals(1000, client.awaitClose());
            final long afterMs = System.currentTimeMillis();
            final List<String> messages = client.messages();
            assertEquals(Map.of("subscriptions", 1, "heartbeats", 3), channels(messages));
            final long stampMs = java.time.Instant.parse(
                            FeedClient.json(messages.get(3)).get("timestamp").textValue())
                    .toEpochMilli();
            assertTrue(stampMs >= beforeMs + 2_990 && stampMs <= afterMs + 10, "stamped " + stampMs);
        }
    }

    @Test
    void shouldGiveALateClientTheBookThatTheOthersHave() throws Exception {
        try (MarketServer server = serve(market(1, 300, 200), settings(10, 3_600, 5_000, 8 << 20));
                FeedClient early = FeedClient.connect(server);
                FeedClient late = FeedClient.connect(server)) {
            early.subscribe("level2", "BTC-USD", "ETH-USD");
            early.awaitMessages(500);
            late.subscribe("level2", "ETH-USD");
            late.awaitMessages(50);
            late.subscribe("level2", "BTC-USD");
            int seen = 0;
            while (books(late.messages()).size() < 2 || late.messages().size() < seen + 200) {
                seen = books(late.messages()).size() < 2 ? late.messages().size() : seen;
                late.awaitMessages(late.messages().size() + 1);
            }
            final List<String> got = late.messages();
            assertNumbered(got);
            final List<String> expected = upTo(early, events(got.get(got.size() - 1)));
            for (final String product : List.of("BTC-USD", "ETH-USD")) {
                assertEquals(
                        books(expected).get(product).bids(),
                        books(got).get(product).bids());
                assertEquals(
                        books(expected).get(product).asks(),
                        books(got).get(product).asks());
            }
            assertTrue(got.size() < expected.size() - 400);
        }
    }

    private static String events(String message) {
        return message.substring(message.indexOf("\"events\""));
    }

    /** What a client has, or is about to have, up to the message with these events. */
    private static List<String> upTo(FeedClient client, String events) throws InterruptedException {
        for (int i = 0; ; i++) {
            final List<String> messages = client.awaitMessages(i + 1);
            if (events(messages.get(i)).equals(events)) {
                return messages.subList(0, i + 1);
            }
        }
    }

    @Test
    void shouldStopSendingWhatIsUnsubscribed() throws Exception {
        try (MarketServer server = serve(market(1, 300, 60), settings(5, 3_600, 5_000, 8 << 20));
                FeedClient client = FeedClient.connect(server)) {
            client.subscribe("level2", "BTC-USD").subscribe("heartbeats").awaitMessages(50);
            client.send("{\"type\":\"unsubscribe\",\"channel\":\"level2\",\"product_ids\":[\"BTC-USD\"]}");
            int answered = 0;
            while (answered == 0) {
                final List<String> messages =
                        client.awaitMessages(client.messages().size() + 1);
                for (int i = 3; i < messages.size(); i++) {
                    answered = messages.get(i).contains("{\"subscriptions\":{\"heartbeats\":[\"heartbeats\"]}}")
                            ? i
                            : answered;
                }
            }
            final List<String> messages = client.awaitMessages(answered + 6);
            assertEquals(
                    Map.of("heartbeats", messages.size() - answered - 1),
                    channels(messages.subList(answered + 1, messages.size())));
            assertNumbered(messages);
        }
    }

    @Test
    void shouldDisconnectWhoDoesNotSubscribeInTime() throws Exception {
        try (MarketServer server = serve(market(1, 50, 60), settings(MAX, 5, 3_000, 1 << 20));
                FeedClient silent = FeedClient.connect(server);
                FeedClient wrong = FeedClient.connect(server)) {
            wrong.subscribe("level2", "XYZ-USD");
            assertEquals(1008, silent.awaitClose());
            assertEquals(List.of(), silent.messages());
            assertEquals(1008, wrong.awaitClose());
            assertEquals(
                    List.of("{\"type\":\"error\",\"message\":\"XYZ-USD is not a valid product\"}"), wrong.messages());
            assertEquals(0, server.served());
        }
    }

    @Test
    void shouldAnswerWrongRequestsWithErrorsThatHaveNoNumber() throws Exception {
        try (MarketServer server = serve(market(1, 50, 60), settings(1, 60, 20_000, 1 << 20));
                FeedClient client = FeedClient.connect(server)) {
            client.send("{\"type\":\"hello\"}")
                    .send("{{")
                    .send("[]")
                    .subscribe("user")
                    .subscribe("nonsense", "BTC-USD");
            client.subscribe("ticker", "BTC-USD");
            final List<String> messages = client.awaitMessages(7);
            assertEquals(
                    List.of(
                            "{\"type\":\"error\",\"message\":\"subscribe or unsubscribe required\"}",
                            "{\"type\":\"error\",\"message\":\"Malformed JSON\"}",
                            "{\"type\":\"error\",\"message\":\"subscribe or unsubscribe required\"}",
                            "{\"type\":\"error\",\"message\":\"authentication failure\"}",
                            "{\"type\":\"error\",\"message\":\"authentication failure\"}"),
                    messages.subList(0, 5));
            assertEquals(
                    "ticker", FeedClient.json(messages.get(5)).get("channel").textValue());
            assertNumbered(messages);
        }
    }
}
