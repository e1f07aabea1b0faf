package org.aegishydra.recorder.feed;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import jakarta.websocket.Session;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.function.UnaryOperator;
import org.aegishydra.core.journal.Journal;
import org.aegishydra.core.journal.JournalTailer;
import org.aegishydra.core.journal.RecordKind;
import org.aegishydra.recorder.JournalRecords;
import org.aegishydra.recorder.JournalRecords.Entry;
import org.junit.jupiter.api.Test;

/** One connection replaced by another one. */
class FeedTakeoverTest extends HandFedRecorder {
    @Test
    void shouldTakeOverAfterAHoleOnceTheNewConnectionHasItsSnapshots() throws Exception {
        record(Duration.ofSeconds(60), UnaryOperator.identity(), "A-USD", "B-USD");
        final Session old = nextClient();
        book(old, 0, "snapshot", "A-USD", 10);
        book(old, 1, "snapshot", "B-USD", 10);
        book(old, 5, "update", "A-USD", 11);
        final Session fresh = nextClient();
        book(fresh, 0, "snapshot", "A-USD", 12);
        await(() -> recorder.messages() == 4);
        book(old, 6, "update", "A-USD", 12);
        await(() -> recorder.messages() == 5);
        book(fresh, 1, "snapshot", "B-USD", 12);
        await(() -> !old.isOpen());
        book(fresh, 2, "update", "B-USD", 13);
        await(() -> recorder.messages() == 7);
        final List<Entry> entries = stopAndRead();
        assertEquals(
                List.of(
                        "CONNECTED 1",
                        "SUBSCRIBED 1",
                        "MESSAGE 1",
                        "MESSAGE 1",
                        "MESSAGE 1",
                        "GAP 1",
                        "CONNECTED 2",
                        "SUBSCRIBED 2",
                        "MESSAGE 2",
                        "MESSAGE 1",
                        "MESSAGE 2",
                        "TAKEOVER 2",
                        "DISCONNECTED 1",
                        "MESSAGE 2",
                        "DISCONNECTED 2"),
                ofConnections(entries));
        final Entry takeover = JournalRecords.of(RecordKind.TAKEOVER, entries).get(0);
        assertEquals("[\"A-USD\",\"B-USD\"]", takeover.json().path("products").toString());
        assertEquals(takeover.sequence(), takeover.json().path("from_record").asLong());
    }

    @Test
    void shouldKeepTheOldConnectionWhileTheNewOneGetsNoSnapshot() throws Exception {
        record(Duration.ofMillis(300), UnaryOperator.identity(), "A-USD");
        final Session old = nextClient();
        book(old, 0, "snapshot", "A-USD", 10);
        book(old, 3, "update", "A-USD", 11);
        final Session mute = nextClient();
        final Session next = nextClient();
        await(() -> !mute.isOpen());
        assertTrue(old.isOpen());
        book(old, 4, "update", "A-USD", 12);
        await(() -> recorder.messages() == 3);
        book(next, 0, "snapshot", "A-USD", 13);
        await(() -> !old.isOpen());
        final List<Entry> entries = stopAndRead();
        final List<Entry> takeovers = JournalRecords.of(RecordKind.TAKEOVER, entries);
        assertEquals(1, takeovers.size());
        assertTrue(takeovers.get(0).connection() > 2);
    }

    @Test
    void shouldStepInWithTheNewConnectionWhenTheOldOneBreaksMeanwhile() throws Exception {
        record(Duration.ofSeconds(60), UnaryOperator.identity(), "A-USD");
        final Session old = nextClient();
        book(old, 0, "snapshot", "A-USD", 10);
        book(old, 3, "update", "A-USD", 11);
        final Session fresh = nextClient();
        old.close();
        await(() -> sayings.stream().anyMatch(line -> line.startsWith("connection 1 ended")));
        book(fresh, 0, "snapshot", "A-USD", 12);
        book(fresh, 1, "update", "A-USD", 13);
        await(() -> recorder.messages() == 4);
        final List<Entry> entries = stopAndRead();
        assertEquals(2, JournalRecords.of(RecordKind.CONNECTED, entries).size(), "no third connection was needed");
        assertEquals(
                List.of("DISCONNECTED 1", "MESSAGE 2", "MESSAGE 2"),
                ofConnections(entries).subList(7, 10));
    }

