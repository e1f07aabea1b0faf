package org.aegishydra.recorder.faults;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import javax.net.ssl.SSLContext;
import org.aegishydra.core.journal.DiskGuard;
import org.aegishydra.core.journal.Journal;
import org.aegishydra.core.journal.JournalFormat;
import org.aegishydra.core.journal.RecordKind;
import org.aegishydra.recorder.JournalRecords;
import org.aegishydra.recorder.JournalRecords.Entry;
import org.aegishydra.recorder.feed.BackOff;
import org.aegishydra.recorder.feed.Feed;
import org.aegishydra.recorder.feed.FeedAccess;
import org.aegishydra.recorder.feed.FeedLimits;
import org.aegishydra.recorder.feed.FeedRecorder;
import org.aegishydra.recorder.feed.FeedSettings;
import org.aegishydra.recorder.feed.StopReason;
import org.aegishydra.recorder.websocket.ServerTrust;

/** One row of the fault matrix: what the server does, and what the journal must hold afterwards. */
final class FaultCase {
    /** What a server does to one connection of the small feed. */
    @FunctionalInterface
    interface Step {
        void play(FaultCase owner, FaultClient client) throws IOException, InterruptedException;
    }

    /** What must hold afterwards. */
    @FunctionalInterface
    interface Check {
        void holds(FaultCase result);
    }

    private static final BackOff.Limits FAST = new BackOff.Limits(Duration.ofMillis(20), Duration.ofMillis(200));
    private static final Duration SHORT = Duration.ofSeconds(2);
    private static final Duration LONG = Duration.ofSeconds(60);
    private static final long LIMIT_MS = 90_000;
    private static final long POLL_MS = 20;

    /** Frames of 64 MiB are in memory several times on their way; one such case at a time. */
    private static final Semaphore LARGE = new Semaphore(1);

    final String name;
    private final List<Step> steps;
    private final Check check;
    private final Map<Integer, SampleConnection> served = new ConcurrentHashMap<>();
    private final Set<Integer> finished = ConcurrentHashMap.newKeySet();
    private final List<String> said = new CopyOnWriteArrayList<>();
    private Feed feed = Feed.ADVANCED_TRADE;
    private List<String> channels = List.of("level2", "heartbeats");
    private Duration stallAfter = LONG;
    private Path trusted;
    private int expected;
    private boolean large;
    private boolean ends;
    private SSLContext tls;
    private List<FaultClient> clients = List.of();
    private List<Entry> entries = List.of();
    private boolean failed;

    FaultCase(String name, Check check, Step... steps) {
        this.name = name;
        this.check = check;
        this.steps = List.of(steps);
    }

    /** Another feed, and what to subscribe to. */
    FaultCase of(Feed newFeed, String... newChannels) {
        feed = newFeed;
        channels = List.of(newChannels);
        return this;
    }

    /** A connection that is silent for that long is dead; by default none is. */
    FaultCase stallingAfter(Duration newStallAfter) {
        stallAfter = newStallAfter;
        return this;
    }

    /** The server speaks TLS. */
    FaultCase secured(SSLContext newTls) {
        tls = newTls;
        return this;
    }

    /** Whose certificates the recorder trusts, a PEM file; by default those that Java does. */
    FaultCase trusting(Path newTrusted) {
        trusted = newTrusted;
        return this;
    }

    /** Played when so many messages are recorded, for scripts that send what they like. */
    FaultCase expecting(int newMessages) {
        expected = newMessages;
        return this;
    }

    FaultCase large() {
        large = true;
        return this;
    }

    /** The recorder is to end of itself, as failed. */
    FaultCase endsFailed() {
        ends = true;
        return this;
    }

    /** A recorder against the server, until the last script has sent all and it is recorded. */
    FaultCase play(Path journal) throws Exception {
        if (!large) {
            return record(journal);
        }
        LARGE.acquire();
        try {
            return record(journal);
        } finally {
            LARGE.release();
        }
    }

