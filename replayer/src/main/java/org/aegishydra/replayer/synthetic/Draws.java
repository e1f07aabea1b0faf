package org.aegishydra.replayer.synthetic;

import org.apache.commons.rng.UniformRandomProvider;
import org.apache.commons.rng.simple.RandomSource;

/**
 * A stream of random numbers, the same for the same seed on every JVM: the generator is integer arithmetic
 * (xoroshiro128++, Blackman and Vigna 2021), and every function whose last bit could differ is {@link StrictMath}'s.
 * Used by one thread.
 */
final class Draws {
    private static final long GOLDEN_RATIO = 0x9E3779B97F4A7C15L;

    private final UniformRandomProvider random;
    private double spareGaussian = Double.NaN;

    private Draws(long seed) {
        random = RandomSource.XO_RO_SHI_RO_128_PP.create(seed);
    }

    /** One of many independent streams of a seed: a concern of its own does not shift the numbers of another. */
    static Draws stream(long seed, int concern, int index) {
        return new Draws(seed ^ (GOLDEN_RATIO * (1 + concern * 1_000_003L + index)));
    }

    UniformRandomProvider random() {
        return random;
    }

    /** From 0 inclusive to 1 exclusive. */
    double uniform() {
        return random.nextDouble();
    }

    boolean chance(double probability) {
        return random.nextDouble() < probability;
    }

    /** From 0 to one less than the limit. */
    int below(int limit) {
        return random.nextInt(limit);
    }

    /** Exponential with mean 1. */
    double exponential() {
        return -StrictMath.log(1 - random.nextDouble());
    }

    /** Standard normal, by the polar method (Marsaglia and Bray 1964). */
    double gaussian() {
        if (!Double.isNaN(spareGaussian)) {
            final double spare = spareGaussian;
            spareGaussian = Double.NaN;
            return spare;
        }
        while (true) {
            final double x = 2 * random.nextDouble() - 1;
            final double y = 2 * random.nextDouble() - 1;
            final double square = x * x + y * y;
            if (square < 1 && square > 0) {
                final double scale = StrictMath.sqrt(-2 * StrictMath.log(square) / square);
                spareGaussian = y * scale;
                return x * scale;
            }
        }
    }

    double logNormal(double median, double sigma) {
        return median * StrictMath.exp(sigma * gaussian());
    }

    /** Pareto with mean 1: P(x >= r) falls as r^-alpha, and what is over the limit is the limit. */
    double cutPareto(double alpha, double limit) {
        final double drawn = Math.min(limit, StrictMath.pow(1 - random.nextDouble(), -1 / alpha));
        return drawn * (alpha - 1) / (alpha - StrictMath.pow(limit, 1 - alpha));
    }

    /** From 0, with P(rank >= r) = (1 + r / scale)^-alpha: most are small, a few very large; at most limit - 1. */
    int heavyTailedRank(double scale, double alpha, int limit) {
        final double drawn = scale * (StrictMath.pow(1 - random.nextDouble(), -1 / alpha) - 1);
        return drawn < limit ? (int) drawn : random.nextInt(limit);
    }
}
