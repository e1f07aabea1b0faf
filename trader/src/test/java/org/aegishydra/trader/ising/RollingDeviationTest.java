package org.aegishydra.trader.ising;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.util.ArrayDeque;
import java.util.Deque;
import java.util.SplittableRandom;
import org.aegishydra.core.checkpoint.StateInput;
import org.aegishydra.core.checkpoint.StateOutput;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class RollingDeviationTest {
    private static double naive(Deque<Integer> values) {
        final double mean =
                values.stream().mapToInt(Integer::intValue).average().orElseThrow();
        return Math.sqrt(values.stream()
                .mapToDouble(value -> (value - mean) * (value - mean))
                .average()
                .orElseThrow());
    }

    @ParameterizedTest
    @ValueSource(ints = {1, 2, 7, 1_000})
    void shouldBeThatOfTheLastValues(int window) {
        final SplittableRandom random = new SplittableRandom(window);
        final RollingDeviation deviation = new RollingDeviation(window);
        final Deque<Integer> values = new ArrayDeque<>();
        for (int i = 0; i < 3_000; i++) {
            final int value = random.nextInt(-IsingLattice.SPINS, IsingLattice.SPINS + 1);
            deviation.add(value);
            values.add(value);
            if (values.size() > window) {
                values.remove();
            }
            assertEquals(naive(values), deviation.value(), 1e-6);
        }
    }

    @Test
    void shouldNotDrift() {
        final RollingDeviation deviation = new RollingDeviation(RollingDeviation.MAX_WINDOW);
        final SplittableRandom random = new SplittableRandom(1);
        for (int i = 0; i < 3_000_000; i++) {
            deviation.add(random.nextBoolean() ? IsingLattice.SPINS : -random.nextInt(100));
        }
        for (int i = 0; i < RollingDeviation.MAX_WINDOW; i++) {
            deviation.add(IsingLattice.SPINS);
        }
        assertEquals(0, deviation.value());
        for (int i = 0; i < RollingDeviation.MAX_WINDOW / 2; i++) {
            deviation.add(-IsingLattice.SPINS);
        }
        assertEquals(IsingLattice.SPINS, deviation.value());
    }

    @Test
    void shouldGoOnFromItsState() {
        final RollingDeviation first = new RollingDeviation(5);
        for (int i = 0; i < 8; i++) {
            first.add(3L * i);
        }
        final StateOutput state = new StateOutput();
        first.writeState(state);
        final RollingDeviation second = new RollingDeviation(5);
        second.readState(new StateInput(state.buffer(), 0, state.lengthBytes()));
        for (int i = 0; i < 8; i++) {
            assertEquals(first.value(), second.value());
            first.add(-i);
            second.add(-i);
        }
    }

    @ParameterizedTest
    @ValueSource(ints = {0, -1, RollingDeviation.MAX_WINDOW + 1})
    void shouldRefuseAWindowThatItsSumsCannotHold(int window) {
        assertThrows(IllegalArgumentException.class, () -> new RollingDeviation(window));
    }

    @Test
    void shouldRefuseAValueThatItsSumsCannotHold() {
        final RollingDeviation deviation = new RollingDeviation(2);
        assertThrows(IllegalArgumentException.class, () -> deviation.add(RollingDeviation.MAX_VALUE + 1));
    }
}
