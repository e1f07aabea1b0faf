package org.aegishydra.core.book;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.List;
import java.util.Map;
import org.aegishydra.core.journal.RecordKind;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** What becomes of a product's book and trades when another connection takes it over. */
class TakeoverTest {
    private final MarketFeed feed = new MarketFeed();

    private void overlap() {
        feed.snapshot(1, "A-B", "bid 99 1", "offer 101 1");
        feed.snapshot(2, "A-B", "bid 99 1", "offer 102 1");
        assertEquals(0, feed.market.touchedCount());
        assertEquals("bid 99 1\nask 101 1\n", feed.text("A-B"));
    }

    private void takeover(int connection) {
        feed.fact(RecordKind.TAKEOVER, connection, Map.of("products", List.of("A-B"), "from_record", 9));
    }

    @Test
    void shouldGoOnWithTheNewConnectionsBookWithoutABlindMoment() {
        overlap();
        feed.update(2, "A-B", "bid 98 2");
        takeover(2);
        assertTrue(feed.isLive("A-B"));
        assertEquals("bid 99 1\nbid 98 2\nask 102 1\n", feed.text("A-B"));
        assertEquals(MarketFeed.digestOf(feed.book("A-B")), feed.book("A-B").digest());
        feed.update(1, "A-B", "bid 97 7");
        feed.fact(RecordKind.DISCONNECTED, 1, Map.of());
        feed.update(2, "A-B", "bid 98 0");
        assertTrue(feed.isLive("A-B"));
        assertEquals("bid 99 1\nask 102 1\n", feed.text("A-B"));
        assertEquals(2, feed.book("A-B").connectionId());
        assertEquals(2, feed.book("A-B").snapshots());
        assertEquals(6, feed.book("A-B").levelUpdates());
    }

    @ParameterizedTest
    @EnumSource(
            value = RecordKind.class,
            names = {"GAP", "DISCONNECTED", "OVERSIZED", "INVALID_TEXT", "RECORDER_STARTED"})
    void shouldBeBlindAfterATakeoverByAConnectionThatMissedSomething(RecordKind kind) {
        overlap();
        feed.fact(kind, 2, Map.of());
        assertEquals(kind != RecordKind.RECORDER_STARTED, feed.isLive("A-B"));
        takeover(2);
        assertFalse(feed.isLive("A-B"));
        feed.update(1, "A-B", "bid 97 7");
        feed.snapshot(2, "A-B", "bid 50 5");
        assertTrue(feed.isLive("A-B"));
        assertEquals("bid 50 5\n", feed.text("A-B"));
    }

    @Test
    void shouldNotTrustAShadowBehindAHoleOrAMessageThatCannotBeUsed() {
        overlap();
        feed.next[2]++;
        feed.update(2, "A-B", "bid 98 2");
        takeover(2);
        assertFalse(feed.isLive("A-B"));

        feed.snapshot(2, "A-B", "bid 50 5");
        feed.snapshot(3, "A-B", "bid 50 5");
        feed.update(3, "A-B", "bid 98 0.-1");
        assertTrue(feed.isLive("A-B"));
        takeover(3);
        assertFalse(feed.isLive("A-B"));
    }

    @Test
    void shouldTakeTheShadowAtOnceWhenTheAuthoritativeConnectionIsGone() {
        overlap();
        feed.trades(1, "update", "A-B 5 100 1 BUY");
        feed.trades(2, "update", "A-B 6 100 1 BUY", "A-B 5 100 1 BUY");
        feed.fact(RecordKind.DISCONNECTED, 1, Map.of());
        assertTrue(feed.isLive("A-B"));
        assertEquals("bid 99 1\nask 102 1\n", feed.text("A-B"));
        assertEquals(2, feed.trades.size());
        takeover(2);
        feed.update(2, "A-B", "bid 98 2");
        assertEquals("bid 99 1\nbid 98 2\nask 102 1\n", feed.text("A-B"));
    }

    @Test
    void shouldKeepTheLatestOfTwoShadows() {
        overlap();
        feed.snapshot(3, "A-B", "bid 50 5");
        feed.update(2, "A-B", "bid 98 2");
        takeover(3);
        assertTrue(feed.isLive("A-B"));
        assertEquals("bid 50 5\n", feed.text("A-B"));
    }

    @Test
    void shouldUseItsTwoBooksInTurn() {
        overlap();
        final OrderBook first = feed.book("A-B").book();
        takeover(2);
        final OrderBook second = feed.book("A-B").book();
        feed.snapshot(3, "A-B", "bid 97 1");
        takeover(3);
        assertSame(first, feed.book("A-B").book());
        feed.snapshot(4, "A-B", "bid 96 1");
        takeover(4);
        assertSame(second, feed.book("A-B").book());
        assertEquals("bid 96 1\n", feed.text("A-B"));
    }

