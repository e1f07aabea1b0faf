package org.aegishydra.core.book;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.List;
import java.util.Map;
import org.aegishydra.core.coinbase.MessageKind;
import org.aegishydra.core.journal.RecordKind;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

/** When a book can be trusted, and which messages and trades count. */
class MarketTest {
    private static final String EXCHANGE_SNAPSHOT =
            "{\"type\":\"snapshot\",\"product_id\":\"%s\",\"bids\":[[\"99\",\"1\"]],\"asks\":[[\"101\",\"1\"]]}";

    private final MarketFeed feed = new MarketFeed();

    private void startTwoBooks() {
        feed.snapshot(1, "A-B", "bid 99 1", "offer 101 1");
        feed.snapshot(1, "C-D", "bid 9 1", "offer 11 1");
        assertTrue(feed.isLive("A-B"));
        assertTrue(feed.isLive("C-D"));
    }

    @Test
    void shouldBeLiveFromItsSnapshotOnly() {
        feed.send(1, "subscriptions", "{\"subscriptions\":{\"level2\":[\"A-B\"]}}");
        feed.update(1, "A-B", "bid 98 1");
        assertFalse(feed.isLive("A-B"));
        feed.snapshot(1, "A-B", "bid 99 1", "offer 101 1");
        assertTrue(feed.isLive("A-B"));
        assertEquals("bid 99 1\nask 101 1\n", feed.text("A-B"));
        assertEquals(1, feed.book("A-B").snapshots());
    }

    @ParameterizedTest
    @ValueSource(longs = {-2, -1, 1, 1_000_000})
    void shouldWaitForTheNextSnapshotAfterAHoleOrAStepBackInTheSequence(long missing) {
        startTwoBooks();
        feed.next[1] += missing;
        feed.send(1, "heartbeats", "{\"heartbeat_counter\":1}");
        assertFalse(feed.isLive("A-B"));
        assertFalse(feed.isLive("C-D"));
        feed.update(1, "A-B", "bid 99 2");
        assertFalse(feed.isLive("A-B"));
        feed.snapshot(1, "A-B", "bid 99 3");
        assertTrue(feed.isLive("A-B"));
        assertFalse(feed.isLive("C-D"));
        assertEquals("bid 99 3\n", feed.text("A-B"));
    }

    @Test
    void shouldCountTheSequenceOverAllChannelsAndStayLiveWithoutHoles() {
        startTwoBooks();
        feed.send(1, "heartbeats", "{\"heartbeat_counter\":1}");
        feed.send(1, "candles", "{}");
        feed.send(1, "never_heard_of", "{}");
        feed.trades(1, "update", "A-B 1 100 1 BUY");
        feed.update(1, "A-B", "bid 99 2");
        assertTrue(feed.isLive("A-B"));
        assertTrue(feed.isLive("C-D"));
    }

    @Test
    void shouldFollowEachConnectionsOwnSequence() {
        feed.snapshot(1, "A-B", "bid 99 1");
        feed.next[2] = 500;
        feed.snapshot(2, "C-D", "bid 9 1");
        feed.update(1, "A-B", "bid 99 2");
        feed.update(2, "C-D", "bid 9 2");
        assertTrue(feed.isLive("A-B"));
        feed.next[2]++;
        feed.update(2, "C-D", "bid 9 3");
        assertTrue(feed.isLive("A-B"));
        assertFalse(feed.isLive("C-D"));
    }

    @Test
    void shouldStartTheSequenceAnewWithAConnection() {
        feed.snapshot(1, "A-B", "bid 99 1");
        feed.fact(RecordKind.DISCONNECTED, 1, Map.of("code", 1006, "reason", ""));
        assertFalse(feed.isLive("A-B"));
        feed.fact(RecordKind.CONNECTED, 1, Map.of("url", "wss://example"));
        feed.next[1] = 0;
        feed.send(1, "heartbeats", "{\"heartbeat_counter\":1}");
        feed.snapshot(1, "A-B", "bid 98 1");
        feed.update(1, "A-B", "bid 98 2");
        assertTrue(feed.isLive("A-B"));
    }

    @ParameterizedTest
    @EnumSource(
            value = RecordKind.class,
            names = {"GAP", "DISCONNECTED", "RECORDER_STARTED", "OVERSIZED", "INVALID_TEXT"})
    void shouldWaitForTheNextSnapshotAfterAFactOfALoss(RecordKind kind) {
        startTwoBooks();
        feed.fact(kind, 1, Map.of());
        assertFalse(feed.isLive("A-B"));
        assertFalse(feed.isLive("C-D"));
        feed.update(1, "A-B", "bid 99 2");
        assertFalse(feed.isLive("A-B"));
        feed.snapshot(1, "A-B", "bid 99 3");
        assertTrue(feed.isLive("A-B"));
    }

