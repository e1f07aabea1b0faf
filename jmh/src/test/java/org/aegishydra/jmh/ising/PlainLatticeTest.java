package org.aegishydra.jmh.ising;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import org.aegishydra.trader.ising.IsingLattice;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Two programs for one model: they must find the same physics, whose values without a field are known. */
class PlainLatticeTest {
    private static void sweep(IsingLattice lattice, PlainLattice plain, int sweeps, double field) {
        for (int i = 0; i < sweeps; i++) {
            lattice.sweep(field);
            plain.sweep(field);
        }
    }

    @ParameterizedTest
    @CsvSource({"3, 0.05", "3, -0.5", "2.27, 0.1", "2.27, -0.1", "2.27, 2.5", "5, -5"})
    void shouldAgreeOnTheMagnetizationInAField(double temperature, double field) {
        final IsingLattice lattice = new IsingLattice(temperature, 1);
        final PlainLattice plain = new PlainLattice(temperature, 2);
        sweep(lattice, plain, 100, field);
        double found = 0;
        double expected = 0;
        final int samples = 500;
        for (int i = 0; i < samples; i++) {
            sweep(lattice, plain, 1, field);
            found += lattice.magnetization();
            expected += plain.magnetization();
        }
        assertEquals(expected / samples, found / samples, 0.005);
        assertTrue(found * field > 0);
    }

    /** The way there, too: from all spins up, a field turns them down. The means of some lattices of each kind. */
    @ParameterizedTest
    @CsvSource({"2.27, -0.3", "3, -0.1"})
    void shouldAgreeOnTheAnswerToAFieldThatTurns(double temperature, double field) {
        final int lattices = 16;
        final int sweeps = 30;
        final double[] found = new double[sweeps];
        final double[] expected = new double[sweeps];
        for (int seed = 0; seed < lattices; seed++) {
            final IsingLattice lattice = new IsingLattice(temperature, seed);
            final PlainLattice plain = new PlainLattice(temperature, seed);
            sweep(lattice, plain, 20, 50);
            for (int i = 0; i < sweeps; i++) {
                sweep(lattice, plain, 1, field);
                found[i] += lattice.magnetization() / lattices;
                expected[i] += plain.magnetization() / lattices;
            }
        }
        assertArrayEquals(expected, found, 0.01);
        assertTrue(found[0] > 0.5 && found[sweeps - 1] < 0, "from " + found[0] + " to " + found[sweeps - 1]);
    }

    @ParameterizedTest
    @CsvSource({"1.5, 0.9865, -1.9511", "2.0, 0.9113, -1.7455", "3.0, 0, -0.8173"})
    void shouldFindTheExactMagnetizationAndEnergy(double temperature, double magnetization, double energy) {
        final PlainLattice plain = new PlainLattice(temperature, 3);
        for (int i = 0; i < 20; i++) {
            plain.sweep(magnetization > 0 ? 5 : 0);
        }
        double sum = 0;
        double energies = 0;
        final int samples = 500;
        for (int i = -100; i < samples; i++) {
            plain.sweep(0);
            if (i >= 0) {
                sum += Math.abs(plain.magnetization());
                energies += plain.energy();
            }
        }
        if (magnetization > 0) {
            assertEquals(magnetization, sum / samples, 0.005);
        }
        assertEquals(energy, energies / samples, 0.005);
    }
}