    @Test
    void shouldSpreadProductsOverConnectionsAndReplaceOnlyTheOneThatFails() throws Exception {
        record(Duration.ofSeconds(60), UnaryOperator.identity(), "A-USD", "B-USD", "C-USD");
        final Session one = nextClient();
        final Session other = nextClient();
        book(one, 0, "snapshot", "X-USD", 10);
        book(other, 0, "snapshot", "X-USD", 10);
        await(() -> recorder.messages() == 2);
        one.close();
        nextClient();
        assertTrue(other.isOpen());
        final List<Entry> entries = stopAndRead();
        final List<String> subscribed = JournalRecords.of(RecordKind.SUBSCRIBED, entries).stream()
                .map(entry -> entry.json().path("products").toString())
                .sorted()
                .distinct()
                .toList();
        assertEquals(List.of("[\"A-USD\",\"B-USD\"]", "[\"C-USD\"]"), subscribed);
        assertEquals(3, JournalRecords.of(RecordKind.SUBSCRIBED, entries).size());
    }

    @Test
    void shouldOpenEachCycleFileWithSnapshotsOfAConnectionThatIsNotBehind() throws Exception {
        record(Duration.ofSeconds(60), UnaryOperator.identity(), "A-USD");
        final Session old = nextClient();
        book(old, 0, "snapshot", "A-USD", 10);
        await(() -> recorder.messages() == 1);
        aheadNs = TimeUnit.DAYS.toNanos(1);
        book(old, 1, "update", "A-USD", 20);
        final Session lagging = nextClient();
        book(lagging, 0, "snapshot", "A-USD", 15);
        book(lagging, 1, "update", "A-USD", 19);
        await(() -> recorder.messages() == 4);
        assertTrue(old.isOpen(), "the new connection is behind the old one");
        book(lagging, 2, "update", "A-USD", 20);
        await(() -> !old.isOpen());
        book(lagging, 3, "update", "A-USD", 21);
        await(() -> recorder.messages() == 6);
        assertEquals(
                List.of(
                        "CONNECTED 1",
                        "SUBSCRIBED 1",
                        "MESSAGE 1",
                        "MESSAGE 1",
                        "CONNECTED 2",
                        "SUBSCRIBED 2",
                        "MESSAGE 2",
                        "MESSAGE 2",
                        "MESSAGE 2",
                        "TAKEOVER 2",
                        "DISCONNECTED 1",
                        "MESSAGE 2",
                        "DISCONNECTED 2"),
                ofConnections(stopAndRead()));
        try (JournalTailer tailer = Journal.open(directory).tailer()) {
            assertEquals(2, tailer.days().size());
        }
    }

    @Test
    void shouldTakeOverFromAConnectionThatIsAlwaysAhead() throws Exception {
        record(Duration.ofSeconds(60), UnaryOperator.identity(), "A-USD");
        final Session old = nextClient();
        book(old, 0, "snapshot", "A-USD", 10);
        await(() -> recorder.messages() == 1);
        aheadNs = TimeUnit.DAYS.toNanos(1);
        book(old, 1, "update", "A-USD", 20);
        final Session late = nextClient();
        book(late, 0, "snapshot", "A-USD", 11);
        // Ten seconds of the exchange's behind the old one, whose messages go on for as long as it records.
        for (int i = 2; old.isOpen(); i++) {
            book(old, i, "update", "A-USD", Math.min(20 + i / 10, 40));
            book(late, i - 1, "update", "A-USD", Math.min(10 + i / 10, 59));
            Thread.sleep(5);
        }
        final List<Entry> entries = stopAndRead();
        final Entry takeover = JournalRecords.of(RecordKind.TAKEOVER, entries).get(0);
        final List<Entry> untilThen = entries.subList(0, entries.indexOf(takeover));
        final List<String> before = timestamps(untilThen, 1);
        final List<String> fresh = timestamps(untilThen, 2);
        assertTrue(
                fresh.get(fresh.size() - 1).compareTo(before.get(before.size() - 1)) >= 0,
                () -> "the book would move back: " + before + fresh);
        assertEquals(1, JournalRecords.of(RecordKind.TAKEOVER, entries).size());
    }

