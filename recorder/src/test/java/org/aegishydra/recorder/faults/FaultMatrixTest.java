package org.aegishydra.recorder.faults;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import org.aegishydra.core.journal.RecordKind;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** What a recorder makes of everything that can go wrong on its connection. The cases run at the same time. */
@Timeout(120)
class FaultMatrixTest {
    private static final int AT_ONCE = 12;
    private static final byte[] HUGE = ("{\"pad\":\"" + "ü".repeat((5 << 20) / 2) + "\"}").getBytes(UTF_8);
    private static final String NESTED = "[".repeat(10_000) + "]".repeat(10_000);
    private static final String WIDE = "{\"note\":\"größer 漢字 \uD83D\uDE80\"}";

    @TempDir
    static Path directory;

    private static final Map<FaultCase, Future<FaultCase>> RESULTS = new LinkedHashMap<>();
    private static final ByteArrayOutputStream SAID = new ByteArrayOutputStream();
    private static final PrintStream ERRORS = System.err;

    @BeforeAll
    static void playAll() {
        System.setErr(new PrintStream(SAID, true, UTF_8));
        final ExecutorService threads = Executors.newFixedThreadPool(AT_ONCE);
        int number = 0;
        for (final FaultCase row : cases()) {
            final Path journal = directory.resolve("journal-" + number++);
            RESULTS.put(row, threads.submit(() -> row.play(journal)));
        }
        threads.shutdown();
    }

    @AfterAll
    static void listenAgain() {
        System.setErr(ERRORS);
    }

    private static List<FaultCase> rows() {
        return List.copyOf(RESULTS.keySet());
    }

    @ParameterizedTest
    @MethodSource("rows")
    void shouldHold(FaultCase row) throws Exception {
        RESULTS.get(row).get(100, TimeUnit.SECONDS).check();
    }

    private static List<FaultCase> cases() {
        final List<FaultCase> cases = new ArrayList<>();
        ends(cases);
        sequences(cases);
        handshakes(cases);
        frames(cases);
        return cases;
    }

    /** Connections that end: all that came before is kept, the end is on record, and the next connection records. */
    private static void ends(List<FaultCase> cases) {
        cases.add(new FaultCase(
                "a drop in the middle of a frame",
                result -> result.served(2).recordedAll().ended(1006),
                (owner, client) -> {
                    final SampleConnection connection = owner.open(client);
                    connection.updates(3);
                    client.dropInside(connection.nextUpdate().getBytes(UTF_8), 50);
                },
                FaultCase::good));
        cases.add(new FaultCase(
                "the connection's end without a close frame",
                result -> result.served(2).recordedAll().ended(1006),
                (owner, client) -> {
                    owner.open(client).updates(3);
                    client.drop();
                },
                FaultCase::good));
        cases.add(new FaultCase(
                "a reset",
                result -> result.served(2).ended(1006),
                (owner, client) -> {
                    owner.open(client).updates(3);
                    client.reset();
                },
                FaultCase::good));
        for (final int code : new int[] {1000, 1001, 1008, 1011, 1012, 1013}) {
            cases.add(new FaultCase(
                    "a close frame with " + code,
                    result -> result.served(2).recordedAll().ended(code).reason("größer"),
                    (owner, client) -> {
                        owner.open(client).updates(3);
                        client.close(code, "größer");
                    },
                    FaultCase::good));
        }
    }

    /** Sequences that break: the fact says what was expected, and a fresh connection brings fresh snapshots. */
    private static void sequences(List<FaultCase> cases) {
        cases.add(new FaultCase(
                "a hole in the sequence",
                result -> result.served(2).facts(RecordKind.CONNECTED, 2).gap(3),
                (owner, client) -> {
                    final SampleConnection connection = owner.open(client);
                    connection.updates(2);
                    connection.jump(3);
                    connection.updates(1);
                },
                FaultCase::good));
        cases.add(new FaultCase(
                "a sequence that goes backwards",
                result -> result.served(2).facts(RecordKind.CONNECTED, 2).gap(-4),
                (owner, client) -> {
                    final SampleConnection connection = owner.open(client);
                    connection.updates(5);
                    connection.jump(-4);
                    connection.updates(1);
                },
                FaultCase::good));
        cases.add(new FaultCase(
                "a message that comes twice",
                result -> result.served(2).facts(RecordKind.CONNECTED, 2).gap(-1),
                (owner, client) -> {
                    final SampleConnection connection = owner.open(client);
                    final String twice = connection.nextUpdate();
                    connection.plain(twice);
                    connection.plain(twice);
                },
                FaultCase::good));
        cases.add(new FaultCase(
                "an error for an answer",
                result -> result.served(1)
                        .recordedAll()
                        .facts(RecordKind.CONNECTED, 1)
                        .facts(RecordKind.GAP, 0),
                (owner, client) ->
                        owner.serve(SampleConnection.answering(client, true)).updates(3)));
    }