    @ParameterizedTest
    @EnumSource(
            value = RecordKind.class,
            names = {"GAP", "DISCONNECTED", "OVERSIZED", "INVALID_TEXT", "CONNECTED", "SUBSCRIBED"})
    void shouldStayLiveWhateverHappensToAnotherConnection(RecordKind kind) {
        startTwoBooks();
        feed.fact(kind, 2, Map.of());
        assertTrue(feed.isLive("A-B"));
        feed.update(1, "A-B", "bid 99 2");
        assertEquals("bid 99 2\nask 101 1\n", feed.text("A-B"));
    }

    @Test
    void shouldLoseOneBookOnlyByAGapThatNamesItsProduct() {
        startTwoBooks();
        feed.fact(RecordKind.GAP, 1, Map.of("channel", "matches", "product", "C-D", "expected", 5, "got", 7));
        assertTrue(feed.isLive("A-B"));
        assertFalse(feed.isLive("C-D"));
    }

    @Test
    void shouldNotLetAnotherConnectionTouchABook() {
        startTwoBooks();
        final long digest = feed.market.digest();
        feed.snapshot(2, "A-B", "bid 50 1");
        assertEquals(0, feed.market.touchedCount());
        feed.update(2, "A-B", "bid 99 7");
        feed.trades(2, "update", "A-B 1 100 1 BUY");
        feed.update(2, "A-B", "bid 99 0.-1");
        feed.next[2] += 5;
        feed.update(2, "A-B", "bid 99 7");
        feed.exchange(2, "{\"type\":\"l2up");
        assertTrue(feed.isLive("A-B"));
        assertEquals("bid 99 1\nask 101 1\n", feed.text("A-B"));
        assertEquals(digest, feed.market.digest());
        assertEquals(List.of(), feed.trades);
    }

    @Test
    void shouldMoveToTheConnectionThatTakesOver() {
        startTwoBooks();
        feed.fact(RecordKind.TAKEOVER, 2, Map.of("products", List.of("A-B"), "from_record", 9));
        assertFalse(feed.isLive("A-B"));
        assertTrue(feed.isLive("C-D"));
        feed.update(1, "A-B", "bid 99 9");
        feed.snapshot(2, "A-B", "bid 98 1");
        feed.update(1, "A-B", "bid 97 1");
        assertTrue(feed.isLive("A-B"));
        assertEquals("bid 98 1\n", feed.text("A-B"));
        feed.fact(RecordKind.DISCONNECTED, 1, Map.of());
        assertTrue(feed.isLive("A-B"));
        assertFalse(feed.isLive("C-D"));
    }

    @Test
    void shouldDeliverTradesOnceAndInOrderWithoutHistory() {
        feed.trades(1, "snapshot", "A-B 12 102 1 BUY", "A-B 11 101 1 BUY");
        assertEquals(List.of(), feed.trades);
        assertEquals(102, feed.book("A-B").lastTradePrice());
        feed.trades(1, "update", "A-B 14 104 1 BUY", "A-B 13 103.25 1 SELL", "A-B 12 102 1 BUY");
        feed.trades(1, "update", "A-B 14 104 1 BUY", "A-B 13 103.25 1 SELL");
        feed.trades(1, "update", "A-B 15 105 0.5 SELL");
        assertEquals(List.of("A-B ASK 103.25 1", "A-B BID 104 1", "A-B ASK 105 0.5"), feed.trades);
        assertEquals(3, feed.book("A-B").trades());
        assertEquals(10500, feed.book("A-B").lastTradePrice());
    }

    @Test
    void shouldTouchEachProductOfAMessageOnce() {
        startTwoBooks();
        feed.trades(1, "update", "C-D 8 10 1 BUY", "A-B 5 100 1 BUY", "A-B 4 100 1 BUY");
        assertEquals(2, feed.market.touchedCount());
        assertEquals("A-B", feed.market.touched(0).product().id());
        assertEquals("C-D", feed.market.touched(1).product().id());
        feed.send(1, "heartbeats", "{\"heartbeat_counter\":1}");
        assertEquals(0, feed.market.touchedCount());
    }

    @Test
    void shouldLoseTheBookOfAMalformedUpdateAlone() {
        startTwoBooks();
        assertEquals(MessageKind.MALFORMED, feed.update(1, "A-B", "bid 98 1", "bid 97 0.-10000"));
        assertFalse(feed.isLive("A-B"));
        assertEquals("bid 99 1\nask 101 1\n", feed.text("A-B"), "part of a malformed message was applied");
        assertTrue(feed.isLive("C-D"));
        feed.update(1, "C-D", "bid 9 2");
        assertTrue(feed.isLive("C-D"), "the malformed message's number is no hole");
        feed.snapshot(1, "A-B", "bid 99 3");
        assertTrue(feed.isLive("A-B"));
    }

