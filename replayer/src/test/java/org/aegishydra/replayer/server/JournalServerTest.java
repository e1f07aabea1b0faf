package org.aegishydra.replayer.server;

import static org.aegishydra.replayer.server.Served.MAX;
import static org.aegishydra.replayer.server.Served.START_NS;
import static org.aegishydra.replayer.server.Served.assertNumbered;
import static org.aegishydra.replayer.server.Served.books;
import static org.aegishydra.replayer.server.Served.market;
import static org.aegishydra.replayer.server.Served.settings;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.aegishydra.core.command.UsageException;
import org.aegishydra.core.journal.Dialect;
import org.aegishydra.core.journal.Journal;
import org.aegishydra.core.journal.JournalAppender;
import org.aegishydra.core.journal.JournalFormat;
import org.aegishydra.core.journal.RecordKind;
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
        try (MarketServer server =
                        MarketServer.of(journal, settings(MAX, Integer.MAX_VALUE, 5_000, 1 << 20), line -> {});
                FeedClient client = connect(server)) {
            for (final String channel : List.of("level2", "market_trades", "ticker")) {
                client.subscribe(channel, "BTC-USD", "ETH-USD");
            }
            client.subscribe("heartbeats").subscribe("status");
            assertEquals(1000, client.awaitClose());
            final List<String> received = client.messages();
            assertNumbered(received);
            assertEquals(
                    recorded.stream().map(JournalServerTest::withoutNumber).toList(),
                    received.subList(5, received.size()).stream()
                            .map(JournalServerTest::withoutNumber)
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
                        MarketServer.of(journal, settings(20, Integer.MAX_VALUE, 5_000, 1 << 20), line -> {});
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
                        MarketServer.of(journal, settings(MAX, Integer.MAX_VALUE, 5_000, 1 << 20), line -> {});
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
        assertThrows(UsageException.class, () -> MarketServer.of(journal, settings, line -> {}));
    }
}
