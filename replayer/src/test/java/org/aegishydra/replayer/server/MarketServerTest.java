package org.aegishydra.replayer.server;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import org.aegishydra.core.command.UsageException;
import org.aegishydra.core.journal.Dialect;
import org.aegishydra.core.journal.Journal;
import org.aegishydra.core.journal.JournalAppender;
import org.aegishydra.core.journal.JournalFormat;
import org.aegishydra.core.journal.RecordKind;
import org.aegishydra.replayer.pace.Pace;
import org.aegishydra.replayer.synthetic.ReplayedBook;
import org.aegishydra.replayer.synthetic.SyntheticMarket;
import org.aegishydra.replayer.synthetic.SyntheticProduct;
import org.aegishydra.replayer.synthetic.SyntheticRecording;
import org.aegishydra.replayer.synthetic.SyntheticSettings;
import org.agrona.concurrent.UnsafeBuffer;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

@Timeout(60)
class MarketServerTest {
    private static final long START_NS = 1_767_571_200_000_000_000L;
    private static final long SETTLE_NS = Duration.ofMillis(300).toNanos();

    private static final List<String> HANDSHAKE = List.of(
            "GET / HTTP/1.1",
            "Host: localhost",
            "Upgrade: websocket",
            "Connection: Upgrade",
            "Sec-WebSocket-Key: dGhlIHNhbXBsZSBub25jZQ==",
            "Sec-WebSocket-Version: 13",
            "",
            "");

    private final BlockingQueue<String> log = new LinkedBlockingQueue<>();

    private static SyntheticSettings market(int seconds, double rate, int levels) {
        return new SyntheticSettings(
                5,
                List.of(SyntheticProduct.parse("BTC-USD"), SyntheticProduct.parse("ETH-USD")),
                START_NS,
                Duration.ofSeconds(seconds).toNanos(),
                rate,
                levels);
    }

    private static ServeSettings settings(Pace pace, int seconds, int subscribeTimeoutMs, long maxBacklogBytes) {
        return new ServeSettings(
                0,
                pace,
                Duration.ofSeconds(seconds).toNanos(),
                true,
                Duration.ofMillis(subscribeTimeoutMs).toNanos(),
                SETTLE_NS,
                Duration.ofSeconds(10).toNanos(),
                maxBacklogBytes);
    }

    private MarketServer serve(SyntheticSettings market, ServeSettings settings) throws IOException {
        final MarketServer server = MarketServer.of(market, settings, log::add);
        server.start();
        return server;
    }

    private static void assertNumbered(List<String> messages) throws IOException {
        long expected = 0;
        for (final String message : messages) {
            final JsonNode json = FeedClient.json(message);
            if (json.has("channel")) {
                assertEquals(expected++, json.get("sequence_num").longValue(), message.substring(0, 100));
            }
        }
    }

