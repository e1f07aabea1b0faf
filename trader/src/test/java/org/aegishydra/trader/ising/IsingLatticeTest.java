package org.aegishydra.trader.ising;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.sun.management.ThreadMXBean;
import java.lang.management.ManagementFactory;
import org.aegishydra.core.checkpoint.StateInput;
import org.aegishydra.core.checkpoint.StateOutput;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class IsingLatticeTest {
    private static final int SIDE = IsingLattice.SIDE;
    private static final ThreadMXBean THREADS = (ThreadMXBean) ManagementFactory.getThreadMXBean();

    /** Fields of both signs, among them some that make a local field vanish or outweigh all neighbours. */
    private static final double[] FIELDS = {0, 0.1, -0.1, 0.5, 2, -2, 4, -5, 0.001};

    private static void assertSameSpins(NaiveLattice expected, IsingLattice found, String when) {
        int up = 0;
        for (int y = 0; y < SIDE; y++) {
            for (int x = 0; x < SIDE; x++) {
                if (expected.isUp(y, x) != found.isUp(y, x)) {
                    throw new AssertionError("the spin in row " + y + ", column " + x + " differs " + when);
                }
                up += found.isUp(y, x) ? 1 : 0;
            }
        }
        assertEquals(2 * up - IsingLattice.SPINS, found.sumOfSpins(), when);
    }

    @ParameterizedTest
    @CsvSource({"2.27, 1", "1.0, 2", "5, 3", "0.02, 4"})
    void shouldDoWithEachSpinWhatOneByOneWouldBeDone(double temperature, long seed) {
        final IsingLattice lattice = new IsingLattice(temperature, seed);
        final NaiveLattice naive = new NaiveLattice(temperature, seed);
        assertSameSpins(naive, lattice, "at the beginning");
        for (int i = 0; i < 3 * FIELDS.length; i++) {
            final double field = FIELDS[i % FIELDS.length];
            lattice.sweep(field);
            naive.sweep(field);
            assertSameSpins(naive, lattice, "in sweep " + i + " with the field " + field);
        }
    }

    /** How often spins flipped, by spin and neighbours, against the probabilities; counted from the spins alone. */
    @ParameterizedTest
    @CsvSource({"2.27, 0", "2.27, 0.15", "3, -0.6"})
    void shouldFlipWithMetropolisProbabilities(double temperature, double field) {
        final IsingLattice lattice = new IsingLattice(temperature, 11);
        final long[][] tried = new long[2][5];
        final long[][] flipped = new long[2][5];
        boolean[][] before = spins(lattice);
        for (int sweep = 0; sweep < 120; sweep++) {
            lattice.sweep(field);
            final boolean[][] after = spins(lattice);
            for (int y = 0; y < SIDE; y++) {
                for (int x = 0; x < SIDE; x++) {
                    // The first colour sees the other as it was, the second sees the first as it has become.
                    final int n = neighboursUp((y + x) % 2 == 0 ? before : after, y, x);
                    final int spin = before[y][x] ? 1 : 0;
                    tried[spin][n]++;
                    flipped[spin][n] += before[y][x] != after[y][x] ? 1 : 0;
                }
            }
            before = after;
        }
        for (int spin = 0; spin < 2; spin++) {
            for (int n = 0; n < 5; n++) {
                final double cost = 2 * (2 * spin - 1) * (2 * n - 4 + field);
                final double expected = cost <= 0 ? 1 : Math.exp(-cost / temperature);
                final double deviation = Math.sqrt(expected * (1 - expected) / tried[spin][n]);
                assertTrue(tried[spin][n] > 1_000, "tried " + tried[spin][n]);
                assertEquals(
                        expected,
                        (double) flipped[spin][n] / tried[spin][n],
                        4.5 * deviation,
                        "spin " + spin + " with " + n + " neighbours up");
            }
        }
    }

    private static boolean[][] spins(IsingLattice lattice) {
        final boolean[][] spins = new boolean[SIDE][SIDE];
        for (int y = 0; y < SIDE; y++) {
            for (int x = 0; x < SIDE; x++) {
                spins[y][x] = lattice.isUp(y, x);
            }
        }
        return spins;
    }

    private static int neighboursUp(boolean[][] spins, int y, int x) {
        int n = spins[(y + 1) % SIDE][x] ? 1 : 0;
        n += spins[(y + SIDE - 1) % SIDE][x] ? 1 : 0;
        n += spins[y][(x + 1) % SIDE] ? 1 : 0;
        n += spins[y][(x + SIDE - 1) % SIDE] ? 1 : 0;
        return n;
    }

    /** Onsager 1944 and Yang 1952, for an infinite lattice. */
    @ParameterizedTest
    @CsvSource({"1.5, 0.9865, -1.9511", "2.0, 0.9113, -1.7455", "3.0, 0, -0.8173"})
    void shouldFindTheExactMagnetizationAndEnergy(double temperature, double magnetization, double energy) {
        final IsingLattice lattice = new IsingLattice(temperature, 5);
        if (magnetization > 0) {
            sweep(lattice, 20, 5);
        }
        sweep(lattice, 500, 0);
        double sum = 0;
        double energies = 0;
        final int samples = 200;
        for (int i = 0; i < samples; i++) {
            sweep(lattice, 10, 0);
            sum += Math.abs(lattice.magnetization());
            energies += energyPerSpin(lattice);
        }
        if (magnetization > 0) {
            assertEquals(magnetization, sum / samples, 0.002);
        }
        assertEquals(energy, energies / samples, 0.002);
    }

    private static void sweep(IsingLattice lattice, int sweeps, double field) {
        for (int i = 0; i < sweeps; i++) {
            lattice.sweep(field);
        }
    }

    private static double energyPerSpin(IsingLattice lattice) {
        long aligned = 0;
        for (int y = 0; y < SIDE; y++) {
            for (int x = 0; x < SIDE; x++) {
                final boolean spin = lattice.isUp(y, x);
                aligned += spin == lattice.isUp((y + 1) % SIDE, x) ? 1 : -1;
                aligned += spin == lattice.isUp(y, (x + 1) % SIDE) ? 1 : -1;
            }
        }
        return -(double) aligned / IsingLattice.SPINS;
    }

    /** The same on every JVM: whatever changes this changes the decisions of recorded runs. */
    @Test
    void shouldComeToTheSameSpinsEverywhere() {
        final IsingLattice lattice = new IsingLattice(2.27, 42);
        for (int i = 0; i < 300; i++) {
            lattice.sweep(0.05 * (i % 9 - 4));
        }
        assertEquals("6f119dcaa8194b73 -39490", Long.toHexString(hash(lattice)) + " " + lattice.sumOfSpins());
    }

    private static long hash(IsingLattice lattice) {
        long hash = 0;
        for (int y = 0; y < SIDE; y++) {
            for (int x = 0; x < SIDE; x++) {
                hash = hash * 31 + (lattice.isUp(y, x) ? 1 : 2);
            }
        }
        return hash;
    }

    @Test
    void shouldGoOnFromItsState() {
        final IsingLattice first = new IsingLattice(2.27, 1);
        sweep(first, 50, 0.02);
        final StateOutput state = new StateOutput();
        first.writeState(state);
        final IsingLattice second = new IsingLattice(2.27, 2);
        sweep(second, 3, -1);
        final StateInput input = new StateInput(state.buffer(), 0, state.lengthBytes());
        second.readState(input);
        input.end();
        assertEquals(hash(first), hash(second));
        assertEquals(first.sumOfSpins(), second.sumOfSpins());
        sweep(first, 50, -0.1);
        sweep(second, 50, -0.1);
        assertEquals(hash(first), hash(second));
    }

    /** The compiler's own bytes come and go: what a sweep allocates would be in every run. */
    @Test
    void shouldAllocateNothing() {
        final IsingLattice lattice = new IsingLattice(2.27, 1);
        final long thread = Thread.currentThread().getId();
        long fewest = Long.MAX_VALUE;
        for (int run = 0; run < 10 && fewest > 0; run++) {
            final long before = THREADS.getThreadAllocatedBytes(thread);
            for (int i = 0; i < 200; i++) {
                lattice.sweep(0.01 * (i % 5 - 2));
            }
            fewest = Math.min(fewest, THREADS.getThreadAllocatedBytes(thread) - before);
        }
        assertEquals(0, fewest);
    }

    @ParameterizedTest
    @ValueSource(doubles = {0, -1, Double.NaN})
    void shouldRefuseATemperatureThatIsNone(double temperature) {
        assertThrows(IllegalArgumentException.class, () -> new IsingLattice(temperature, 1));
    }
}
