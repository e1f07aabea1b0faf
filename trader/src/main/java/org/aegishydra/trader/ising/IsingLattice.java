package org.aegishydra.trader.ising;

import org.aegishydra.core.checkpoint.Checkpointed;
import org.aegishydra.core.checkpoint.StateInput;
import org.aegishydra.core.checkpoint.StateOutput;
import org.aegishydra.core.latency.HotPath;

/**
 * The two-dimensional Ising model on a torus of {@value #SIDE} x {@value #SIDE} spins, with single-spin flips after
 * Metropolis et al. (1953, "Equation of state calculations by fast computing machines") on one colour of the
 * checkerboard, then on the other. Its energy is E = -J · Σ s·s' - h · Σ s over neighbours and spins; temperature and
 * field are in units of J.
 *
 * <p>The probabilities are exact to 2 to the -50, and the draws from them to 2 to the -63. The same seed and the same
 * fields give the same spins on every JVM. Nothing is allocated after construction. Used by one thread.
 */
@HotPath
public final class IsingLattice implements Checkpointed {
    /** The length of a side. */
    public static final int SIDE = 256;

    /** The number of spins. */
    public static final int SPINS = SIDE * SIDE;

    private final Sublattice[] colours = {new Sublattice(0), new Sublattice(1)};
    private final FlipChances chances;
    private final Neighbours neighbours = new Neighbours();
    private final FlipDraw draw;

    /**
     * A lattice of random spins.
     *
     * @param temperature above 0, in units of J.
     */
    public IsingLattice(double temperature, long seed) {
        if (!(temperature > 0)) {
            throw new IllegalArgumentException("temperature " + temperature + ": must be above 0");
        }
        chances = new FlipChances(temperature);
        draw = new FlipDraw(seed);
        final long[] spins = new long[Lanes.padded(Sublattice.WORDS)];
        for (final Sublattice colour : colours) {
            draw.random().draw(spins);
            colour.flip(spins);
        }
    }

    /**
     * Gives every spin one chance to flip.
     *
     * @param field h, in units of J; positive upwards.
     */
    public void sweep(double field) {
        chances.setField(field);
        sweep(colours[0], colours[1]);
        sweep(colours[1], colours[0]);
    }

    private void sweep(Sublattice own, Sublattice other) {
        neighbours.sort(own, other, chances);
        own.flip(draw.flips(neighbours, chances));
    }

    /** Spins up less spins down. */
    public int sumOfSpins() {
        return 2 * (colours[0].up() + colours[1].up()) - SPINS;
    }

    /** The mean spin, -1 to 1. */
    public double magnetization() {
        return (double) sumOfSpins() / SPINS;
    }

    /** The spin in a row and a column, counted from 0. */
    public boolean isUp(int y, int x) {
        return colours[(y + x) & 1].isUp(y, x / 2);
    }

    @Override
    public void writeState(StateOutput output) {
        draw.writeState(output);
        for (final Sublattice colour : colours) {
            colour.writeState(output);
        }
    }

    @Override
    public void readState(StateInput input) {
        draw.readState(input);
        for (final Sublattice colour : colours) {
            colour.readState(input);
        }
    }
}