    @Test
    void shouldBringTheShadowToFinerScales() {
        overlap();
        feed.trades(2, "update", "A-B 6 100 1 BUY");
        feed.update(1, "A-B", "bid 98.125 0.5");
        takeover(2);
        assertEquals("bid 99 1\nask 102 1\n", feed.text("A-B"));
        assertEquals(MarketFeed.digestOf(feed.book("A-B")), feed.book("A-B").digest());
        assertEquals(List.of("A-B BID 100 1"), feed.trades);
    }

    @Test
    void shouldCountEachTradeOnceAndThoseThatTheOldConnectionHadNotBroughtAtTheTakeover() {
        feed.trades(1, "snapshot", "A-B 3 100 3 BUY");
        overlap();
        feed.trades(2, "snapshot", "A-B 4 100 4 BUY", "A-B 3 100 3 BUY");
        feed.trades(2, "update", "A-B 5 100 5 BUY");
        feed.trades(1, "update", "A-B 4 100 4 BUY");
        feed.trades(2, "update", "A-B 7 100 7 BUY", "A-B 6 100 6 BUY");
        assertEquals(List.of("A-B BID 100 4"), feed.trades);
        feed.trades(1, "update", "A-B 5 100 5 BUY");
        assertEquals(List.of("A-B BID 100 4", "A-B BID 100 5"), feed.trades);
        takeover(2);
        assertEquals(List.of("A-B BID 100 4", "A-B BID 100 5", "A-B BID 100 6", "A-B BID 100 7"), feed.trades);
        feed.trades(1, "update", "A-B 6 100 6 BUY");
        feed.trades(2, "update", "A-B 8 100 8 BUY");
        feed.trades(1, "update", "A-B 8 100 8 BUY", "A-B 7 100 7 BUY");
        assertEquals("A-B BID 100 8", feed.trades.get(4));
        assertEquals(5, feed.trades.size());
        assertEquals(5, feed.book("A-B").trades());
    }

    @Test
    void shouldCountATradeThatOnlyTheOtherConnectionBroughtAsSoonAsItIsPassedOver() {
        overlap();
        feed.trades(1, "update", "A-B 4 100 4 BUY");
        feed.trades(2, "update", "A-B 6 100 6 BUY", "A-B 5 100 5 BUY");
        feed.trades(1, "update", "A-B 6 100 6 BUY");
        assertEquals(List.of("A-B BID 100 4", "A-B BID 100 5", "A-B BID 100 6"), feed.trades);
        assertEquals(1, feed.market.touchedCount());
    }

    @Test
    void shouldNeverCountHistory() {
        overlap();
        feed.trades(1, "update", "A-B 4 100 4 BUY");
        feed.trades(2, "snapshot", "A-B 6 106 6 BUY", "A-B 5 100 5 BUY");
        takeover(2);
        feed.trades(2, "update", "A-B 7 100 7 BUY", "A-B 6 100 6 BUY");
        assertEquals(List.of("A-B BID 100 4", "A-B BID 100 7"), feed.trades);
    }

    @Test
    void shouldRememberTheLatestTradesAndCountWhatItForgets() {
        overlap();
        feed.trades(1, "update", "A-B 1 100 1 BUY");
        final int brought = PendingTrades.CAPACITY + 5;
        for (int id = 2; id < 2 + brought; id++) {
            feed.trades(2, "update", "A-B " + id + " 100 " + id + " BUY");
        }
        assertEquals(5, feed.book("A-B").forgottenTrades());
        takeover(2);
        assertEquals(1 + PendingTrades.CAPACITY, feed.trades.size());
        assertEquals("A-B BID 100 7", feed.trades.get(1));
        assertEquals("A-B BID 100 " + (1 + brought), feed.trades.get(PendingTrades.CAPACITY));
    }

    @Test
    void shouldRememberTradesFromBeforeTheSnapshot() {
        feed.exchange(1, ExchangeText.book(true, "A-B", List.of("bid 99 1")));
        feed.exchange(1, ExchangeText.match(true, "A-B", 3));
        feed.exchange(2, ExchangeText.match(true, "A-B", 3));
        feed.exchange(2, ExchangeText.match(false, "A-B", 4));
        feed.exchange(2, ExchangeText.book(true, "A-B", List.of("bid 99 1")));
        takeover(2);
        feed.exchange(1, ExchangeText.match(false, "A-B", 4));
        assertEquals(List.of("A-B BID 100 4"), feed.trades);
    }
}
