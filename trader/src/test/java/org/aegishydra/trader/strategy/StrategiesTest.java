package org.aegishydra.trader.strategy;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertNotSame;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.Map;
import org.aegishydra.core.command.UsageException;
import org.aegishydra.trader.EagerStrategy;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class StrategiesTest {
    /** A strategy that nobody can make. */
    static final class Unmakeable implements Strategy {
        private final String name;

        Unmakeable(String name) {
            this.name = name;
        }

        @Override
        public String name() {
            return name;
        }

        @Override
        public void onStep(StepContext step, OrderRequests orders) {
            throw new UnsupportedOperationException();
        }
    }

    private static String refusal(String name, Map<String, String> settings) {
        return assertThrows(UsageException.class, () -> Strategies.start(name, settings, 1))
                .getMessage();
    }

    @Test
    void shouldFindAStrategyByItsNameOrItsClass() {
        assertInstanceOf(OrderFlowStrategy.class, Strategies.start("order-flow", Map.of(), 1));
        assertInstanceOf(
                OrderFlowStrategy.class, Strategies.start(OrderFlowStrategy.class.getName(), Map.of("levels", "3"), 1));
        assertInstanceOf(EagerStrategy.class, Strategies.start(EagerStrategy.class.getName(), Map.of(), 1));
    }

    @Test
    void shouldGiveEachProductAnInstanceOfItsOwn() {
        assertNotSame(Strategies.start("order-flow", Map.of(), 1), Strategies.start("order-flow", Map.of(), 1));
    }

    @Test
    void shouldNameTheStrategiesThatThereAre() {
        assertEquals(
                "--strategy orderflow: there are ising, order-flow, or name a class on the class path",
                refusal("orderflow", Map.of()));
    }

    @ParameterizedTest
    @ValueSource(strings = {"java.lang.String", "org.aegishydra.trader.strategy.StrategiesTest$Unmakeable"})
    void shouldSayWhatAClassMustHave(String name) {
        final String message = refusal(name, Map.of());
        assertTrue(
                message.startsWith("--strategy " + name + ": the class must implement " + Strategy.class.getName()
                        + " and have a public constructor without arguments"),
                message);
    }

    @Test
    void shouldNameTheSettingsThatAStrategyHas() {
        assertEquals(
                "--set level=5: the strategy order-flow has the settings exit-bps, hold-ms, levels, order-value, "
                        + "reach-bps, threshold-bps",
                refusal("order-flow", Map.of("level", "5")));
        assertEquals(
                "--set seed=5: the strategy " + EagerStrategy.class.getName() + " has the settings limit",
                refusal(EagerStrategy.class.getName(), Map.of("seed", "5")));
    }

    @ParameterizedTest
    @CsvSource({
        "levels, 0, a number from 1 to 100",
        "levels, 101, a number from 1 to 100",
        "levels, 2.5, a number from 1 to 100",
        "levels, many, a number from 1 to 100",
        "reach-bps, -1, a number from 0 to 10000",
        "reach-bps, NaN, a number from 0 to 10000",
        "exit-bps, 10001, a number from -10000 to 10000",
        "hold-ms, 1e12, a number from 0 to 2147483647",
        "order-value, '', a number from 0 to 1000000000000"
    })
    void shouldNameTheRangeOfASetting(String name, String value, String range) {
        assertEquals(
                "--set " + name + "=" + value + ": the strategy order-flow takes " + range,
                refusal("order-flow", Map.of(name, value)));
    }
}