    private FaultCase record(Path journal) throws Exception {
        final FaultServer.Script[] scripts = steps.stream()
                .map(step -> (FaultServer.Script) client -> {
                    step.play(this, client);
                    finished.add(client.number());
                })
                .toArray(FaultServer.Script[]::new);
        try (FaultServer server = new FaultServer(tls, scripts)) {
            final FeedRecorder recorder = recorder(server, journal);
            final CompletableFuture<StopReason> ended = CompletableFuture.supplyAsync(() -> {
                try {
                    return recorder.run();
                } catch (final InterruptedException e) {
                    throw new CompletionException(e);
                }
            });
            final long deadlineNs = System.nanoTime() + TimeUnit.MILLISECONDS.toNanos(LIMIT_MS);
            while (!ended.isDone() && !isPlayed(journal) && System.nanoTime() < deadlineNs) {
                Thread.sleep(POLL_MS);
            }
            recorder.stop(StopReason.SIGNAL);
            failed = ended.get(LIMIT_MS, TimeUnit.MILLISECONDS).isFailure();
            clients = List.copyOf(server.clients());
        }
        entries = JournalRecords.read(journal);
        return this;
    }

    private FeedRecorder recorder(FaultServer server, Path journal) {
        final FeedLimits limits = new FeedLimits(16, stallAfter, Duration.ofSeconds(10), ends ? SHORT : LONG, FAST);
        return new FeedRecorder(
                new FeedSettings(feed, server.url(), List.of("BTC-USD"), channels, limits, null, null, null),
                new FeedAccess(ServerTrust.of(trusted), Optional.empty(), true),
                Journal.create(journal, JournalFormat.MARKET),
                DiskGuard.of(journal, null),
                "test",
                said::add);
    }

    /** Whether the last script has run, and what its connection sent as a whole is in the journal. */
    private boolean isPlayed(Path journal) {
        if (expected > 0) {
            entries = JournalRecords.read(journal);
            return entries(RecordKind.MESSAGE).size() >= expected;
        }
        final SampleConnection last = served.values().stream()
                .max(Comparator.comparingInt(one -> one.client().number()))
                .orElse(null);
        if (last == null
                || last.client().number() < steps.size() - 1
                || !finished.contains(last.client().number())) {
            return false;
        }
        final List<String> sent = List.copyOf(last.sent());
        entries = JournalRecords.read(journal);
        return messages().stream()
                .anyMatch(recorded -> recorded.size() >= sent.size()
                        && recorded.subList(0, sent.size()).equals(sent));
    }

    void check() {
        assertEquals(ends, failed, () -> name + ": " + said);
        assertEquals(RecordKind.RECORDER_STARTED, entries.get(0).kind());
        assertEquals(RecordKind.RECORDER_STOPPED, last().kind());
        try {
            check.holds(this);
        } catch (final AssertionError e) {
            throw new AssertionError(name + ": " + e.getMessage() + "\njournal: " + facts() + "\nit said: " + said, e);
        }
    }

    /** The journal for people: facts as they are, messages counted. */
    private String facts() {
        final StringBuilder text = new StringBuilder();
        int messages = 0;
        for (final Entry entry : entries) {
            if (entry.kind() == RecordKind.MESSAGE) {
                messages++;
            } else {
                text.append(messages)
                        .append(" messages, ")
                        .append(entry.kind())
                        .append(' ')
                        .append(entry.connection());
                text.append(' ').append(entry.text()).append(", ");
                messages = 0;
            }
        }
        return text.toString();
    }

    // --- what scripts do --------------------------------------------------------------------------------------------

    /** Serves a connection up to its book's snapshot. */
    SampleConnection open(FaultClient client) throws IOException, InterruptedException {
        return serve(SampleConnection.open(client));
    }

    SampleConnection serve(SampleConnection connection) {
        served.put(connection.client().number(), connection);
        return connection;
    }

