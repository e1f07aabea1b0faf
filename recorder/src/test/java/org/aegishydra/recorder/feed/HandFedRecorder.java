package org.aegishydra.recorder.feed;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import jakarta.websocket.Session;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.function.BooleanSupplier;
import java.util.function.UnaryOperator;
import org.aegishydra.core.journal.DiskGuard;
import org.aegishydra.core.journal.Journal;
import org.aegishydra.core.journal.JournalFormat;
import org.aegishydra.core.journal.RecordKind;
import org.aegishydra.recorder.JournalRecords;
import org.aegishydra.recorder.JournalRecords.Entry;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** A recorder whose connections are all in the test's hand. */
@Timeout(120)
abstract class HandFedRecorder {
    private static final BackOff.Limits FAST = new BackOff.Limits(Duration.ofMillis(5), Duration.ofMillis(50));

    @TempDir
    Path directory;

    final List<String> sayings = new CopyOnWriteArrayList<>();
    final BlockingQueue<Session> clients = new LinkedBlockingQueue<>();
    final List<CompletableFuture<StopReason>> running = new ArrayList<>();
    volatile long aheadNs;
    ScriptedServer server;
    FeedRecorder recorder;

    @BeforeEach
    void startServer() throws Exception {
        server = new ScriptedServer(clients::add);
    }

    @AfterEach
    void stopAll() throws Exception {
        if (recorder != null) {
            recorder.stop(StopReason.SIGNAL);
        }
        for (final CompletableFuture<StopReason> run : running) {
            run.get(60, TimeUnit.SECONDS);
        }
        server.close();
    }

    void record(Duration overlap, UnaryOperator<RecordSink> beforeJournal, String... products) {
        final FeedLimits limits = new FeedLimits(2, Duration.ofSeconds(60), overlap, Duration.ofSeconds(60), FAST);
        final FeedSettings settings = new FeedSettings(
                Feed.ADVANCED_TRADE,
                server.url(),
                List.of(products),
                List.of("level2", "market_trades"),
                limits,
                null,
                null,
                null);
        recorder = new FeedRecorder(
                settings,
                FeedAccess.usual(),
                Journal.create(directory, JournalFormat.MARKET),
                DiskGuard.of(directory, null),
                "test",
                sayings::add,
                beforeJournal,
                () -> System.currentTimeMillis() * 1_000_000L + aheadNs);
        running.add(CompletableFuture.supplyAsync(() -> {
            try {
                return recorder.run();
            } catch (final InterruptedException e) {
                throw new CompletionException(e);
            }
        }));
    }

    Session nextClient() throws InterruptedException {
        final Session client = clients.poll(60, TimeUnit.SECONDS);
        assertNotNull(client, sayings::toString);
        return client;
    }

    void await(BooleanSupplier condition) throws InterruptedException {
        final long deadline = System.nanoTime() + TimeUnit.SECONDS.toNanos(60);
        while (!condition.getAsBoolean()) {
            assertTrue(System.nanoTime() < deadline, () -> "not within 60 s: " + sayings);
            Thread.sleep(2);
        }
    }

    List<Entry> stopAndRead() throws Exception {
        recorder.stop(StopReason.SIGNAL);
        assertEquals(StopReason.SIGNAL, running.get(0).get(60, TimeUnit.SECONDS));
        return JournalRecords.read(directory);
    }

    static void book(Session client, long sequence, String type, String product, int second) throws Exception {
        client.getBasicRemote()
                .sendText(("{'channel':'l2_data','timestamp':'2026-08-09T21:05:" + second + "Z','sequence_num':"
                                + sequence
                                + ",'events':[{'type':'" + type + "','product_id':'" + product
                                + "','updates':[{'side':'bid','event_time':'2026-08-09T21:05:" + second
                                + "Z','price_level':'1','new_quantity':'" + second + "'}]}]}")
                        .replace('\'', '"'));
    }

    static List<String> timestamps(List<Entry> entries, int connection) {
        return JournalRecords.of(RecordKind.MESSAGE, entries).stream()
                .filter(entry -> entry.connection() == connection)
                .map(entry -> entry.json().path("timestamp").asText())
                .toList();
    }

    static List<String> ofConnections(List<Entry> entries) {
        return entries.stream()
                .filter(entry -> entry.connection() != 0)
                .map(entry -> entry.kind() + " " + entry.connection())
                .toList();
    }
}
