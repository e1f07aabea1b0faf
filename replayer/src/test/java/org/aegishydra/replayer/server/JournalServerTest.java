package org.aegishydra.replayer.server;

import static org.aegishydra.replayer.server.Served.MAX;
import static org.aegishydra.replayer.server.Served.START_NS;
import static org.aegishydra.replayer.server.Served.assertNumbered;
import static org.aegishydra.replayer.server.Served.books;
import static org.aegishydra.replayer.server.Served.market;
import static org.aegishydra.replayer.server.Served.settings;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.aegishydra.core.command.UsageException;
import org.aegishydra.core.journal.Dialect;
import org.aegishydra.core.journal.Journal;
import org.aegishydra.core.journal.JournalAppender;
import org.aegishydra.core.journal.JournalFormat;
import org.aegishydra.core.journal.RecordKind;
import org.aegishydra.replayer.synthetic.ReplayedBook;
import org.aegishydra.replayer.synthetic.SyntheticMarket;
import org.aegishydra.replayer.synthetic.SyntheticRecording;
import org.aegishydra.replayer.synthetic.SyntheticSettings;
import org.agrona.concurrent.UnsafeBuffer;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

@Timeout(60)
class JournalServerTest {
    private static List<String> record(Journal journal, SyntheticSettings settings) {
        try (JournalAppender appender = journal.appender()) {
            new SyntheticRecording(appender, settings).write("test", elapsedNs -> {}, () -> false);
        }
        final List<String> messages = new ArrayList<>();
        final SyntheticMarket market = new SyntheticMarket(settings);
        while (market.next()) {
            messages.add(market.message()
                    .buffer()
                    .getStringWithoutLengthUtf8(0, market.message().length()));
        }
        return messages;
    }

    private static String withoutNumber(String message) {
        return message.replaceFirst("\"sequence_num\":\\d+", "\"sequence_num\":");
    }

    @Test
    void shouldServeAJournalByteForByteButForTheNumbers(@TempDir Path directory) throws Exception {
        final Journal journal = Journal.create(directory, JournalFormat.MARKET);
        final List<String> recorded = record(journal, market(60, 300, 500));
        try (MarketServer server = MarketServer.of(
                        journal,
                        StartPosition.BEGINNING,
                        settings(MAX, Integer.MAX_VALUE, 5_000, 1 << 20),
                        line -> {});
                FeedClient client = connect(server)) {
            for (final String channel : List.of("level2", "market_trades", "ticker")) {
                client.subscribe(channel, "BTC-USD", "ETH-USD");
            }
            client.subscribe("heartbeats").subscribe("status");
            assertEquals(1000, client.awaitClose());
            final List<String> received = client.messages();
            assertNumbered(received);
            assertEquals(
                    recorded.stream()
                            .filter(message -> !isHeartbeat(message))
                            .map(JournalServerTest::withoutNumber)
                            .toList(),
                    received.subList(5, received.size()).stream()
                            .filter(message -> !isHeartbeat(message))
                            .map(JournalServerTest::withoutNumber)
                            .toList());
            assertHeartbeats(59, received);
        }
    }

    private static FeedClient connect(MarketServer server) throws Exception {
        server.start();
        return FeedClient.connect(server);
    }

    private static boolean isHeartbeat(String message) {
        return message.startsWith("{\"channel\":\"heartbeats\"");
    }

    /** One a second of event time, numbered without a hole. */
    private static void assertHeartbeats(int least, List<String> messages) throws IOException {
        long counter = 0;
        Instant time = null;
        for (final String message : messages) {
            if (isHeartbeat(message)) {
                final JsonNode heartbeat = FeedClient.json(message);
                final Instant stamp = Instant.parse(heartbeat.get("timestamp").textValue());
                assertEquals(
                        ++counter,
                        heartbeat.get("events").get(0).get("heartbeat_counter").longValue());
                assertEquals(time == null ? stamp : time.plusSeconds(1), stamp);
                time = stamp;
            }
        }
        assertTrue(counter >= least, counter + " heartbeats");
    }

