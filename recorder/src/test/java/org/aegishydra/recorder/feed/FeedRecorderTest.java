package org.aegishydra.recorder.feed;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import jakarta.websocket.CloseReason;
import jakarta.websocket.CloseReason.CloseCodes;
import jakarta.websocket.Session;
import java.io.IOException;
import java.net.ServerSocket;
import java.net.URI;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.TimeUnit;
import java.util.function.BooleanSupplier;
import org.aegishydra.core.journal.DiskGuard;
import org.aegishydra.core.journal.Journal;
import org.aegishydra.core.journal.JournalException;
import org.aegishydra.core.journal.JournalFormat;
import org.aegishydra.core.journal.RecordKind;
import org.aegishydra.recorder.JournalRecords;
import org.aegishydra.recorder.JournalRecords.Entry;
import org.aegishydra.recorder.feed.ScriptedServer.Script;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

@Timeout(120)
class FeedRecorderTest {
    private static final BackOff.Limits FAST = new BackOff.Limits(Duration.ofMillis(5), Duration.ofMillis(50));

    @TempDir
    Path directory;

    private final List<String> sayings = Collections.synchronizedList(new ArrayList<>());

    private static FeedSettings settings(Feed feed, URI url, Duration untilIdle) {
        final FeedLimits limits =
                new FeedLimits(16, Duration.ofSeconds(10), Duration.ofSeconds(10), Duration.ofSeconds(60), FAST);
        return new FeedSettings(feed, url, List.of("BTC-USD"), feed.channels(), limits, null, untilIdle, null);
    }

    private FeedRecorder recorder(FeedSettings settings) {
        return new FeedRecorder(
                settings,
                FeedAccess.usual(),
                Journal.create(directory, JournalFormat.MARKET),
                DiskGuard.of(directory, null),
                "test",
                sayings::add);
    }

    private static CompletableFuture<StopReason> run(FeedRecorder recorder) {
        return CompletableFuture.supplyAsync(() -> {
            try {
                return recorder.run();
            } catch (final InterruptedException e) {
                throw new CompletionException(e);
            }
        });
    }

    private void await(BooleanSupplier condition) throws InterruptedException {
        final long deadline = System.nanoTime() + TimeUnit.SECONDS.toNanos(60);
        while (!condition.getAsBoolean()) {
            assertTrue(System.nanoTime() < deadline, () -> "not within 60 s: " + sayings);
            Thread.sleep(5);
        }
    }

    /** Records until so many messages are there, then stops. */
    private List<Entry> record(Feed feed, ScriptedServer server, long messages) throws Exception {
        final FeedRecorder recorder = recorder(settings(feed, server.url(), null));
        final CompletableFuture<StopReason> ended = run(recorder);
        await(() -> recorder.messages() >= messages || ended.isDone());
        recorder.stop(StopReason.SIGNAL);
        assertEquals(StopReason.SIGNAL, ended.get(60, TimeUnit.SECONDS));
        return JournalRecords.read(directory);
    }

    private static String message(long sequence) {
        return "{\"channel\":\"heartbeats\",\"client_id\":\"\",\"timestamp\":\"2026-08-09T21:05:48Z\",\"sequence_num\":"
                + sequence + ",\"events\":[]}";
    }

    private static void send(Session client, long... sequences) throws IOException {
        for (final long sequence : sequences) {
            client.getBasicRemote().sendText(message(sequence));
        }
    }

    private static List<String> kindsAndConnections(List<Entry> entries) {
        return entries.stream()
                .map(entry -> entry.kind() + " " + entry.connection())
                .toList();
    }

