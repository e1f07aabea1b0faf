package org.aegishydra.recorder.faults;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.aegishydra.core.journal.RecordKind;
import org.aegishydra.recorder.feed.Feed;

/** What can happen to a connection as a whole, and what the journal holds afterwards. */
final class ConnectionFaults {
    private static final Duration SHORT = Duration.ofSeconds(2);

    private ConnectionFaults() {}

    static List<FaultCase> cases(Path directory) {
        final List<FaultCase> cases = new ArrayList<>();
        ends(cases);
        sequences(cases);
        handshakes(cases, directory);
        stalls(cases);
        exchange(cases);
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
    private static void handshakes(List<FaultCase> cases, Path directory) {
        for (final int status : new int[] {429, 503}) {
            cases.add(new FaultCase(
                    "an answer of HTTP " + status,
                    result -> result.served(1).recordedAll().facts(RecordKind.CONNECTED, 1),
                    (owner, client) -> client.refuse(status, "Retry-After: 1"),
                    FaultCase::good));
        }
        cases.add(new FaultCase(
                        "an answer of HTTP 403", FaultCase::recordedNothing, (owner, client) -> client.refuse(403))
                .endsFailed());
        cases.add(new FaultCase(
                "an end instead of an answer",
                result -> result.served(1).recordedAll().facts(RecordKind.CONNECTED, 1),
                (owner, client) -> {
                    client.request();
                    client.drop();
                },
                FaultCase::good));
        cases.add(new FaultCase(
                "a handshake without an answer",
                result -> result.served(1).recordedAll().facts(RecordKind.CONNECTED, 1),
                (owner, client) -> client.request(),
                FaultCase::good));
        certificates(cases, directory);
    }

    /** Nothing is recorded from a server that is not what it says to be. */
    private static void certificates(List<FaultCase> cases, Path directory) {
        cases.add(new FaultCase(
                        "a certificate that nobody trusts",
                        FaultCase::recordedNothing,
                        (owner, client) -> client.upgrade())
                .secured(TestCertificates.untrusted(directory))
                .endsFailed());
        final TestCertificates wrong = TestCertificates.wrongHost(directory);
        cases.add(new FaultCase(
                        "a trusted certificate for another host",
                        FaultCase::recordedNothing,
                        (owner, client) -> client.upgrade())
                .secured(wrong.context())
                .trusting(wrong.certificate())
                .endsFailed());
        final TestCertificates right = TestCertificates.right(directory);
        cases.add(new FaultCase(
                        "a trusted certificate",
                        result -> result.served(1).recordedAll().facts(RecordKind.CONNECTED, 1),
                        FaultCase::good)
                .secured(right.context())
                .trusting(right.certificate()));
        cases.add(new FaultCase(
                        "a reset over TLS",
                        result -> result.served(2).ended(1006),
                        (owner, client) -> {
                            owner.open(client).updates(3);
                            client.reset();
                        },
                        FaultCase::good)
                .secured(right.context())
                .trusting(right.certificate()));
    }

    /** Connections that say nothing any more are noticed, and others record instead. */
    private static void stalls(List<FaultCase> cases) {
        final FaultCase.Check replaced = result -> {
            result.servedAtLeast(2).recordedAllOf(0);
            // Whether the heartbeats or everything is missed first, no message was lost by it.
            assertTrue(result.entries(RecordKind.GAP).stream()
                    .allMatch(gap -> gap.json().has("silent_ms")));
            assertFalse(result.entries(RecordKind.DISCONNECTED).isEmpty());
        };
        cases.add(new FaultCase(
                        "silence",
                        replaced,
                        (owner, client) -> owner.open(client).updates(3),
                        FaultCase::beating)
                .stallingAfter(SHORT));
        cases.add(new FaultCase(
                        "a half-open connection",
                        replaced,
                        (owner, client) -> {
                            owner.open(client).updates(3);
                            client.halfOpen();
                        },
                        FaultCase::beating)
                .stallingAfter(SHORT));
        cases.add(new FaultCase(
                        "a subscription without an answer",
                        result -> result.servedAtLeast(1).recordedAllOf(0),
                        (owner, client) -> client.upgrade(),
                        FaultCase::beating)
                .stallingAfter(SHORT));
    }

    /** On Exchange a lost trade shows in the trades' own numbers. */
    private static void exchange(List<FaultCase> cases) {
        final String book =
                "{\"type\":\"snapshot\",\"product_id\":\"BTC-USD\",\"asks\":[[\"11\",\"1\"]],\"bids\":[[\"10\",\"1\"]]}";
        final String match =
                "{\"type\":\"match\",\"trade_id\":%d,\"side\":\"sell\",\"size\":\"0.04\",\"price\":\"10.5\","
                        + "\"product_id\":\"BTC-USD\",\"sequence\":%d,\"time\":\"2021-04-17T16:43:30.244075Z\"}";
        cases.add(new FaultCase(
                        "a trade that is missing",
                        result -> {
                            result.facts(RecordKind.CONNECTED, 2).gap(1);
                            assertEquals(
                                    "BTC-USD",
                                    result.entries(RecordKind.GAP)
                                            .get(0)
                                            .json()
                                            .path("product")
                                            .asText());
                        },
                        (owner, client) -> {
                            client.upgrade();
                            if (client.nextText(60_000) != null) {
                                client.text(book);
                                client.text(match.formatted(7, 70));
                                client.text(match.formatted(9, 90));
                            }
                        },
                        (owner, client) -> {
                            client.upgrade();
                            if (client.nextText(60_000) != null) {
                                client.text(book);
                                client.text(match.formatted(10, 100));
                            }
                        })
                .of(Feed.EXCHANGE, "level2_batch", "matches")
                .expecting(5));
    }
}