    /** Connections that do not come about leave no trace, and are tried again. */
    private static void handshakes(List<FaultCase> cases) {
        for (final int status : new int[] {403, 429, 503}) {
            cases.add(new FaultCase(
                    "an answer of HTTP " + status,
                    result -> result.served(1).recordedAll().facts(RecordKind.CONNECTED, 1),
                    (owner, client) -> client.refuse(status, "Retry-After: 1"),
                    FaultCase::good));
        }
        cases.add(new FaultCase(
                        "an end instead of an answer",
                        result -> result.served(1).recordedAll().facts(RecordKind.CONNECTED, 1),
                        (owner, client) -> {
                            client.request();
                            client.drop();
                        },
                        FaultCase::good)
                .with("--until-idle", "13s", "--stall-after", "60s"));
        cases.add(new FaultCase(
                        "a handshake without an answer",
                        result -> result.served(1).recordedAll().facts(RecordKind.CONNECTED, 1),
                        (owner, client) -> client.request(),
                        FaultCase::good)
                .with("--until-idle", "13s", "--stall-after", "60s"));
        cases.add(new FaultCase(
                        "a certificate that nobody trusts",
                        FaultCase::recordedNothing,
                        (owner, client) -> client.upgrade())
                .secured(TestCertificates.untrusted(directory))
                .failing());
    }

    /** Frames of every kind: what is a message is recorded as it was sent. */
    private static void frames(List<FaultCase> cases) {
        cases.add(whole("a frame of five megabytes", (connection, client) -> {
            client.text(HUGE);
            connection.remember(new String(HUGE, UTF_8));
        }));
        cases.add(whole("10,000 nested brackets", (connection, client) -> connection.plain(NESTED)));
        cases.add(whole("fragments, cut inside of characters", (connection, client) -> {
            final byte[] bytes = WIDE.getBytes(UTF_8);
            for (int cut = 1; cut < bytes.length - 1; cut++) {
                client.fragments(bytes, cut, cut + 1);
                connection.remember(WIDE);
            }
        }));
        cases.add(whole("empty fragments", (connection, client) -> {
            client.fragments(WIDE.getBytes(UTF_8), 0, 0, 5, 5);
            connection.remember(WIDE);
        }));
        cases.add(whole("pings between the fragments", (connection, client) -> {
            final byte[] bytes = WIDE.getBytes(UTF_8);
            client.raw(Frames.frame(false, false, Frames.TEXT, bytes, 0, 7));
            client.ping(new byte[] {1, 2, 3});
            client.raw(Frames.frame(true, false, Frames.CONTINUATION, bytes, 7, bytes.length - 7));
            connection.remember(WIDE);
        }));
        cases.add(new FaultCase(
                "a ping",
                result -> {
                    result.served(1).recordedAll();
                    assertTrue(result.clients().get(0).received().stream()
                            .anyMatch(received -> received.text().equals("pong")));
                },
                (owner, client) -> {
                    final SampleConnection connection = owner.open(client);
                    client.ping(new byte[125]);
                    connection.updates(2);
                }));
        for (final boolean keepContext : new boolean[] {false, true}) {
            cases.add(new FaultCase(
                    "compressed frames " + (keepContext ? "with" : "without") + " context",
                    result -> result.served(1).recordedAll().facts(RecordKind.CONNECTED, 1),
                    (owner, client) -> owner.serve(SampleConnection.openDeflating(client, keepContext))
                            .updates(200)));
        }
        cases.add(new FaultCase(
                "a binary frame",
                result -> result.served(1).recordedAll().facts(RecordKind.INVALID_TEXT, 1),
                (owner, client) -> {
                    final SampleConnection connection = owner.open(client);
                    client.binary(new byte[] {(byte) 0xC0, 0, 1});
                    connection.updates(2);
                }));
        cases.add(new FaultCase(
                "a frame of a kind that does not exist",
                result -> result.served(2).recordedAll().facts(RecordKind.DISCONNECTED, 2),
                (owner, client) -> {
                    owner.open(client).updates(2);
                    client.raw(Frames.frame(true, false, 5, new byte[10], 0, 10));
                },
                FaultCase::good));
    }

    private interface Odd {
        void send(SampleConnection connection, FaultClient client) throws java.io.IOException;
    }

    /** Something odd that is allowed: it is recorded, and the connection goes on. */
    private static FaultCase whole(String name, Odd odd) {
        return new FaultCase(
                name,
                result -> result.served(1)
                        .recordedAll()
                        .facts(RecordKind.CONNECTED, 1)
                        .facts(RecordKind.INVALID_TEXT, 0),
                (owner, client) -> {
                    final SampleConnection connection = owner.open(client);
                    connection.updates(2);
                    odd.send(connection, client);
                    connection.updates(2);
                });
    }
}