    @Test
    void shouldGiveALateSubscriberTheBooksAsTheyAre(@TempDir Path directory) throws Exception {
        final Journal journal = Journal.create(directory, JournalFormat.MARKET);
        final List<String> recorded = record(journal, market(30, 100, 100));
        try (MarketServer server = MarketServer.of(
                        journal,
                        StartPosition.BEGINNING,
                        settings(20, Integer.MAX_VALUE, 5_000, 64 << 20),
                        line -> {});
                FeedClient client = connect(server)) {
            client.subscribe("level2", "BTC-USD");
            client.awaitMessages(100);
            client.subscribe("level2", "ETH-USD");
            client.awaitMessages(client.messages().size() + 100);
            client.send("{\"type\":\"unsubscribe\",\"channel\":\"level2\",\"product_ids\":[\"BTC-USD\"]}");
            client.subscribe("level2", "BTC-USD");
            client.subscribe("market_trades", "BTC-USD");
            client.subscribe("ticker", "BTC-USD");
            client.subscribe("status");
            assertEquals(1000, client.awaitClose());
            final List<String> messages = client.messages();
            assertNumbered(messages);
            final Map<String, ReplayedBook> expected = books(recorded);
            final Map<String, ReplayedBook> got = books(messages);
            for (final String product : List.of("BTC-USD", "ETH-USD")) {
                assertEquals(expected.get(product).bids(), got.get(product).bids());
                assertEquals(expected.get(product).asks(), got.get(product).asks());
            }
            assertEquals(
                    List.of(
                            "l2_data BTC-USD",
                            "l2_data ETH-USD",
                            "l2_data BTC-USD",
                            "market_trades",
                            "ticker",
                            "status"),
                    snapshots(messages));
            assertTrue(
                    messages.indexOf(messages.stream()
                                    .filter(message -> message.contains("snapshot") && message.contains("ETH-USD"))
                                    .findFirst()
                                    .orElseThrow())
                            >= 100,
                    "it began again");
        }
    }

    /** Channel, and product where the event has one, of every message that a subscription begins with. */
    private static List<String> snapshots(List<String> messages) throws IOException {
        final List<String> snapshots = new ArrayList<>();
        for (final String message : messages) {
            final JsonNode json = FeedClient.json(message);
            final JsonNode event = json.path("events").path(0);
            if (event.path("type").asText().equals("snapshot")) {
                snapshots.add((json.get("channel").textValue() + " "
                                + event.path("product_id").asText())
                        .trim());
            }
        }
        return snapshots;
    }

    @Test
    void shouldServeSeveralClientsAtPositionsOfTheirOwn(@TempDir Path directory) throws Exception {
        final Journal journal = Journal.create(directory, JournalFormat.MARKET);
        final List<String> recorded = record(journal, market(20, 200, 100));
        try (MarketServer server = MarketServer.of(
                        journal,
                        StartPosition.BEGINNING,
                        settings(10, Integer.MAX_VALUE, 5_000, 64 << 20),
                        line -> {});
                FeedClient first = connect(server);
                FeedClient second = FeedClient.connect(server)) {
            first.subscribe("level2", "BTC-USD", "ETH-USD").awaitMessages(500);
            second.subscribe("level2", "BTC-USD", "ETH-USD");
            second.awaitMessages(20);
            assertTrue(
                    second.messages().size() < first.messages().size(), "the second one began where the first one was");
            assertEquals(1000, first.awaitClose());
            assertEquals(1000, second.awaitClose());
            assertEquals(first.messages().size(), second.messages().size());
            assertEquals(
                    books(recorded).get("BTC-USD").bids(),
                    books(second.messages()).get("BTC-USD").bids());
        }
    }

    @Test
    void shouldBeginAtALaterPositionWithTheBooksOfThen(@TempDir Path directory) throws Exception {
        final Journal journal = Journal.create(directory, JournalFormat.MARKET);
        final List<String> recorded = record(journal, market(30, 100, 100));
        for (final String from : List.of("1500", "2026-01-05T00:00:15.5Z")) {
            try (MarketServer server = MarketServer.of(
                            journal,
                            StartPosition.of(journal, from),
                            settings(MAX, Integer.MAX_VALUE, 5_000, 1 << 20),
                            line -> {});
                    FeedClient client = connect(server)) {
                client.subscribe("level2", "BTC-USD", "ETH-USD").subscribe("market_trades", "BTC-USD");
                assertEquals(1000, client.awaitClose());
                final List<String> messages = client.messages();
                assertNumbered(messages);
                assertEquals(List.of("l2_data BTC-USD", "l2_data ETH-USD", "market_trades"), snapshots(messages));
                assertTrue(messages.size() < recorded.size() * 2 / 3, messages.size() + " messages");
                assertEquals(
                        books(recorded).get("ETH-USD").asks(),
                        books(messages).get("ETH-USD").asks());
            }
        }
        for (final String wrong : List.of("0", "99999999", "2026-01-06T00:00:00Z", "noon")) {
            assertThrows(UsageException.class, () -> StartPosition.of(journal, wrong), wrong);
        }
    }

