package org.aegishydra.recorder.feed;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.Test;

class ConnectionWatchTest {
    private final List<Map<String, Object>> gaps = new ArrayList<>();
    private final List<String> refusals = new ArrayList<>();
    private long nowNs;

    private ConnectionWatch watch(Feed feed, String... products) {
        return new ConnectionWatch(feed, List.of(products), feed.channels(), new ConnectionWatch.Findings() {
            @Override
            public void onGap(Map<String, Object> fields) {
                gaps.add(fields);
            }

            @Override
            public void onRefusal(String message) {
                refusals.add(message);
            }
        });
    }

    private void feed(ConnectionWatch watch, String message) {
        watch.onMessage(message.replace('\'', '"').getBytes(StandardCharsets.UTF_8), ++nowNs);
    }

    private static String match(String type, String product, long tradeId) {
        return "{'type':'" + type + "','trade_id':" + tradeId + ",'side':'buy','size':'1','price':'2','product_id':'"
                + product + "','sequence':5,'time':'2026-08-09T21:05:48.000001Z'}";
    }

    private static String heartbeat(String product, long lastTradeId) {
        return "{'type':'heartbeat','sequence':9,'last_trade_id':" + lastTradeId + ",'product_id':'" + product
                + "','time':'2026-08-09T21:05:49.000001Z'}";
    }

    private static String book(long sequence, String type, String product) {
        return "{'channel':'l2_data','timestamp':'2026-08-09T21:05:48Z','sequence_num':" + sequence
                + ",'events':[{'type':'"
                + type + "','product_id':'" + product + "','updates':[{'side':'bid','event_time':"
                + "'2026-08-09T21:05:48Z','price_level':'1','new_quantity':'2'}]}]}";
    }

    @Test
    void shouldReportHolesStepsBackAndRepetitionsOfTheSequence() {
        final ConnectionWatch watch = watch(Feed.ADVANCED_TRADE, "BTC-USD");
        for (final long sequence : new long[] {0, 1, 4, 5, 5, 3, 4}) {
            feed(watch, "{'channel':'ticker','timestamp':'2026-08-09T21:05:48Z','sequence_num':" + sequence + "}");
        }
        assertEquals(
                List.of(
                        Map.of("channel", "ticker", "expected", 2L, "got", 4L),
                        Map.of("channel", "ticker", "expected", 6L, "got", 5L),
                        Map.of("channel", "ticker", "expected", 6L, "got", 3L)),
                gaps);
    }

    @Test
    void shouldKnowWhichBooksHaveTheirSnapshots() {
        final ConnectionWatch watch = watch(Feed.ADVANCED_TRADE, "BTC-USDC", "ETH-USD");
        feed(watch, book(0, "update", "ETH-USD"));
        assertFalse(watch.hasSnapshotsOf(Set.of("ETH-USD")));
        feed(watch, book(1, "snapshot", "BTC-USD"));
        assertTrue(watch.hasSnapshotsOf(Set.of("BTC-USDC")), "a -USDC product gives the -USD stream");
        feed(watch, book(2, "snapshot", "ETH-USD"));
        assertTrue(watch.hasSnapshotsOf(Set.of("BTC-USDC", "ETH-USD")));
        assertEquals(Set.of("BTC-USD", "ETH-USD"), watch.snapshots());
    }

    @Test
    void shouldFindTheSecondSnapshotOfOneMessage() {
        final ConnectionWatch watch = watch(Feed.ADVANCED_TRADE, "A-USD", "B-USD");
        feed(
                watch,
                "{'channel':'l2_data','timestamp':'2026-08-09T21:05:48Z','sequence_num':0,'events':["
                        + "{'type':'snapshot','product_id':'A-USD','updates':[]},"
                        + "{'type':'snapshot','product_id':'B-USD','updates':[]}]}");
        assertEquals(Set.of("A-USD", "B-USD"), watch.snapshots());
    }

    @Test
    void shouldReportMissingTradesOfOneProduct() {
        final ConnectionWatch watch = watch(Feed.EXCHANGE, "BTC-USD", "ETH-USD");
        feed(watch, match("last_match", "BTC-USD", 10));
        feed(watch, match("match", "BTC-USD", 11));
        feed(watch, match("match", "ETH-USD", 500));
        feed(watch, match("match", "BTC-USD", 14));
        feed(watch, match("match", "BTC-USD", 14));
        feed(watch, match("match", "ETH-USD", 501));
        assertEquals(List.of(Map.of("channel", "matches", "expected", 12L, "got", 14L, "product", "BTC-USD")), gaps);
    }

    @Test
    void shouldReportATradeThatAHeartbeatToldOfAndThatHasNotComeAtTheNext() {
        final ConnectionWatch watch = watch(Feed.EXCHANGE, "BTC-USD");
        feed(watch, heartbeat("BTC-USD", 8));
        feed(watch, heartbeat("BTC-USD", 8));
        feed(watch, match("last_match", "BTC-USD", 8));
        feed(watch, heartbeat("BTC-USD", 9));
        feed(watch, match("match", "BTC-USD", 9));
        feed(watch, heartbeat("BTC-USD", 11));
        assertTrue(gaps.isEmpty(), "trades may come after the heartbeat that tells of them");
        feed(watch, heartbeat("BTC-USD", 11));
        feed(watch, heartbeat("BTC-USD", 11));
        assertEquals(List.of(Map.of("channel", "heartbeat", "expected", 11L, "got", 9L, "product", "BTC-USD")), gaps);
        assertEquals(nowNs, watch.heartbeatNs());
    }

    @Test
    void shouldHandOnWhatTheServerRefuses() {
        final ConnectionWatch watch = watch(Feed.EXCHANGE, "BTC-USD");
        feed(watch, "{'type':'error','message':'Failed to subscribe','reason':'X-Y is not a valid product'}");
        feed(watch, "{'type':'subscriptions','channels':[]}");
        assertEquals(1, refusals.size());
    }

    @Test
    void shouldSurviveWhatIsNoMessage() {
        for (final Feed feed : Feed.values()) {
            final ConnectionWatch watch = watch(feed, "BTC-USD");
            for (final String message : List.of(
                    "", "{", "[".repeat(10_000), "{'a':".repeat(10_000), "\u0000", "null", "{'sequence_num':}")) {
                feed(watch, message);
            }
        }
        assertTrue(gaps.isEmpty());
    }
}
