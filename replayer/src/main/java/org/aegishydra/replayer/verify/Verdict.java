package org.aegishydra.replayer.verify;

import com.fasterxml.jackson.annotation.JsonProperty;
import com.fasterxml.jackson.databind.PropertyNamingStrategies;
import com.fasterxml.jackson.databind.annotation.JsonNaming;
import java.util.ArrayList;
import java.util.List;
import org.aegishydra.replayer.fixes.LatencyFix;
import org.aegishydra.replayer.statistics.Holm;
import org.aegishydra.replayer.statistics.PairedRatio;
import org.aegishydra.replayer.trial.Trial;

/**
 * What trials say: first whether every contender decided the same, then how the latencies of those that did compare, round by
 * round, with the first contender's.
 *
 * @param equal whether all trials have one digest.
 * @param rounds how many rounds there are.
 * @param contenders each one's trials together, the first being the one compared with.
 * @param comparisons of each other contender that decided the same, by metric; none if nothing was decided.
 * @param ablation each fix's own contribution, from both ends; null if none was asked for.
 */
@JsonNaming(PropertyNamingStrategies.SnakeCaseStrategy.class)
record Verdict(
        boolean equal,
        int rounds,
        @JsonProperty("variants") List<ContenderResult> contenders,
        List<Comparison> comparisons,
        List<FixContribution> ablation) {

    /**
     * What a fix does by itself.
     *
     * @param fix its number.
     * @param title its name.
     * @param claim what was claimed of it.
     * @param fromLegacy the effect of adding it alone to {@code legacy}.
     * @param fromAegis the effect of taking it alone from {@code aegis}; empty where it cannot be.
     */
    @JsonNaming(PropertyNamingStrategies.SnakeCaseStrategy.class)
    record FixContribution(
            int fix, String title, String claim, List<Comparison> fromLegacy, List<Comparison> fromAegis) {}

    /**
     * The verdict over trials.
     *
     * @param trials for each contender its trials, in the order of the rounds; the same number each.
     * @param differences tells, of two trials, where their decisions part.
     * @param ablate whether {@code legacy+k} is compared with {@code legacy}, and {@code aegis-k} with {@code aegis}.
     */
    static Verdict of(List<List<Trial>> trials, Differences differences, boolean ablate) {
        final List<Trial> reference = trials.get(0);
        final String digest = reference.get(0).digest();
        final List<ContenderResult> results = new ArrayList<>();
        boolean allEqual = true;
        for (final List<Trial> ofOne : trials) {
            final boolean equal = isOneDigest(ofOne, digest);
            allEqual &= equal;
            results.add(ContenderResult.of(
                    ofOne, equal, equal ? null : firstDifference(reference.get(0), ofOne, differences)));
        }
        final List<Comparison.Pairing> pairings = pairings(trials, digest, ablate);
        final List<Comparison> comparisons = compare(pairings);
        return new Verdict(
                allEqual, reference.size(), results, comparisons, ablate ? contributions(comparisons) : null);
    }

    /** Tells where the decisions of two trials part. */
    interface Differences {
        /** On one line, for a person. */
        String between(Trial first, Trial second);
    }

    /** Of trials that do not all have the reference's digest; they may be the reference's own. */
    private static String firstDifference(Trial reference, List<Trial> ofOne, Differences differences) {
        final Trial first = ofOne.get(0);
        if (!first.digest().equals(reference.digest())) {
            return differences.between(reference, first);
        }
        final Trial other = ofOne.stream()
                .filter(trial -> !trial.digest().equals(first.digest()))
                .findFirst()
                .orElseThrow();
        return "its round " + other.round() + " differs from its round " + first.round() + ", "
                + differences.between(first, other);
    }

    private static boolean isOneDigest(List<Trial> trials, String digest) {
        return trials.stream().allMatch(trial -> trial.digest().equals(digest));
    }

    /** Only between contenders that decided something, and the same, and only if there are rounds enough to say anything. */
    private static List<Comparison.Pairing> pairings(List<List<Trial>> trials, String digest, boolean ablate) {
        final List<Comparison.Pairing> pairings = new ArrayList<>();
        final List<Trial> reference = trials.get(0);
        if (reference.size() < PairedRatio.LEAST_ROUNDS
                || reference.get(0).decisions().total() == 0
                || !isOneDigest(reference, digest)) {
            return pairings;
        }
        for (final List<Trial> ofOne : trials.subList(1, trials.size())) {
            final List<Trial> against = ablate ? counterpart(ofOne, trials) : reference;
            if (isOneDigest(ofOne, digest) && isOneDigest(against, digest)) {
                for (final Metric metric : Metric.values()) {
                    pairings.add(new Comparison.Pairing(metric, ofOne, against));
                }
            }
        }
        return pairings;
    }

    /** Where fixes are looked at one by one, each variant is compared with the one from which one fix parts it. */
    private static List<Trial> counterpart(List<Trial> variant, List<List<Trial>> trials) {
        final String base = variant.get(0).variant().startsWith("aegis-") ? "aegis" : "legacy";
        return trials.stream()
                .filter(each -> each.get(0).variant().equals(base))
                .findFirst()
                .orElse(trials.get(0));
    }

    /** What is claimed of pairings that are looked at together. */
    static List<Comparison> compare(List<Comparison.Pairing> pairings) {
        final List<PairedRatio> ratios =
                pairings.stream().map(Comparison.Pairing::ratio).toList();
        final double[] adjusted =
                Holm.adjusted(ratios.stream().mapToDouble(PairedRatio::pValue).toArray());
        final List<Comparison> comparisons = new ArrayList<>();
        for (int i = 0; i < adjusted.length; i++) {
            comparisons.add(Comparison.of(pairings.get(i), ratios.get(i), adjusted[i], adjusted.length));
        }
        return comparisons;
    }

    private static List<FixContribution> contributions(List<Comparison> comparisons) {
        final List<FixContribution> contributions = new ArrayList<>();
        for (final LatencyFix fix : LatencyFix.values()) {
            contributions.add(new FixContribution(
                    fix.number(),
                    fix.title(),
                    fix.claim(),
                    of("legacy+" + fix.number(), comparisons),
                    of("aegis-" + fix.number(), comparisons)));
        }
        return contributions;
    }

    private static List<Comparison> of(String variant, List<Comparison> comparisons) {
        return comparisons.stream()
                .filter(comparison -> comparison.variant().equals(variant))
                .toList();
    }
}