    @Test
    void shouldServeTheExchangeDialect(@TempDir Path directory) throws Exception {
        final List<String> recorded = List.of(
                "{\"type\":\"subscriptions\",\"channels\":[]}",
                "{\"type\":\"snapshot\",\"product_id\":\"BTC-USD\",\"asks\":[[\"2\",\"1\"]],\"bids\":[[\"1\",\"1\"]]}",
                "{\"type\":\"l2update\",\"product_id\":\"BTC-USD\",\"changes\":[[\"buy\",\"1\",\"0.5\"]],\"time\":\"2026-01-01T00:00:00.5Z\"}",
                "{\"trade_id\":7,\"product_id\":\"BTC-USD\",\"note\":\"ä€😀\",\"price\":\"1\",\"side\":\"buy\",\"size\":\"1\",\"type\":\"match\"}",
                "{\"type\":\"ticker\",\"product_id\":\"BTC-USD\",\"price\":\"1\"}",
                "{\"type\":\"match\",\"product_id\":\"ETH-USD\",\"price\":\"1\"}");
        final Journal journal = Journal.create(directory, JournalFormat.MARKET);
        try (JournalAppender appender = journal.appender()) {
            for (final String message : recorded) {
                final byte[] utf8 = message.getBytes(StandardCharsets.UTF_8);
                appender.append(
                        RecordKind.MESSAGE, Dialect.EXCHANGE, 1, START_NS, 0, new UnsafeBuffer(utf8), 0, utf8.length);
            }
        }
        try (MarketServer server = MarketServer.of(
                        journal,
                        StartPosition.BEGINNING,
                        settings(MAX, Integer.MAX_VALUE, 5_000, 1 << 20),
                        line -> {});
                FeedClient client = connect(server)) {
            client.send("{\"type\":\"subscribe\",\"product_ids\":[\"BTC-USD\"],\"channels\":[]}");
            client.send("{\"type\":\"subscribe\",\"product_ids\":[\"LTC-USD\"],\"channels\":[\"level2\"]}");
            client.send("{\"type\":\"subscribe\",\"product_ids\":[\"BTC-USD\"],"
                    + "\"channels\":[\"level2_batch\",{\"name\":\"matches\",\"product_ids\":[\"BTC-USD\"]}]}");
            assertEquals(1000, client.awaitClose());
            assertEquals(
                    List.of(
                            "{\"type\":\"error\",\"message\":\"Failed to subscribe\",\"reason\":\"No channels provided\"}",
                            "{\"type\":\"error\",\"message\":\"Failed to subscribe\",\"reason\":\"LTC-USD is not a valid product\"}",
                            "{\"type\":\"subscriptions\",\"channels\":[{\"name\":\"level2_batch\",\"product_ids\":[\"BTC-USD\"]},"
                                    + "{\"name\":\"matches\",\"product_ids\":[\"BTC-USD\"]}]}",
                            recorded.get(1),
                            recorded.get(2),
                            recorded.get(3)),
                    client.messages());
        }
    }

    @Test
    void shouldRefuseAJournalWithoutMessages(@TempDir Path directory) {
        final Journal journal = Journal.create(directory, JournalFormat.MARKET);
        try (JournalAppender appender = journal.appender()) {
            appender.append(
                    RecordKind.CONNECTED,
                    Dialect.EXCHANGE,
                    1,
                    START_NS,
                    0,
                    new UnsafeBuffer(new byte[] {'{', '}'}),
                    0,
                    2);
        }
        final ServeSettings settings = settings(MAX, 1, 5_000, 1 << 20);
        assertThrows(
                UsageException.class, () -> MarketServer.of(journal, StartPosition.BEGINNING, settings, line -> {}));
    }
}
