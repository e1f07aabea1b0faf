package org.aegishydra.recorder.faults;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.aegishydra.core.journal.RecordKind;

/** Frames of every kind, right and wrong, and what the journal holds afterwards. */
final class FrameFaults {
    private static final byte[] HUGE = ("{\"pad\":\"" + "ü".repeat((5 << 20) / 2) + "\"}").getBytes(UTF_8);
    private static final String NESTED = "[".repeat(10_000) + "]".repeat(10_000);
    private static final String WIDE = "{\"note\":\"größer 漢字 \uD83D\uDE80\"}";

    private FrameFaults() {}

    static List<FaultCase> cases() {
        final List<FaultCase> cases = new ArrayList<>();
        frames(cases);
        refused(cases);
        return cases;
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
                    assertTrue(isAnswered(result.clients().get(0)));
                },
                (owner, client) -> {
                    final SampleConnection connection = owner.open(client);
                    client.ping(new byte[125]);
                    connection.updates(2);
                    while (!isAnswered(client) && !client.awaitEnd(5)) {
                        // The answer is on its way.
                    }
                }));
        for (final boolean keepContext : new boolean[] {false, true}) {
            cases.add(new FaultCase(
                    "compressed frames " + (keepContext ? "with" : "without") + " context",
                    result -> {
                        result.served(1).recordedAll().facts(RecordKind.CONNECTED, 1);
                        assertTrue(result.clients().get(0).isDeflating());
                    },
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

    private static final int MEGABYTE = 1 << 20;

    /** Frames that no message can be made of: the fact says what is known, and the next connection records. */
    private static void refused(List<FaultCase> cases) {
        cases.add(bad(
                "invalid UTF-8", RecordKind.INVALID_TEXT, client -> client.text(new byte[] {'{', (byte) 0xC3, '('})));
        cases.add(bad("invalid UTF-8 in a fragment", RecordKind.INVALID_TEXT, client -> {
            client.fragments(new byte[] {'{', '"', (byte) 0xED, (byte) 0xA0, (byte) 0x80, '"', '}'}, 3, 4);
        }));
        cases.add(bad("a frame of 65 MiB", RecordKind.OVERSIZED, client -> {
                    client.raw(Frames.head(true, false, Frames.TEXT, 65L * MEGABYTE));
                    for (int i = 0; i < 65; i++) {
                        client.raw("x".repeat(MEGABYTE).getBytes(UTF_8));
                    }
                })
                .large());
        cases.add(bad("66 fragments of 1 MiB", RecordKind.OVERSIZED, client -> {
                    final byte[] part = "x".repeat(MEGABYTE).getBytes(UTF_8);
                    for (int i = 0; i < 66; i++) {
                        client.raw(Frames.frame(
                                i == 65, false, i == 0 ? Frames.TEXT : Frames.CONTINUATION, part, 0, part.length));
                    }
                })
                .large());
        cases.add(new FaultCase(
                        "a frame that is announced with 2^62 bytes",
                        result -> result.servedAtLeast(2).recordedAllOf(0),
                        (owner, client) -> {
                            owner.open(client).updates(2);
                            client.announced(1L << 62, new byte[1000]);
                        },
                        FaultCase::beating)
                .stallingAfter(Duration.ofSeconds(2)));

        cases.add(deflated("a compressed message of 70 MiB", RecordKind.OVERSIZED, client -> {
                    client.compressed("x".repeat(70 * MEGABYTE).getBytes(UTF_8));
                })
                .large());
        cases.add(deflated("a compressed message that does not inflate", RecordKind.INVALID_TEXT, client -> {
            final byte[] noise = {(byte) 0xFF, 1, 2, 3, 4, 5, 6, 7};
            client.raw(Frames.frame(true, true, Frames.TEXT, noise, 0, noise.length));
        }));
    }

    private interface Sender {
        void send(FaultClient client) throws java.io.IOException;
    }

    private static FaultCase bad(String name, RecordKind fact, Sender sender) {
        return new FaultCase(
                name,
                result -> result.served(2).recordedAll().facts(fact, 1).facts(RecordKind.DISCONNECTED, 2),
                (owner, client) -> {
                    owner.open(client).updates(2);
                    sender.send(client);
                },
                FaultCase::good);
    }

    private static FaultCase deflated(String name, RecordKind fact, Sender sender) {
        return new FaultCase(
                name,
                result -> result.served(2).recordedAll().facts(fact, 1).facts(RecordKind.DISCONNECTED, 2),
                (owner, client) -> {
                    owner.serve(SampleConnection.openDeflating(client, true)).updates(2);
                    sender.send(client);
                },
                FaultCase::good);
    }

    private static boolean isAnswered(FaultClient client) {
        return client.received().stream().anyMatch(received -> received.text().equals("pong"));
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
