package org.aegishydra.trader.strategy;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.file.Path;
import java.util.HashMap;
import java.util.Map;
import org.aegishydra.core.checkpoint.Checkpointed;
import org.aegishydra.core.checkpoint.StateInput;
import org.aegishydra.core.checkpoint.StateOutput;
import org.aegishydra.core.coinbase.Decimals;
import org.aegishydra.core.coinbase.Side;
import org.aegishydra.core.command.UsageException;
import org.aegishydra.core.run.OrderIntent;
import org.aegishydra.trader.LiveBook;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class IsingStrategyTest {
    private static final long MS_NS = 1_000_000L;

    /** A depth imbalance of a half, to either side. */
    private static final String[] BIDS = {"bid 100.00 7.5", "offer 100.02 2.5"};

    private static final String[] OFFERS = {"bid 100.00 2.5", "offer 100.02 7.5"};
    private static final String[] BALANCE = {"bid 100.00 5.0", "offer 100.02 5.0"};

    @TempDir
    Path directory;

    private LiveBook book;
    private Strategy strategy;
    private StepContext step;
    private long ms;
    private final OrderRequests orders = new OrderRequests();

    @BeforeEach
    void openBook() {
        book = new LiveBook(directory, BALANCE);
        step = new StepContext(book.product(), 0, 5);
    }

    @AfterEach
    void closeBook() {
        book.close();
    }

    private static Strategy ising(String... settings) {
        final Map<String, String> values = new HashMap<>();
        for (final String setting : settings) {
            values.put(setting.substring(0, setting.indexOf('=')), setting.substring(setting.indexOf('=') + 1));
        }
        return Strategies.start("ising", values, 1);
    }

    private void step(long position) {
        orders.clear();
        step.moveTo(1, ++ms * MS_NS, position);
        strategy.onStep(step, orders);
    }

    /** Steps until there is an order. Returns how many that took. */
    private int stepsToOrder(long position) {
        for (int steps = 1; steps <= 1_000; steps++) {
            step(position);
            if (orders.count() > 0) {
                assertEquals(1, orders.count());
                return steps;
            }
        }
        throw new AssertionError("no order in 1000 steps; M is " + strategy.signal());
    }

    private void assertOrder(OrderIntent intent, Side side) {
        assertEquals(intent, orders.intent(0));
        assertEquals(side, orders.side(0));
    }

    private void assertNoOrderIn(int steps, long position) {
        for (int i = 0; i < steps; i++) {
            step(position);
            assertEquals(0, orders.count());
        }
    }

    private static void assertWithin(int low, int high, int found) {
        assertTrue(found >= low && found <= high, "found " + found);
    }

    /**
     * With the settings as they are by default: an imbalance of a half that lasts, from a random lattice and against a
     * full one.
     */
    @Test
    void shouldAnswerALastingImbalanceWithinTensOfSweeps() {
        strategy = ising();
        assertEquals(0, strategy.signal(), 0.02);
        book.update(BIDS);
        int steps = 0;
        while (strategy.signal() < 0.6) {
            step(0);
            steps++;
        }
        assertWithin(2, 20, steps);
        for (int i = 0; i < 300; i++) {
            step(0);
        }
        assertTrue(strategy.signal() > 0.8, "M " + strategy.signal());
        book.update(OFFERS);
        steps = 0;
        while (strategy.signal() > -0.6) {
            step(0);
            steps++;
        }
        assertWithin(10, 60, steps);
    }

    @Test
    void shouldAnswerToTheSignAndTheSizeOfItsWeights() {
        strategy = ising("depth-weight=-0.2");
        book.update(BIDS);
        assertNoOrderIn(3, 0);
        stepsToOrder(0);
        assertOrder(OrderIntent.ENTER, Side.ASK);
        strategy = ising("max-field=0");
        for (int i = 0; i < 60; i++) {
            step(0);
        }
        assertEquals(0, strategy.signal(), 0.3);
    }

    /** The touch gets size in every other step, on the bid's side only, and the depth has no weight. */
    @Test
    void shouldAnswerToTheFlowOfOrders() {
        strategy = ising("depth-weight=0", "flow-weight=0.2", "flow-steps=100");
        for (int i = 0; i < 60; i++) {
            book.update("bid 100.00 " + (5 + i));
            step(0);
        }
        assertTrue(strategy.signal() > 0.6, "M " + strategy.signal());
        for (int i = 0; i < 80; i++) {
            book.update("offer 100.02 " + (5 + i));
            step(0);
        }
        assertTrue(strategy.signal() < -0.6, "M " + strategy.signal());
    }

    @Test
    void shouldGoLongAboveTheThresholdAndLeaveWhenTheMagnetizationIsBack() {
        strategy = ising("hold-ms=0", "entry-sigmas=0");
        book.update(BIDS);
        stepsToOrder(0);
        assertOrder(OrderIntent.ENTER, Side.BID);
        assertEquals(step.sizeOf(50), orders.size(0));
        assertEquals(step.limitPrice(Side.BID), orders.limitPrice(0));
        assertTrue(strategy.signal() > 0.6);
        assertNoOrderIn(100, 4);
        book.update(OFFERS);
        stepsToOrder(4);
        assertOrder(OrderIntent.EXIT, Side.ASK);
        assertEquals(4, orders.size(0));
        assertTrue(strategy.signal() < 0.4 && strategy.signal() > -0.4, "M " + strategy.signal());
    }

    @Test
    void shouldGoShortBelowTheThresholdAndLeaveByBuying() {
        strategy = ising("hold-ms=0", "entry-sigmas=0");
        book.update(OFFERS);
        stepsToOrder(0);
        assertOrder(OrderIntent.ENTER, Side.ASK);
        assertTrue(strategy.signal() < -0.6);
        assertNoOrderIn(100, -7);
        book.update(BIDS);
        stepsToOrder(-7);
        assertOrder(OrderIntent.EXIT, Side.BID);
        assertEquals(7, orders.size(0));
    }

    @Test
    void shouldEnterOnceForACrossing() {
        strategy = ising("hold-ms=0", "entry-sigmas=0");
        book.update(BIDS);
        stepsToOrder(0);
        // Refused, or nothing was filled: M has not crossed again.
        assertNoOrderIn(200, 0);
    }

    @Test
    void shouldEnterForACrossingThatCameWhileThereWasAPosition() {
        strategy = ising("hold-ms=200", "entry-sigmas=0");
        book.update(BIDS);
        stepsToOrder(0);
        book.update(OFFERS);
        assertNoOrderIn(199, 4);
        assertTrue(strategy.signal() < -0.6);
        step(4);
        assertOrder(OrderIntent.EXIT, Side.ASK);
        step(0);
        assertOrder(OrderIntent.ENTER, Side.ASK);
    }

    /** While M rises from 0, its deviation lifts the threshold. */
    @Test
    void shouldAskForMoreWhileTheMagnetizationSwings() {
        strategy = ising("entry-sigmas=0");
        book.update(BIDS);
        final int plain = stepsToOrder(0);
        strategy = ising("entry-sigmas=0.5");
        final int half = stepsToOrder(0);
        final double magnetization = strategy.signal();
        assertTrue(half > plain, half + " after " + plain);
        assertTrue(magnetization > 0.65, "M " + magnetization);
        strategy = ising("entry-sigmas=5", "window=10000");
        assertNoOrderIn(50, 0);
    }

    @Test
    void shouldSweepInEachIntervalOfEventTime() {
        strategy = ising("sweep-ms=10");
        book.update(BIDS);
        step(0);
        double before = strategy.signal();
        for (int sweep = 0; sweep < 5; sweep++) {
            for (int i = 0; i < 9; i++) {
                step(0);
                assertEquals(before, strategy.signal());
            }
            step(0);
            assertNotEquals(before, strategy.signal());
            before = strategy.signal();
        }
    }

    @Test
    void shouldRestWhileTheBookCannotBeTraded() {
        strategy = ising();
        book.update(BIDS);
        step(0);
        final double before = strategy.signal();
        book.disconnect();
        assertNoOrderIn(30, 0);
        assertNoOrderIn(30, 4);
        assertEquals(before, strategy.signal());
    }

    /** What came while nobody could see it is no flow of the step that sees the book again. */
    @Test
    void shouldNotTakeWhatItMissedForFlow() {
        final Strategy[] strategies = {
            ising("depth-weight=0", "flow-weight=0.2"), ising("depth-weight=0", "flow-weight=0.2")
        };
        for (int i = 0; i < 2; i++) {
            strategy = strategies[i];
            book.update(BALANCE);
            step(0);
            book.update("offer 100.02 0");
            book.update("bid 100.00 " + (i == 0 ? 5 : 5_000));
            step(0);
            book.update("offer 100.02 5");
            step(0);
        }
        assertEquals(strategies[0].signal(), strategies[1].signal());
    }

    /** Two books with the same sizes in other scales; one step without flow for either, since a scale changed. */
    @Test
    void shouldSeeTheSameFlowInFinerScales() {
        final String[] settings = {"depth-weight=0", "flow-weight=0.01", "max-field=10", "entry=1"};
        strategy = ising(settings);
        for (int i = 0; i < 20; i++) {
            book.update("bid 100.00 " + (5 + i % 3));
            step(0);
        }
        final StateOutput state = new StateOutput();
        ((Checkpointed) strategy).writeState(state);
        final Strategy coarse = ising(settings);
        final Strategy fine = ising(settings);
        ((Checkpointed) coarse).readState(new StateInput(state.buffer(), 0, state.lengthBytes()));
        ((Checkpointed) fine).readState(new StateInput(state.buffer(), 0, state.lengthBytes()));
        coarse.onScaleChange(1, 1);
        for (int i = 0; i < 20; i++) {
            book.update("bid 100.00 " + (5 + i % 3), "offer 100.02 5.0");
            strategy = coarse;
            step(0);
        }
        // Makes the book's sizes finer by three places; nobody sees the update itself.
        final int scale = book.product().product().sizeScale();
        book.update("bid 1.00 0.0001");
        final int widerBy = book.product().product().sizeScale() - scale;
        fine.onScaleChange(1, Decimals.powerOfTen(widerBy));
        assertTrue(widerBy > 0);
        for (int i = 0; i < 20; i++) {
            book.update("bid 100.00 " + (5 + i % 3), "offer 100.02 5.0");
            strategy = fine;
            step(0);
        }
        assertEquals(coarse.signal(), fine.signal());
    }

    @Test
    void shouldGoOnFromItsState() {
        strategy = ising("window=50");
        for (int i = 0; i < 150; i++) {
            book.update(i % 40 < 20 ? BIDS : OFFERS);
            step(0);
        }
        final StateOutput state = new StateOutput();
        ((Checkpointed) strategy).writeState(state);
        final Strategy resumed = Strategies.start("ising", Map.of("window", "50"), 9);
        final StateInput input = new StateInput(state.buffer(), 0, state.lengthBytes());
        ((Checkpointed) resumed).readState(input);
        input.end();
        final Strategy first = strategy;
        for (int i = 0; i < 200; i++) {
            book.update(i % 40 < 20 ? BIDS : OFFERS);
            strategy = first;
            step(0);
            final int count = orders.count();
            ms--;
            strategy = resumed;
            step(0);
            assertEquals(count, orders.count());
            assertEquals(first.signal(), resumed.signal());
        }
    }

    @Test
    void shouldDrawItsSpinsFromTheSeed() {
        assertEquals(
                Strategies.start("ising", Map.of(), 3).signal(),
                Strategies.start("ising", Map.of(), 3).signal());
        assertNotEquals(
                Strategies.start("ising", Map.of(), 3).signal(),
                Strategies.start("ising", Map.of(), 4).signal());
    }

    @ParameterizedTest
    @CsvSource({
        "temperature, 0, from 0.1 to 100",
        "levels, 101, from 1 to 100",
        "depth-weight, x, from -100 to 100",
        "max-field, -1, from 0 to 100",
        "window, 1, from 2 to 10000",
        "window, 10001, from 2 to 10000",
        "entry, 1.1, from 0 to 1",
        "exit, 0.7, from 0 to 0.6",
        "sweep-ms, -1, from 0 to 2147483647",
    })
    void shouldNameTheRangeOfASetting(String name, String value, String range) {
        assertEquals(
                "--set " + name + "=" + value + ": the strategy ising takes a number " + range,
                assertThrows(UsageException.class, () -> ising(name + "=" + value))
                        .getMessage());
    }

    @ParameterizedTest
    @ValueSource(strings = {"entry=0.3", "entry=0"})
    void shouldTakeAnEntryBelowTheUsualExit(String entry) {
        strategy = ising(entry);
        assertEquals(0, strategy.signal(), 0.02);
        assertThrows(UsageException.class, () -> ising(entry, "exit=0.4"));
    }
}
