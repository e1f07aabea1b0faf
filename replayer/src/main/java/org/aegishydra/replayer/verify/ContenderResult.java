package org.aegishydra.replayer.verify;

import com.fasterxml.jackson.annotation.JsonProperty;
import com.fasterxml.jackson.annotation.JsonUnwrapped;
import com.fasterxml.jackson.databind.PropertyNamingStrategies;
import com.fasterxml.jackson.databind.annotation.JsonNaming;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.Base64;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.Function;
import java.util.function.ToDoubleFunction;
import java.util.zip.DataFormatException;
import org.HdrHistogram.Histogram;
import org.HdrHistogram.HistogramIterationValue;
import org.aegishydra.core.latency.LatencyFigures;
import org.aegishydra.replayer.fixes.FixForm;
import org.aegishydra.replayer.fixes.LatencyFix;
import org.aegishydra.replayer.fixes.Variant;
import org.aegishydra.replayer.trial.MemoryWatch;
import org.aegishydra.replayer.trial.Spike;
import org.aegishydra.replayer.trial.Timeline;
import org.aegishydra.replayer.trial.Trial;

/**
 * One contender's trials together.
 *
 * @param forms the form of each fix, by its number.
 * @param digest of its first trial.
 * @param equal whether all its digests are the first contender's.
 * @param firstDifference where its decisions part from the first contender's; null if they do not.
 * @param steps of one trial.
 * @param busyShare the share of a trial's time in which it did not wait until a record was due, the median of the trials.
 * @param metrics over the trials: ns, and spikes in 100,000 steps.
 * @param parts the parts of a step: how often in all trials, and the medians of the trials' figures.
 * @param percentiles pairs of a percentile and ns, all trials together: the points that HdrHistogram gives.
 * @param timeline the steps' own times, of the trial with the median p99.
 * @param spikes those that were kept, {@value #MOST_SPIKES} at most, the longest of each trial.
 * @param spikeCount all that there were.
 * @param causes how many of the kept ones of all trials had which cause.
 * @param memory of the same trial as the timeline.
 */