    @Test
    void shouldLoseNoBookByAMalformedMessageThatIsNotAboutBooks() {
        startTwoBooks();
        assertEquals(MessageKind.MALFORMED, feed.send(1, "heartbeats", "{\"heartbeat_counter\":\"many\"}"));
        assertEquals(MessageKind.MALFORMED, feed.trades(1, "update", "A-B 1 -5 1 BUY"));
        feed.update(1, "A-B", "bid 99 2");
        assertTrue(feed.isLive("A-B"));
        assertTrue(feed.isLive("C-D"));
        feed.exchange(3, EXCHANGE_SNAPSHOT.formatted("E-F"));
        assertEquals(MessageKind.MALFORMED, feed.exchange(3, "{\"type\":\"ticker\",\"product_id\":\"E-F\"}"));
        assertTrue(feed.isLive("E-F"));
    }

    @Test
    void shouldLoseEveryBookThatAMalformedMessageMayBeAbout() {
        startTwoBooks();
        final String good = MarketFeed.bookEvent("update", "A-B", "bid 98 1");
        final String bad = MarketFeed.bookEvent("update", "C-D", "bid 8 x");
        assertEquals(MessageKind.MALFORMED, feed.send(1, "l2_data", good + "," + bad));
        assertFalse(feed.isLive("A-B"), "its update was not applied");
        assertFalse(feed.isLive("C-D"));

        startTwoBooks();
        assertEquals(MessageKind.MALFORMED, feed.send(1, "l2_data", bad + "," + good));
        assertFalse(feed.isLive("A-B"));
        assertFalse(feed.isLive("C-D"));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "{",
                "{\"type\":\"l2update\",\"product_id\":\"E-F\",\"changes\":[[\"buy\",\"98\",\"1\"]",
                "{\"type\":\"l2update\",\"product_id\":\"\",\"changes\":[]}",
                "{\"type\":\"l2update\",\"changes\":[]}",
                "{\"type\":7}"
            })
    void shouldLoseAllBooksOfAConnectionByAMessageThatCannotBeRead(String message) {
        feed.exchange(1, EXCHANGE_SNAPSHOT.formatted("E-F"));
        feed.exchange(1, EXCHANGE_SNAPSHOT.formatted("G-H"));
        feed.exchange(2, EXCHANGE_SNAPSHOT.formatted("I-J"));
        assertEquals(MessageKind.MALFORMED, feed.exchange(1, message));
        assertFalse(feed.isLive("E-F"));
        assertFalse(feed.isLive("G-H"));
        assertTrue(feed.isLive("I-J"));
    }

    @Test
    void shouldSayForHowLongABookWasBlind() {
        feed.trades(1, "update", "A-B 1 100 1 BUY"); // the product appears, at 1 µs
        feed.snapshot(1, "A-B", "bid 100 1"); // live at 2 µs
        feed.snapshot(1, "C-D", "bid 100 1"); // appears with its book, at 3 µs
        feed.next[1]++; // a hole, seen at 4 µs
        feed.update(1, "C-D", "bid 100 2");
        feed.trades(1, "update", "A-B 2 100 1 BUY");
        feed.snapshot(1, "A-B", "bid 100 1"); // live again at 6 µs
        final ProductBook first = feed.book("A-B");
        final ProductBook second = feed.book("C-D");
        assertEquals(3_000, feed.market.blindNs(first));
        assertEquals(2, first.blindPeriods());
        assertEquals(2_000, feed.market.blindNs(second));
        feed.fact(RecordKind.DISCONNECTED, 1, Map.of());
        feed.fact(RecordKind.CONNECTED, 2, Map.of());
        feed.snapshot(2, "A-B", "bid 100 1"); // blind from 7 to 9 µs
        assertEquals(5_000, feed.market.blindNs(first));
        assertEquals(3, first.blindPeriods());
        assertEquals(5_000, feed.market.blindNs(second), "still blind");
        assertEquals(1, second.blindPeriods());
    }

    @Test
    void shouldCountABookAsBlindSinceTheLastRecordOfARecorderThatWasKilled() {
        feed.snapshot(1, "A-B", "bid 100 1"); // live at 1 µs
        feed.timeNs += 60_000;
        feed.fact(RecordKind.RECORDER_STARTED, 0, Map.of()); // at 62 µs
        feed.fact(RecordKind.CONNECTED, 2, Map.of());
        feed.snapshot(2, "A-B", "bid 100 1"); // live again at 64 µs
        assertEquals(63_000, feed.market.blindNs(feed.book("A-B")));
        assertEquals(1, feed.book("A-B").blindPeriods());
    }
}