    @Test
    void shouldRecordTheExactBytesBetweenItsFacts() throws Exception {
        final String text = " {\"type\":\"x\", \"note\":\"größer 漢字 \uD83D\uDE80 \\u00e9\"}\n";
        final String huge = "{\"type\":\"snapshot\",\"pad\":\"" + "ü".repeat(3 << 20) + "\"}";
        try (ScriptedServer server = new ScriptedServer(client -> {
            client.getBasicRemote().sendText(text);
            client.getBasicRemote().sendText(huge);
            client.getBasicRemote().sendText("no JSON {");
        })) {
            final long beforeNs = System.currentTimeMillis() * 1_000_000L;
            final List<Entry> entries = record(Feed.EXCHANGE, server, 3);
            assertEquals(
                    List.of(
                            "RECORDER_STARTED 0",
                            "CONNECTED 1",
                            "SUBSCRIBED 1",
                            "MESSAGE 1",
                            "MESSAGE 1",
                            "MESSAGE 1",
                            "DISCONNECTED 1",
                            "RECORDER_STOPPED 0"),
                    kindsAndConnections(entries));
            assertEquals(text, entries.get(3).text());
            assertEquals(huge, entries.get(4).text());
            assertEquals("no JSON {", entries.get(5).text());
            assertTrue(entries.get(3).wallNs() >= beforeNs);
            assertTrue(entries.get(3).monotonicNs() <= entries.get(4).monotonicNs());
            assertEquals(1001, entries.get(6).json().path("code").asInt());
            assertEquals("signal", entries.get(7).json().path("reason").asText());
            assertEquals(3, entries.get(7).json().path("messages").asInt());
            assertEquals(
                    ProcessHandle.current().pid(),
                    entries.get(0).json().path("pid").asLong());
            assertEquals(
                    List.of("{\"type\":\"subscribe\",\"product_ids\":[\"BTC-USD\"],\"channels\":"
                            + "[\"level2_batch\",\"matches\",\"ticker\",\"heartbeat\",\"status\"]}"),
                    server.received());
        }
    }

    @Test
    void shouldSubscribeToOneChannelAMessageOnAdvancedTrade() throws Exception {
        try (ScriptedServer server = new ScriptedServer(client -> send(client, 0, 1))) {
            final FeedRecorder recorder = recorder(settings(Feed.ADVANCED_TRADE, server.url(), null));
            final CompletableFuture<StopReason> ended = run(recorder);
            await(() -> recorder.messages() >= 2 && server.received().size() == 5);
            recorder.stop(StopReason.SIGNAL);
            assertEquals(StopReason.SIGNAL, ended.get(60, TimeUnit.SECONDS));
            final List<Entry> entries = JournalRecords.read(directory);
            assertEquals(
                    "{\"type\":\"subscribe\",\"product_ids\":[\"BTC-USD\"],\"channel\":\"level2\"}",
                    server.received().get(0));
            assertTrue(JournalRecords.of(RecordKind.GAP, entries).isEmpty());
        }
    }

    @Test
    void shouldConnectAgainWhenTheServerLeaves() throws Exception {
        final String text = "{\"type\":\"heartbeat\"}";
        try (ScriptedServer server = new ScriptedServer(
                client -> {
                    client.getBasicRemote().sendText(text);
                    client.close(new CloseReason(CloseCodes.SERVICE_RESTART, "maintenance"));
                },
                client -> {
                    client.getBasicRemote().sendText(text);
                    client.getBasicRemote().sendText(text);
                })) {
            final List<Entry> entries = record(Feed.EXCHANGE, server, 3);
            assertEquals(
                    List.of(
                            "RECORDER_STARTED 0",
                            "CONNECTED 1",
                            "SUBSCRIBED 1",
                            "MESSAGE 1",
                            "DISCONNECTED 1",
                            "CONNECTED 2",
                            "SUBSCRIBED 2",
                            "MESSAGE 2",
                            "MESSAGE 2",
                            "DISCONNECTED 2",
                            "RECORDER_STOPPED 0"),
                    kindsAndConnections(entries));
            assertEquals(1012, entries.get(4).json().path("code").asInt());
            assertEquals("maintenance", entries.get(4).json().path("reason").asText());
        }
    }

    @Test
    void shouldComeThroughAServerThatLeavesAmidTheSubscriptions() throws Exception {
        final Script leave = client -> client.close(new CloseReason(CloseCodes.TRY_AGAIN_LATER, "busy"));
        final Script[] scripts = new Script[20];
        Arrays.fill(scripts, leave);
        scripts[19] = client -> send(client, 0, 1);
        try (ScriptedServer server = new ScriptedServer(scripts)) {
            final List<Entry> entries = record(Feed.ADVANCED_TRADE, server, 2);
            assertEquals(20, JournalRecords.of(RecordKind.CONNECTED, entries).size());
            assertEquals(20, JournalRecords.of(RecordKind.DISCONNECTED, entries).size());
            assertTrue(JournalRecords.of(RecordKind.GAP, entries).isEmpty());
        }
    }

