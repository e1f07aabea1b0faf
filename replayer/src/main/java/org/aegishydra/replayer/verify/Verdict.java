package org.aegishydra.replayer.verify;

import com.fasterxml.jackson.databind.PropertyNamingStrategies;
import com.fasterxml.jackson.databind.annotation.JsonNaming;
import java.util.ArrayList;
import java.util.List;
import java.util.function.ToDoubleFunction;

/**
 * What the trials of a verification say: first whether every variant decided the same, then how their latencies compare,
 * round by round, with the first variant's.
 *
 * @param equal whether all trials have one digest.
 * @param variants the variants, the first being the one compared with.
 */
@JsonNaming(PropertyNamingStrategies.SnakeCaseStrategy.class)
public record Verdict(boolean equal, int rounds, List<VariantResult> variants) {
    private static final double STEPS_FOR_SPIKES = 100_000;

    /**
     * One variant over all rounds.
     *
     * @param equal whether all its digests are the first variant's.
     * @param p50Ratio of a round's median latency to the first variant's in the same round; below 1 is faster.
     * @param p99Ratio likewise.
     * @param spikesPer100k steps over the threshold in 100,000 steps.
     */
    @JsonNaming(PropertyNamingStrategies.SnakeCaseStrategy.class)
    public record VariantResult(
            String variant,
            String digest,
            boolean equal,
            long decisions,
            Spread p50Ns,
            Spread p99Ns,
            Spread p999Ns,
            Spread maxNs,
            Spread spikesPer100k,
            Spread p50Ratio,
            Spread p99Ratio) {}

    /**
     * The verdict over trials.
     *
     * @param trialsByVariant for each variant its trials, in the order of the rounds; the same number each.
     */
    static Verdict of(List<List<Trial>> trialsByVariant) {
        final List<Trial> reference = trialsByVariant.get(0);
        final String digest = reference.get(0).digest();
        final List<VariantResult> results = new ArrayList<>();
        boolean allEqual = true;
        for (final List<Trial> trials : trialsByVariant) {
            final boolean equal =
                    trials.stream().allMatch(trial -> trial.digest().equals(digest));
            allEqual &= equal;
            results.add(new VariantResult(
                    trials.get(0).variant(),
                    trials.get(0).digest(),
                    equal,
                    trials.get(0).decisions().total(),
                    spread(trials, trial -> trial.loop().p50Ns()),
                    spread(trials, trial -> trial.loop().p99Ns()),
                    spread(trials, trial -> trial.loop().p999Ns()),
                    spread(trials, trial -> trial.loop().maxNs()),
                    spread(
                            trials,
                            trial -> trial.spikes()
                                    * STEPS_FOR_SPIKES
                                    / trial.loop().count()),
                    ratios(trials, reference, trial -> trial.loop().p50Ns()),
                    ratios(trials, reference, trial -> trial.loop().p99Ns())));
        }
        return new Verdict(allEqual, reference.size(), List.copyOf(results));
    }

    private static Spread spread(List<Trial> trials, ToDoubleFunction<Trial> figure) {
        return Spread.of(trials.stream().mapToDouble(figure).toArray());
    }

    private static Spread ratios(List<Trial> trials, List<Trial> reference, ToDoubleFunction<Trial> figure) {
        final double[] ratios = new double[trials.size()];
        for (int round = 0; round < ratios.length; round++) {
            ratios[round] = figure.applyAsDouble(trials.get(round)) / figure.applyAsDouble(reference.get(round));
        }
        return Spread.of(ratios);
    }
}
