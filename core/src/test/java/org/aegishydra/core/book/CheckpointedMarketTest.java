package org.aegishydra.core.book;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.Map;
import java.util.SplittableRandom;
import org.aegishydra.core.checkpoint.CheckpointException;
import org.aegishydra.core.checkpoint.StateInput;
import org.aegishydra.core.checkpoint.StateOutput;
import org.aegishydra.core.journal.Dialect;
import org.aegishydra.core.journal.RecordKind;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** A market that is written down and read back at any moment goes on as one that never was. */
class CheckpointedMarketTest {
    private static final int EPISODES = Integer.getInteger("aegis.episodes", 4);
    private static final int STEPS = 800;

    /** Two markets that hear the same; one of them is replaced by its own copy now and then. */
    private static final class Twins implements OverlappingFeeds.Reader {
        private final MarketFeed whole = new MarketFeed();
        private final SplittableRandom random;
        private MarketFeed copied = new MarketFeed();
        private int copies;

        private Twins(SplittableRandom random) {
            this.random = random;
        }

        @Override
        public void message(boolean exchange, int connection, String text) {
            final Dialect dialect = exchange ? Dialect.EXCHANGE : Dialect.ADVANCED_TRADE;
            whole.message(dialect, connection, text);
            copied.message(dialect, connection, text);
            assertEquals(whole.market.touchedCount(), copied.market.touchedCount());
            assertEquals(whole.market.exchangeTimeNs(), copied.market.exchangeTimeNs());
            compare();
        }

        @Override
        public void fact(RecordKind kind, int connection, Map<String, ?> fields) {
            whole.fact(kind, connection, fields);
            copied.fact(kind, connection, fields);
            compare();
        }

        private void compare() {
            assertEquals(whole.market.digest(), copied.market.digest());
            assertEquals(whole.market.bookCount(), copied.market.bookCount());
            for (int i = 0; i < whole.market.bookCount(); i++) {
                compare(whole.market.book(i), copied.market.book(i));
            }
            assertEquals(whole.trades, copied.trades);
            if (random.nextInt(20) == 0) {
                copy();
            }
        }

        private void compare(ProductBook expected, ProductBook found) {
            assertEquals(BookText.of(expected), BookText.of(found));
            assertEquals(expected.isLive(), found.isLive());
            assertEquals(expected.connectionId(), found.connectionId());
            assertEquals(expected.trades(), found.trades());
            assertEquals(expected.lastTradePrice(), found.lastTradePrice());
            assertEquals(expected.levelUpdates(), found.levelUpdates());
            assertEquals(expected.snapshots(), found.snapshots());
            assertEquals(expected.blindPeriods(), found.blindPeriods());
            assertEquals(whole.market.blindNs(expected), copied.market.blindNs(found));
        }

        private void copy() {
            final MarketFeed copy = new MarketFeed();
            copy.trades.addAll(copied.trades);
            copy.timeNs = copied.timeNs;
            final StateOutput state = stateOf(copied.market);
            final StateInput input = new StateInput(state.buffer(), 0, state.lengthBytes());
            copy.market.readState(input);
            input.end();
            assertArrayEquals(bytes(state), bytes(stateOf(copy.market)), "a copy's state is the state");
            copied = copy;
            copies++;
        }
    }

    private static StateOutput stateOf(Market market) {
        final StateOutput state = new StateOutput();
        market.writeState(state);
        return state;
    }

    private static byte[] bytes(StateOutput state) {
        final byte[] bytes = new byte[state.lengthBytes()];
        state.buffer().getBytes(0, bytes);
        return bytes;
    }

    @ParameterizedTest
    @CsvSource({"false, false", "false, true", "true, false", "true, true"})
    void shouldGoOnAsIfItHadNotBeenCopied(boolean exchange, boolean smooth) {
        for (int i = 0; i < EPISODES; i++) {
            final SplittableRandom random = new SplittableRandom(i);
            final Twins twins = new Twins(random.split());
            final OverlappingFeeds feeds = new OverlappingFeeds(random, exchange, smooth, twins);
            for (int step = 0; step < STEPS; step++) {
                feeds.step();
            }
            assertTrue(twins.copies > 10, () -> twins.copies + " copies");
            assertTrue(twins.whole.trades.size() > 10, () -> twins.whole.trades.size() + " trades");
        }
    }

    @Test
    void shouldKeepScalesAndTheNumbersThatTheyMustFit() {
        final MarketFeed feed = new MarketFeed();
        feed.snapshot(1, "A-B", "bid 100.5 1", "offer 101 92233720368");
        feed.update(1, "A-B", "bid 100.25 0.5");
        final MarketFeed copy = new MarketFeed();
        final StateOutput state = stateOf(feed.market);
        copy.market.readState(new StateInput(state.buffer(), 0, state.lengthBytes()));
        copy.next[1] = feed.next[1];
        assertEquals(1, copy.products.product("A-B").widenings());
        for (final MarketFeed each : new MarketFeed[] {feed, copy}) {
            each.update(1, "A-B", "bid 100.125 0.00000000001");
            assertEquals(false, each.isLive("A-B"), "a number that no longer fits blinds the book");
        }
        assertEquals(feed.text("A-B"), copy.text("A-B"));
    }

    @Test
    void shouldRefuseAStateThatIsNotWhole() {
        final MarketFeed feed = new MarketFeed();
        feed.snapshot(1, "A-B", "bid 100.5 1", "offer 101 2");
        final StateOutput state = stateOf(feed.market);
        for (int length = 0; length < state.lengthBytes(); length += 7) {
            final StateInput cut = new StateInput(state.buffer(), 0, length);
            assertThrows(CheckpointException.class, () -> new MarketFeed().market.readState(cut));
        }
    }
}