    /** A connection on which all is well. */
    static void good(FaultCase owner, FaultClient client) throws IOException, InterruptedException {
        owner.open(client).updates(5);
    }

    /** A connection on which all is well, heartbeats included, until the client leaves. */
    static void beating(FaultCase owner, FaultClient client) throws IOException, InterruptedException {
        final SampleConnection connection = owner.open(client);
        connection.updates(5);
        owner.finished.add(client.number());
        do {
            connection.heartbeat();
        } while (!client.awaitEnd(200));
    }

    // --- what checks ask --------------------------------------------------------------------------------------------

    private Entry last() {
        return entries.get(entries.size() - 1);
    }

    List<FaultClient> clients() {
        return clients;
    }

    List<Entry> entries(RecordKind kind) {
        return JournalRecords.of(kind, entries);
    }

    /** The messages of each recorded connection, in the order of the connections. */
    private List<List<String>> messages() {
        final Map<Integer, List<String>> messages = new TreeMap<>();
        for (final Entry entry : entries(RecordKind.MESSAGE)) {
            messages.computeIfAbsent(entry.connection(), id -> new ArrayList<>())
                    .add(entry.text());
        }
        return List.copyOf(messages.values());
    }

    /** Every connection that was served is in the journal, with all that it sent, and nothing else is. */
    FaultCase recordedAll() {
        final List<List<String>> sent = new TreeMap<>(served)
                .values().stream().map(SampleConnection::sent).toList();
        final List<List<String>> recorded = messages();
        assertEquals(sent.size(), recorded.size(), "connections with messages");
        for (int i = 0; i < sent.size(); i++) {
            for (int j = 0; j < Math.min(sent.get(i).size(), recorded.get(i).size()); j++) {
                assertEquals(sent.get(i).get(j), recorded.get(i).get(j), "message " + j + " of connection " + i);
            }
            assertEquals(sent.get(i).size(), recorded.get(i).size(), "messages of connection " + i);
        }
        return this;
    }

    /** The connection that was served first, or later, is in the journal with all that it sent up to here. */
    FaultCase recordedAllOf(int index) {
        final List<String> sent =
                List.copyOf(new TreeMap<>(served).values()).get(index).sent();
        final List<String> recorded = messages().get(index);
        assertEquals(sent.subList(0, Math.min(5, sent.size())), recorded.subList(0, Math.min(5, sent.size())));
        return this;
    }

    FaultCase servedAtLeast(int connections) {
        assertTrue(served.size() >= connections, () -> served.size() + " connections were served");
        return this;
    }

    /** How many connections were served up to a snapshot. */
    FaultCase served(int connections) {
        assertEquals(connections, served.size(), "connections served");
        return this;
    }

    /** The first connection ended with one of these codes. */
    FaultCase ended(Integer... codes) {
        final Entry end = entries(RecordKind.DISCONNECTED).get(0);
        assertTrue(
                Arrays.asList(codes).contains(end.json().path("code").asInt()),
                () -> "the first connection's end: " + end.text());
        return this;
    }

    FaultCase reason(String reason) {
        assertEquals(
                reason,
                entries(RecordKind.DISCONNECTED).get(0).json().path("reason").asText());
        return this;
    }

    /** The first gap's number is by so much higher than the one that was expected. */
    FaultCase gap(long difference) {
        final Entry gap = entries(RecordKind.GAP).get(0);
        assertEquals(
                difference,
                gap.json().path("got").asLong() - gap.json().path("expected").asLong(),
                gap::text);
        return this;
    }

    FaultCase facts(RecordKind kind, int count) {
        assertEquals(count, entries(kind).size(), kind.name());
        return this;
    }

    /** Nothing is on record but the recorder's own beginning and end, though connections were tried. */
    FaultCase recordedNothing() {
        assertEquals(2, entries.size(), () -> entries.toString());
        assertFalse(clients.isEmpty());
        return this;
    }

    @Override
    public String toString() {
        return name;
    }
}