    /** The books that a client's messages make; every book must begin with a snapshot and never cross. */
    private static Map<String, ReplayedBook> books(List<String> messages) throws IOException {
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

    private static Map<String, Integer> channels(List<String> messages) throws IOException {
        final Map<String, Integer> channels = new HashMap<>();
        for (final String message : messages) {
            final JsonNode json = FeedClient.json(message);
            channels.merge(json.path("channel").asText(json.path("type").asText()), 1, Integer::sum);
        }
        return channels;
    }

    @Test
    void shouldServeSnapshotsThenUpdatesNumberedOnItsOwn() throws Exception {
        try (MarketServer server = serve(market(1, 200, 100), settings(Pace.MAX, 20, 5_000, 1 << 20));
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
        try (MarketServer server = serve(market(1, 50, 60), settings(Pace.REAL_TIME, 3, 5_000, 1 << 20));
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
        try (MarketServer server = serve(market(1, 300, 200), settings(new Pace(10), 30, 5_000, 8 << 20));
                FeedClient early = FeedClient.connect(server);
                FeedClient late = FeedClient.connect(server)) {
            early.subscribe("level2", "BTC-USD", "ETH-USD");
            early.awaitMessages(500);
            late.subscribe("level2", "ETH-USD");
            late.awaitMessages(50);
            late.subscribe("level2", "BTC-USD");
            assertEquals(1000, early.awaitClose());
            assertEquals(1000, late.awaitClose());
            assertNumbered(late.messages());
            final Map<String, ReplayedBook> expected = books(early.messages());
            final Map<String, ReplayedBook> got = books(late.messages());
            for (final String product : List.of("BTC-USD", "ETH-USD")) {
                assertEquals(expected.get(product).bids(), got.get(product).bids());
                assertEquals(expected.get(product).asks(), got.get(product).asks());
            }
            assertTrue(late.messages().size() < early.messages().size() - 400);
        }
    }

    @Test
    void shouldStopSendingWhatIsUnsubscribed() throws Exception {
        try (MarketServer server = serve(market(1, 300, 60), settings(new Pace(5), 3_600, 5_000, 8 << 20));
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
        try (MarketServer server = serve(market(1, 50, 60), settings(Pace.MAX, 5, 200, 1 << 20));
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
        try (MarketServer server = serve(market(1, 50, 60), settings(Pace.REAL_TIME, 60, 20_000, 1 << 20));
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
                            "{\"type\":\"error\",\"message\":\"nonsense is not a valid channel\"}"),
                    messages.subList(0, 5));
            assertEquals(
                    "ticker", FeedClient.json(messages.get(5)).get("channel").textValue());
            assertNumbered(messages);
        }
    }

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
        try (MarketServer server =
                        MarketServer.of(journal, settings(Pace.MAX, Integer.MAX_VALUE, 5_000, 1 << 20), log::add);
                FeedClient client = connect(server)) {
            for (final String channel : List.of("level2", "market_trades", "ticker")) {
                client.subscribe(channel, "BTC-USD", "ETH-USD");
            }
            client.subscribe("heartbeats").subscribe("status");
            assertEquals(1000, client.awaitClose());
            final List<String> received = client.messages();
            assertNumbered(received);
            assertEquals(
                    recorded.stream().map(MarketServerTest::withoutNumber).toList(),
                    received.subList(5, received.size()).stream()
                            .map(MarketServerTest::withoutNumber)
                            .toList());
        }
    }

    private static FeedClient connect(MarketServer server) throws Exception {
        server.start();
        return FeedClient.connect(server);
    }

    @Test
    void shouldBeginAJournalAnewForABookThatIsAskedForLate(@TempDir Path directory) throws Exception {
        final Journal journal = Journal.create(directory, JournalFormat.MARKET);
        record(journal, market(30, 100, 100));
        try (MarketServer server =
                        MarketServer.of(journal, settings(new Pace(20), Integer.MAX_VALUE, 5_000, 1 << 20), log::add);
                FeedClient client = connect(server)) {
            client.subscribe("level2", "BTC-USD");
            client.awaitMessages(100);
            client.subscribe("level2", "ETH-USD");
            assertEquals(1000, client.awaitClose());
            assertNumbered(client.messages());
            assertEquals(2, books(client.messages()).size());
        }
    }

    @Test
    void shouldServeTheExchangeDialect(@TempDir Path directory) throws Exception {
        final List<String> recorded = List.of(
                "{\"type\":\"subscriptions\",\"channels\":[]}",
                "{\"type\":\"snapshot\",\"product_id\":\"BTC-USD\",\"asks\":[[\"2\",\"1\"]],\"bids\":[[\"1\",\"1\"]]}",
                "{\"type\":\"l2update\",\"product_id\":\"BTC-USD\",\"changes\":[[\"buy\",\"1\",\"0.5\"]],\"time\":\"2026-01-01T00:00:00.5Z\"}",
                "{\"trade_id\":7,\"product_id\":\"BTC-USD\",\"note\":\"ä€😀\",\"price\":\"1\",\"size\":\"1\",\"type\":\"match\"}",
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
        try (MarketServer server =
                        MarketServer.of(journal, settings(Pace.MAX, Integer.MAX_VALUE, 5_000, 1 << 20), log::add);
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

    /** A client that subscribes and then reads nothing. */
    private static Socket deafClient(MarketServer server) throws IOException {
        final Socket socket = new Socket(InetAddress.getLoopbackAddress(), server.port());
        final OutputStream out = socket.getOutputStream();
        out.write(String.join("\r\n", HANDSHAKE).getBytes(StandardCharsets.US_ASCII));
        String answer = "";
        while (!answer.endsWith("\r\n\r\n")) {
            answer += (char) socket.getInputStream().read();
        }
        final byte[] request = "{\"type\":\"subscribe\",\"channel\":\"level2\",\"product_ids\":[\"BTC-USD\"]}"
                .getBytes(StandardCharsets.US_ASCII);
        // A client's frame: final text frame, masked, with a mask of zeros.
        out.write(new byte[] {(byte) 0x81, (byte) (0x80 | request.length), 0, 0, 0, 0});
        out.write(request);
        return socket;
    }

    private void assertTooSlow(MarketServer server, String why) throws InterruptedException {
        final String line = log.poll(30, TimeUnit.SECONDS);
        assertTrue(line != null && line.contains("reads too slowly") && line.contains(why), line);
        server.awaitEnd();
        assertEquals(1, server.served());
    }

    @Test
    void shouldDisconnectAClientThatDoesNotKeepUp() throws Exception {
        try (MarketServer server = serve(market(1, 5_000, 5_000), settings(new Pace(10), 3_600, 5_000, 200_000));
                Socket deaf = deafClient(server)) {
            assertTooSlow(server, "waiting");
            assertFalse(deaf.isClosed());
        }
    }

    @Test
    void shouldDisconnectAClientThatDoesNotTakeAMessageAtMax() throws Exception {
        final ServeSettings impatient =
                new ServeSettings(0, Pace.MAX, Long.MAX_VALUE, true, 5_000_000_000L, 0, 300_000_000L, 200_000);
        try (MarketServer server = serve(market(1, 5_000, 5_000), impatient);
                Socket deaf = deafClient(server)) {
            assertTooSlow(server, "did not take a message");
            assertFalse(deaf.isClosed());
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
        final ServeSettings settings = settings(Pace.MAX, 1, 5_000, 1 << 20);
        assertThrows(UsageException.class, () -> MarketServer.of(journal, settings, log::add));
    }
}
