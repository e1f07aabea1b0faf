package org.aegishydra.trader.ising;

import org.aegishydra.core.latency.HotPath;

/**
 * The Metropolis probabilities at a temperature and a field. What a spin's flip costs depends on the number n of its
 * neighbours that are up: the local field is f = J·(2n - 4) + h, a spin against it flips for certain, and one along it
 * with the probability exp(-2·|f| / T). So there are five probabilities, one for each n.
 *
 * <p>A probability is kept as a number of 63 binary places; {@link StrictMath} makes it the same on every JVM. Used by
 * one thread.
 */
@HotPath
final class FlipChances {
    /** Numbers of neighbours that are up: 0 to 4. */
    static final int CLASSES = 5;

    /** The binary places of a probability, numbered from 0, the highest. */
    static final int PLACES = 63;

    private static final double ONE = 0x1p63;

    private final double temperature;
    private final long[] chances = new long[CLASSES];
    private final long[] downwards = new long[CLASSES];
    private double field = Double.NaN;

    /** The probabilities at a temperature, in units of J. */
    FlipChances(double temperature) {
        this.temperature = temperature;
    }

    /** The field from now on, in units of J. */
    void setField(double newField) {
        if (newField == field) {
            return;
        }
        field = newField;
        for (int n = 0; n < CLASSES; n++) {
            final double local = 2.0 * n - 4 + newField;
            // A probability of 1 becomes the largest long.
            chances[n] = (long) (StrictMath.exp(-2 * Math.abs(local) / temperature) * ONE);
            downwards[n] = local < 0 ? -1 : 0;
        }
    }

    /**
     * The probability that a spin with n neighbours up flips although it is along the local field, times 2 to the 63.
     */
    long chance(int n) {
        return chances[n];
    }

    /** A binary place of a probability, as a word of that bit. */
    long place(int n, int place) {
        return -((chances[n] >>> (PLACES - 1 - place)) & 1);
    }

    /** All ones if a spin with n neighbours up feels a local field downwards, else 0. */
    long downwards(int n) {
        return downwards[n];
    }
}
