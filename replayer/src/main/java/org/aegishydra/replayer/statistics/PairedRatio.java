package org.aegishydra.replayer.statistics;

import org.hipparchus.distribution.continuous.TDistribution;
import org.hipparchus.stat.descriptive.moment.StandardDeviation;

/**
 * How a figure changed between two sides that were measured in pairs, one a round: the geometric mean of the rounds' ratios,
 * from the differences of their logarithms. What the machine did in a round meets both sides, and a ratio's logarithm is about
 * as far from normal above as below, so that Student's t holds with few rounds; the exact sign-flip test stands beside it,
 * which assumes nothing.
 */
public final class PairedRatio {
    /** The fewest rounds that have figures; a claim takes more. */
    public static final int LEAST_ROUNDS = 3;

    /** The most. */
    public static final int MOST_ROUNDS = SignFlipTest.MAX_ROUNDS;

    /** The chance with which an effect of the stated size would have been shown. */
    static final double POWER = 0.8;

    private static final int MOST_ROUNDS_NEEDED = 10_000;

    private final int rounds;
    private final double meanLog;
    private final double deviationLog;
    private final double signFlipPValue;

    private PairedRatio(double[] differences, double leastDeviation) {
        rounds = differences.length;
        double sum = 0;
        for (final double difference : differences) {
            sum += difference;
        }
        meanLog = sum / rounds;
        deviationLog = Math.max(leastDeviation, new StandardDeviation().evaluate(differences));
        signFlipPValue = SignFlipTest.pValue(differences);
    }

    /**
     * Compares two sides.
     *
     * @param before figures above 0, one a round, {@value #LEAST_ROUNDS} rounds at least.
     * @param after those of the other side in the same rounds.
     */
    public static PairedRatio of(double[] before, double[] after) {
        return of(before, after, 0);
    }

    /**
     * The same of figures of which it is known how exact they can be at best, for example because they are counts: rounds that
     * happen to agree do not make them more exact.
     *
     * @param leastDeviation the standard deviation of a round's log-ratio that is assumed at least.
     */
    public static PairedRatio of(double[] before, double[] after, double leastDeviation) {
        if (before.length != after.length || before.length < LEAST_ROUNDS) {
            throw new IllegalArgumentException(before.length + " and " + after.length + " rounds: both sides need the "
                    + "same number, " + LEAST_ROUNDS + " at least");
        }
        final double[] differences = new double[before.length];
        for (int i = 0; i < before.length; i++) {
            differences[i] = Math.log(after[i]) - Math.log(before[i]);
            if (!Double.isFinite(differences[i])) {
                throw new IllegalArgumentException("no ratio of " + after[i] + " to " + before[i]);
            }
        }
        return new PairedRatio(differences, leastDeviation);
    }

    /** The number of pairs. */
    public int rounds() {
        return rounds;
    }

    /** After divided by before: below 1 is less. */
    public double ratio() {
        return Math.exp(meanLog);
    }

    private double standardError() {
        return deviationLog / Math.sqrt(rounds);
    }

    private static double quantile(int rounds, double probability) {
        return new TDistribution(rounds - 1.0).inverseCumulativeProbability(probability);
    }

    /** The lower end of the ratio's interval; its coverage is 1 minus the error. */
    public double low(double error) {
        return Math.exp(meanLog - quantile(rounds, 1 - error / 2) * standardError());
    }

    /** The upper end. */
    public double high(double error) {
        return Math.exp(meanLog + quantile(rounds, 1 - error / 2) * standardError());
    }

    /** Of Student's t, two-sided; that of the sign-flip test where all rounds agree to the last bit, which t cannot judge. */
    public double pValue() {
        if (meanLog == 0) {
            return 1;
        }
        if (deviationLog == 0) {
            return signFlipPValue;
        }
        return 2 * new TDistribution(rounds - 1.0).cumulativeProbability(-Math.abs(meanLog / standardError()));
    }

    /** Of the exact sign-flip test, two-sided. */
    public double signFlipPValue() {
        return signFlipPValue;
    }

    /**
     * Whether the sign-flip test, too, excludes chance, with an error as given. Where so few rounds cannot reach that (6 come to
     * 0.031, 7 to 0.016), it demands that all of them agree, and Student's t alone keeps the error.
     */
    public boolean isConfirmed(double error) {
        return signFlipPValue <= Math.max(error, SignFlipTest.leastPValue(rounds));
    }

    /**
     * The smallest change, as a share of the figure, that so many rounds would have shown in four of five verifications: 0.1 is
     * a tenth more. A decrease of the same logarithm is as easy to show.
     */
    public double smallestEffect(double error) {
        return Math.expm1(factor(rounds, error) * standardError());
    }

    private static double factor(int rounds, double error) {
        return quantile(rounds, 1 - error / 2) + quantile(rounds, POWER);
    }

    /**
     * How many rounds would show, in four of five verifications, a change as large as the one that was seen, if the rounds go on
     * to differ as they did.
     *
     * @return that number, or -1 if it is beyond {@value #MOST_ROUNDS_NEEDED}.
     */
    public int roundsNeeded(double error) {
        if (!wouldShow(MOST_ROUNDS_NEEDED, error)) {
            return -1;
        }
        int tooFew = LEAST_ROUNDS - 1;
        int enough = MOST_ROUNDS_NEEDED;
        while (enough - tooFew > 1) {
            final int middle = (tooFew + enough) >>> 1;
            if (wouldShow(middle, error)) {
                enough = middle;
            } else {
                tooFew = middle;
            }
        }
        return enough;
    }

    private boolean wouldShow(int someRounds, double error) {
        return factor(someRounds, error) * deviationLog / Math.sqrt(someRounds) <= Math.abs(meanLog);
    }
}