    @Test
    void shouldKeepTheOldConnectionWhenTheNewOneIsRefusedAProduct() throws Exception {
        record(Duration.ofSeconds(60), UnaryOperator.identity(), "A-USD", "B-USD");
        final Session old = nextClient();
        book(old, 0, "snapshot", "A-USD", 10);
        book(old, 1, "snapshot", "B-USD", 10);
        await(() -> recorder.messages() == 2);
        aheadNs = TimeUnit.DAYS.toNanos(1);
        book(old, 2, "update", "A-USD", 11);
        nextClient().getBasicRemote().sendText("{\"type\":\"error\",\"message\":\"B-USD is not a valid product\"}");
        final Session smaller = nextClient();
        assertTrue(old.isOpen());
        book(old, 3, "update", "A-USD", 12);
        book(smaller, 0, "snapshot", "A-USD", 12);
        await(() -> JournalRecords.of(RecordKind.SUBSCRIBED, JournalRecords.read(directory))
                        .size()
                == 3);
        final List<Entry> entries = stopAndRead();
        final List<String> subscribed = JournalRecords.of(RecordKind.SUBSCRIBED, entries).stream()
                .map(entry -> entry.json().path("products").toString())
                .toList();
        assertEquals(List.of("[\"A-USD\",\"B-USD\"]", "[\"A-USD\",\"B-USD\"]", "[\"A-USD\"]"), subscribed);
    }

    @Test
    void shouldKeepAWholeConnectionAtARollWhileTheNewOneLacksABook() throws Exception {
        record(Duration.ofMillis(200), UnaryOperator.identity(), "A-USD", "B-USD");
        final Session old = nextClient();
        book(old, 0, "snapshot", "A-USD", 10);
        book(old, 1, "snapshot", "B-USD", 10);
        await(() -> recorder.messages() == 2);
        aheadNs = TimeUnit.DAYS.toNanos(1);
        book(old, 2, "update", "A-USD", 11);
        final Session partial = nextClient();
        book(partial, 0, "snapshot", "A-USD", 12);
        await(() -> !partial.isOpen());
        assertTrue(old.isOpen());
        assertTrue(JournalRecords.of(RecordKind.TAKEOVER, stopAndRead()).isEmpty());
    }

    @Test
    void shouldSubscribeAgainWhereABookHasNoSnapshot() throws Exception {
        record(Duration.ofMillis(200), UnaryOperator.identity(), "A-USD");
        final Session old = nextClient();
        old.getBasicRemote().sendText("{\"type\":\"error\",\"message\":\"rate limit exceeded\"}");
        final Session again = nextClient();
        book(again, 0, "snapshot", "A-USD", 10);
        await(() -> !old.isOpen());
        assertEquals(1, JournalRecords.of(RecordKind.TAKEOVER, stopAndRead()).size());
    }

    @Test
    void shouldBackOffFromAServerThatTurnsSuccessorsAway() throws Exception {
        record(Duration.ofSeconds(60), UnaryOperator.identity(), "A-USD");
        final Session old = nextClient();
        book(old, 0, "snapshot", "A-USD", 10);
        book(old, 5, "update", "A-USD", 11);
        for (int i = 0; i < 6; i++) {
            nextClient().close();
        }
        final List<Integer> waits = sayings.stream()
                .filter(line -> line.contains("another one in"))
                .map(line -> Integer.parseInt(line.replaceAll(".*another one in (\\d+) ms", "$1")))
                .toList();
        assertTrue(waits.size() >= 5, sayings::toString);
        // From 5 ms doubling to 50 ms, each at least half of its ceiling.
        assertTrue(waits.get(4) >= 25, waits::toString);
        assertTrue(old.isOpen());
    }
}