@JsonNaming(PropertyNamingStrategies.SnakeCaseStrategy.class)
record ContenderResult(
        String name,
        Map<String, String> forms,
        String digest,
        boolean equal,
        String firstDifference,
        long decisions,
        long steps,
        double busyShare,
        Map<String, Spread> metrics,
        @JsonProperty("stages") List<Part> parts,
        List<double[]> percentiles,
        Timeline timeline,
        List<KeptSpike> spikes,
        long spikeCount,
        Map<String, Long> causes,
        List<MemoryWatch.Sample> memory) {
    /** More would make the file large, and say no more. */
    private static final int MOST_SPIKES = 5_000;

    private static final int TICKS_PER_HALF_DISTANCE = 5;

    /** A part of a step. */
    @JsonNaming(PropertyNamingStrategies.SnakeCaseStrategy.class)
    record Part(String name, long count, double meanNs, double p50Ns, double p99Ns, double maxNs) {}

    /** A spike of one of the trials. */
    record KeptSpike(int round, @JsonUnwrapped Spike spike) {}

    /** The trials of one contender, one at least. */
    static ContenderResult of(List<Trial> trials, boolean equal, String firstDifference) {
        final Trial first = trials.get(0);
        final Trial typical = trials.stream()
                .sorted(Comparator.comparingLong(trial -> trial.latency().p99Ns()))
                .toList()
                .get(trials.size() / 2);
        return new ContenderResult(
                first.variant(),
                forms(first.forms()),
                first.digest(),
                equal,
                firstDifference,
                first.decisions().total(),
                first.steps(),
                spread(trials, Trial::busyShare).median(),
                metrics(trials),
                parts(trials),
                percentiles(together(trials, Trial::latencyHistogram)),
                typical.timeline(),
                longestSpikes(trials),
                trials.stream().mapToLong(Trial::spikes).sum(),
                causes(trials),
                typical.memory());
    }

    private static Map<String, String> forms(String variant) {
        final Map<String, String> forms = new LinkedHashMap<>();
        final Variant parsed = Variant.parse(variant);
        for (final LatencyFix fix : LatencyFix.values()) {
            final FixForm form = parsed.form(fix);
            forms.put(Integer.toString(fix.number()), form.toString());
        }
        return forms;
    }

    private static Map<String, Spread> metrics(List<Trial> trials) {
        final Map<String, Spread> metrics = new LinkedHashMap<>();
        metrics.put("mean", spread(trials, trial -> trial.latency().meanNs()));
        metrics.put("p50", spread(trials, trial -> trial.latency().p50Ns()));
        metrics.put("p95", spread(trials, trial -> trial.latency().p95Ns()));
        metrics.put("p99", spread(trials, trial -> trial.latency().p99Ns()));
        metrics.put("p999", spread(trials, trial -> trial.latency().p999Ns()));
        metrics.put("max", spread(trials, trial -> trial.latency().maxNs()));
        metrics.put(
                "spikes_per_100k", spread(trials, trial -> trial.spikes() * Metric.STEPS_FOR_SPIKES / trial.steps()));
        return metrics;
    }

    private static Spread spread(List<Trial> trials, ToDoubleFunction<Trial> figure) {
        return Spread.of(trials.stream().mapToDouble(figure).toArray());
    }

    private static List<Part> parts(List<Trial> trials) {
        final Map<String, List<LatencyFigures>> byName = new LinkedHashMap<>();
        for (final Trial trial : trials) {
            trial.parts()
                    .forEach((name, figures) -> byName.computeIfAbsent(name, key -> new ArrayList<>())
                            .add(figures));
        }
        final List<Part> parts = new ArrayList<>();
        byName.forEach((name, figures) -> parts.add(new Part(
                name,
                figures.stream().mapToLong(LatencyFigures::count).sum(),
                median(figures, LatencyFigures::meanNs),
                median(figures, LatencyFigures::p50Ns),
                median(figures, LatencyFigures::p99Ns),
                median(figures, LatencyFigures::maxNs))));
        return parts;
    }

    private static double median(List<LatencyFigures> figures, ToDoubleFunction<LatencyFigures> figure) {
        return Spread.of(figures.stream().mapToDouble(figure).toArray()).median();
    }

    /** The histograms of several trials in one. */
    static Histogram together(List<Trial> trials, Function<Trial, String> encoded) {
        Histogram sum = null;
        try {
            for (final Trial trial : trials) {
                final Histogram histogram = Histogram.decodeFromCompressedByteBuffer(
                        ByteBuffer.wrap(Base64.getDecoder().decode(encoded.apply(trial))), 0);
                if (sum == null) {
                    sum = histogram;
                } else {
                    sum.add(histogram);
                }
            }
        } catch (final DataFormatException e) {
            throw new IllegalStateException("a trial's histogram cannot be read", e);
        }
        return sum;
    }

    /** The points of the percentile curve, denser towards the tail. */
    static List<double[]> percentiles(Histogram histogram) {
        final List<double[]> points = new ArrayList<>();
        for (final HistogramIterationValue value : histogram.percentiles(TICKS_PER_HALF_DISTANCE)) {
            points.add(new double[] {value.getPercentileLevelIteratedTo(), value.getValueIteratedTo()});
        }
        return points;
    }

    private static List<KeptSpike> longestSpikes(List<Trial> trials) {
        final int perTrial = MOST_SPIKES / trials.size();
        final List<KeptSpike> kept = new ArrayList<>();
        for (final Trial trial : trials) {
            trial.keptSpikes().stream()
                    .sorted(Comparator.comparingLong(Spike::totalNs).reversed())
                    .limit(perTrial)
                    .sorted(Comparator.comparingLong(Spike::step))
                    .forEach(spike -> kept.add(new KeptSpike(trial.round(), spike)));
        }
        return kept;
    }

    private static Map<String, Long> causes(List<Trial> trials) {
        final Map<String, Long> causes = new TreeMap<>();
        for (final Trial trial : trials) {
            trial.keptSpikes().forEach(spike -> causes.merge(spike.cause(), 1L, Long::sum));
        }
        return causes;
    }
}
