package org.aegishydra.trader.strategy;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.file.Path;
import java.util.HashMap;
import java.util.Map;
import org.aegishydra.core.coinbase.Side;
import org.aegishydra.core.run.OrderIntent;
import org.aegishydra.trader.LiveBook;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class OrderFlowStrategyTest {
    private static final long MS_NS = 1_000_000L;

    /** Expected: 15 · 0.8 by depth, and 0.008 / 100.01 by the micro-price. */
    private static final double BUYING_BPS = 12 + 0.008 / 100.01 * 1e4;

    private static final String[] BUYING = {"bid 100.00 9.9", "offer 100.02 1.1"};
    private static final String[] SELLING = {"bid 100.00 1.1", "offer 100.02 9.9"};

    @TempDir
    Path directory;

    private LiveBook book;
    private Strategy strategy;
    private StepContext step;
    private final OrderRequests orders = new OrderRequests();

    private void open(double feeBps, Map<String, String> settings, String... levels) {
        book = new LiveBook(directory, levels);
        strategy = Strategies.start("order-flow", settings, 1);
        step = new StepContext(book.product(), feeBps, 5);
    }

    @AfterEach
    void closeBook() {
        book.close();
    }

    private void stepAt(long ms, long position) {
        orders.clear();
        step.moveTo(1, ms * MS_NS, position);
        strategy.onStep(step, orders);
    }

    private void assertNoOrder() {
        assertEquals(0, orders.count());
    }

    private void assertOrder(OrderIntent intent, Side side, long size, long limitPrice) {
        assertEquals(1, orders.count());
        assertEquals(intent, orders.intent(0));
        assertEquals(side, orders.side(0));
        assertEquals(size, orders.size(0));
        assertEquals(limitPrice, orders.limitPrice(0));
    }

    @Test
    void shouldBuyUnderThePressureOfBids() {
        open(0, Map.of("order-value", "250.03"), BUYING);
        stepAt(0, 0);
        // 250.03 at 100.01 is 2.5 in tenths; the limit is the touch and 5 basis points.
        assertOrder(OrderIntent.ENTER, Side.BID, 25, 10_007);
        assertEquals(BUYING_BPS, strategy.signal(), 1e-9);
    }

    @Test
    void shouldSellUnderThePressureOfOffers() {
        open(0, Map.of(), SELLING);
        stepAt(0, 0);
        assertOrder(OrderIntent.ENTER, Side.ASK, 4, 9_995);
        assertEquals(-BUYING_BPS, strategy.signal(), 1e-9);
    }

    @Test
    void shouldWaitWhileTheBookIsBalanced() {
        open(0, Map.of(), "bid 100.00 2.5", "offer 100.02 2.5");
        stepAt(0, 0);
        assertNoOrder();
        assertEquals(0, strategy.signal());
    }

    @Test
    void shouldEnterOnlyForMoreThanBothFeesAndTheThreshold() {
        final double most = (BUYING_BPS - 1) / 2;
        open(most + 0.001, Map.of(), BUYING);
        stepAt(0, 0);
        assertNoOrder();
        step = new StepContext(book.product(), most - 0.001, 5);
        stepAt(0, 0);
        assertEquals(1, orders.count());
        strategy = Strategies.start("order-flow", Map.of("threshold-bps", "1.01"), 1);
        stepAt(0, 0);
        assertNoOrder();
    }

    @Test
    void shouldLeaveWhenThePressureTurnsButNotBeforeItsHoldingTime() {
        open(0, Map.of("hold-ms", "100"), BUYING);
        stepAt(1000, 0);
        assertEquals(1, orders.count());
        stepAt(1200, 4);
        assertNoOrder();
        book.update(SELLING);
        stepAt(1099, 4);
        assertNoOrder();
        stepAt(1100, 4);
        assertOrder(OrderIntent.EXIT, Side.ASK, 4, 9_995);
        stepAt(1200, 4);
        assertOrder(OrderIntent.EXIT, Side.ASK, 4, 9_995);
    }

    @Test
    void shouldLeaveAShortPositionByBuying() {
        open(0, Map.of(), SELLING);
        stepAt(0, 0);
        stepAt(500, -7);
        assertNoOrder();
        book.update(BUYING);
        stepAt(600, -7);
        assertOrder(OrderIntent.EXIT, Side.BID, 7, 10_007);
    }

    @Test
    void shouldStayUntilThePressureHasTurnedByTheExitSetting() {
        open(0, Map.of("exit-bps", "-13"), BUYING);
        stepAt(0, 0);
        book.update(SELLING);
        stepAt(1000, 4);
        assertNoOrder();
        strategy = Strategies.start("order-flow", Map.of("exit-bps", "-12"), 1);
        stepAt(1000, 4);
        assertEquals(1, orders.count());
    }

    @Test
    void shouldLookAtAsManyLevelsAsItIsTold() {
        final Map<String, String> settings = new HashMap<>(Map.of("levels", "1"));
        open(0, settings, "bid 100.00 2.5", "bid 99.99 97.5", "offer 100.02 2.5", "offer 100.03 0.5");
        stepAt(0, 0);
        assertEquals(0, strategy.signal());
        settings.put("levels", "2");
        strategy = Strategies.start("order-flow", settings, 1);
        stepAt(0, 0);
        assertEquals(15 * 97.0 / 103.0, strategy.signal(), 1e-9);
    }

    @Test
    void shouldLeaveABookAloneThatCannotBeTraded() {
        open(0, Map.of(), BUYING);
        book.update("offer 100.02 0");
        stepAt(0, 0);
        assertNoOrder();
        book.update("offer 100.00 1.5");
        stepAt(0, 0);
        assertNoOrder();
        book.update("offer 100.00 0", "offer 100.02 1.1");
        stepAt(0, 0);
        assertEquals(1, orders.count());
        book.disconnect();
        stepAt(1000, 0);
        assertNoOrder();
        stepAt(1000, 4);
        assertNoOrder();
    }

    @Test
    void shouldAskForNothingThatIsSmallerThanTheSmallestSize() {
        open(0, Map.of("order-value", "9"), BUYING);
        stepAt(0, 0);
        assertNoOrder();
        assertTrue(strategy.signal() > 0);
    }
}