    @Test
    void shouldNoteAHoleAndConnectAgainForFreshSnapshots() throws Exception {
        try (ScriptedServer server =
                new ScriptedServer(client -> send(client, 0, 1, 4), client -> send(client, 0, 1))) {
            final List<Entry> entries = record(Feed.ADVANCED_TRADE, server, 5);
            final List<Entry> gaps = JournalRecords.of(RecordKind.GAP, entries);
            assertEquals(1, gaps.size());
            assertEquals(
                    "{\"channel\":\"heartbeats\",\"expected\":2,\"got\":4}",
                    gaps.get(0).text());
            final int at = entries.indexOf(gaps.get(0));
            assertEquals(message(4), entries.get(at - 1).text(), "the message is recorded before it is looked into");
            assertEquals(2, JournalRecords.of(RecordKind.CONNECTED, entries).size());
        }
    }

    @Test
    void shouldReportAnErrorAnswerAndGoOn() throws Exception {
        final String error =
                "{\"type\":\"error\",\"message\":\"Failed to subscribe\",\"reason\":\"X-Y is not a valid product\"}";
        try (ScriptedServer server = new ScriptedServer(client -> {
            client.getBasicRemote().sendText(error);
            send(client, 0);
        })) {
            final FeedRecorder recorder = recorder(settings(Feed.ADVANCED_TRADE, server.url(), null));
            final CompletableFuture<StopReason> ended = run(recorder);
            await(() -> recorder.messages() >= 2 && sayings.contains("the server answers: " + error));
            recorder.stop(StopReason.SIGNAL);
            assertEquals(StopReason.SIGNAL, ended.get(60, TimeUnit.SECONDS));
            final List<Entry> entries = JournalRecords.read(directory);
            assertEquals(error, entries.get(3).text());
            assertEquals(message(0), entries.get(4).text());
        }
    }

    @Test
    void shouldKeepTryingAServerThatIsNotThere() throws Exception {
        final URI nobody;
        try (ServerSocket socket = new ServerSocket(0, 1, java.net.InetAddress.getLoopbackAddress())) {
            nobody = URI.create("ws://127.0.0.1:" + socket.getLocalPort() + "/");
        }
        final FeedRecorder recorder = recorder(settings(Feed.ADVANCED_TRADE, nobody, null));
        final CompletableFuture<StopReason> ended = run(recorder);
        await(() -> sayings.stream()
                                .filter(line -> line.startsWith("cannot connect"))
                                .count()
                        >= 3
                || ended.isDone());
        recorder.stop(StopReason.SIGNAL);
        assertEquals(StopReason.SIGNAL, ended.get(60, TimeUnit.SECONDS));
        assertEquals(
                List.of("RECORDER_STARTED 0", "RECORDER_STOPPED 0"),
                kindsAndConnections(JournalRecords.read(directory)));
    }

    @Test
    void shouldEndWhenNothingComesAnyMore() throws Exception {
        try (ScriptedServer server = new ScriptedServer(client -> send(client, 0, 1))) {
            final FeedRecorder recorder = recorder(settings(Feed.ADVANCED_TRADE, server.url(), Duration.ofMillis(700)));
            assertEquals(StopReason.IDLE, run(recorder).get(60, TimeUnit.SECONDS));
            assertEquals(2, recorder.messages());
        }
    }

    @Test
    void shouldRefuseAJournalThatIsBeingWritten() throws Exception {
        final FeedSettings settings = settings(Feed.EXCHANGE, URI.create("ws://127.0.0.1:9"), null);
        try (AutoCloseable writer =
                Journal.create(directory, JournalFormat.MARKET).appender()) {
            assertTrue(writer != null);
            final JournalException refused = assertThrows(JournalException.class, () -> recorder(settings));
            assertTrue(refused.getMessage()
                    .contains("process " + ProcessHandle.current().pid()));
        }
    }

    @Test
    void shouldKeepSecretsOfTheAddressOutOfTheJournal() {
        final FeedSettings settings =
                settings(Feed.EXCHANGE, URI.create("wss://user:secret@host:9/feed?key=secret"), null);
        assertEquals("wss://host:9/feed", settings.publicUrl());
        assertFalse(settings.toFact().toString().contains("secret"));
    }
}
