package org.aegishydra.jmh.ising;

import java.util.SplittableRandom;
import org.aegishydra.trader.ising.IsingLattice;

/**
 * The model as it is usually written, and as the system before Aegis had it: a byte a spin, one spin at a time, an
 * exponential for each flip that costs energy. What {@link IsingLattice} is measured against, and a second opinion on its
 * physics. Used by one thread.
 */
public final class PlainLattice {
    private static final int SIDE = IsingLattice.SIDE;

    private final byte[] spins = new byte[IsingLattice.SPINS];
    private final SplittableRandom random;
    private final double temperature;

    /** A lattice of random spins. */
    public PlainLattice(double temperature, long seed) {
        this.temperature = temperature;
        random = new SplittableRandom(seed);
        for (int i = 0; i < spins.length; i++) {
            spins[i] = (byte) (random.nextBoolean() ? 1 : -1);
        }
    }

    /** Gives every spin one chance to flip, one colour of the checkerboard after the other. */
    public void sweep(double field) {
        for (int colour = 0; colour < 2; colour++) {
            for (int y = 0; y < SIDE; y++) {
                for (int x = (y + colour) % 2; x < SIDE; x += 2) {
                    update(y, x, field);
                }
            }
        }
    }

    private void update(int y, int x, double field) {
        final int at = y * SIDE + x;
        final int neighbours = spins[((y - 1) & (SIDE - 1)) * SIDE + x]
                + spins[((y + 1) & (SIDE - 1)) * SIDE + x]
                + spins[y * SIDE + ((x - 1) & (SIDE - 1))]
                + spins[y * SIDE + ((x + 1) & (SIDE - 1))];
        final double cost = 2 * spins[at] * (neighbours + field);
        if (cost <= 0 || random.nextDouble() < Math.exp(-cost / temperature)) {
            spins[at] = (byte) -spins[at];
        }
    }

    /** The mean spin, -1 to 1. */
    public double magnetization() {
        long sum = 0;
        for (final byte spin : spins) {
            sum += spin;
        }
        return (double) sum / IsingLattice.SPINS;
    }

    /** The energy a spin in no field, in units of J. */
    public double energy() {
        long aligned = 0;
        for (int y = 0; y < SIDE; y++) {
            for (int x = 0; x < SIDE; x++) {
                aligned += spins[y * SIDE + x]
                        * (spins[((y + 1) & (SIDE - 1)) * SIDE + x] + spins[y * SIDE + ((x + 1) & (SIDE - 1))]);
            }
        }
        return -(double) aligned / IsingLattice.SPINS;
    }
}
