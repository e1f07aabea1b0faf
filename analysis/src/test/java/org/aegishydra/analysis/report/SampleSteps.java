package org.aegishydra.analysis.report;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.SplittableRandom;
import java.util.TreeMap;
import java.util.TreeSet;

/** Steps of one invented variant: a usual time, a tail, and the work of its forms, which lengthens some; always the same. */
final class SampleSteps {
    /** The number of the first step behind the run-up. */
    static final int FIRST_STEP = 241;

    private static final int STEPS = 20_000;
    private static final int STEPS_PER_BUCKET = 10;
    private static final long SPIKE_NS = 5_000_000;

    private static final int SHIFT_BY_ROUND = 4_321;

    private static final Work NOTHING = new Work("", 0, 0);

    /** What each fix is about, in the form before. */
    private static final List<Work> BEFORE = List.of(
            new Work("csv_flush", 100, 3.5),
            new Work("gc_collect", 1_000, 24),
            new Work("", 1, 0.02),
            new Work("", Work.AT_RANDOM, 8),
            new Work("json_dump", 500, 11),
            new Work("status_line", 10, 0.2),
            new Work("", Work.AT_RANDOM, 0.03),
            new Work("", 1, 0.06));

    /** The same in the form seed. */
    private static final List<Work> SEED = List.of(
            new Work("csv_flush", 1_000, 0.4),
            NOTHING,
            NOTHING,
            new Work("heap_cleanup", Work.AT_RANDOM, 0.9),
            new Work("json_dump", 503, 6.5),
            new Work("status_line", 100, 0.05),
            NOTHING,
            NOTHING);

    private final Habits habits;
    private final long[] totalNs = new long[STEPS];
    private final List<Set<String>> ran = new ArrayList<>();
    private final SplittableRandom random;

    /**
     * Work that runs inline.
     *
     * @param operation as a spike tells it; empty if it tells nothing.
     * @param steps between two runs.
     */
    private record Work(String operation, int steps, double ms) {
        private static final int AT_RANDOM = -1;

        private boolean isDue(long step, SplittableRandom random) {
            return steps == AT_RANDOM ? random.nextInt(900) == 0 : steps > 0 && step % steps == 0;
        }
    }

    /**
     * What distinguishes a variant.
     *
     * @param forms of the fixes 1 to 8, a letter each: before, seed, aegis.
     * @param usualNs the median step.
     * @param seed of the random numbers.
     */
    record Habits(String name, String forms, long usualNs, int seed) {
        private String form(int fix) {
            return switch (forms.charAt(fix - 1)) {
                case 'b' -> "before";
                case 's' -> "seed";
                default -> "aegis";
            };
        }

        private Work work(int fix) {
            final boolean dumps = fix == 5 && !form(1).equals("aegis");
            return switch (form(fix)) {
                case "before" -> fix == 5 && !dumps ? NOTHING : BEFORE.get(fix - 1);
                case "seed" -> SEED.get(fix - 1);
                default -> dumps ? SEED.get(fix - 1) : NOTHING;
            };
        }
    }

    SampleSteps(Habits habits) {
        this.habits = habits;
        this.random = new SplittableRandom(habits.seed());
        for (int i = 0; i < STEPS; i++) {
            double ns = habits.usualNs() * Math.exp(0.35 * gaussian());
            if (random.nextInt(400) == 0) {
                ns += 400_000 * -Math.log(random.nextDouble());
            }
            if (random.nextInt(4_000) == 0) {
                ns += 3_000_000 * -Math.log(random.nextDouble());
            }
            final Set<String> operations = new TreeSet<>();
            for (int fix = 1; fix <= BEFORE.size(); fix++) {
                final Work work = habits.work(fix);
                if (work.isDue(FIRST_STEP + i, random)) {
                    ns += work.ms() * 1e6 * Math.exp(0.2 * gaussian());
                    operations.add(work.operation());
                }
            }
            operations.remove("");
            ran.add(operations);
            totalNs[i] = (long) ns;
        }
    }

    private double gaussian() {
        return Math.sqrt(-2 * Math.log(1 - random.nextDouble())) * Math.cos(2 * Math.PI * random.nextDouble());
    }

    String name() {
        return habits.name();
    }

    long[] sortedNs() {
        final long[] sorted = totalNs.clone();
        Arrays.sort(sorted);
        return sorted;
    }

    double figure(String metric) {
        final long[] sorted = sortedNs();
        return switch (metric) {
            case "mean" -> Arrays.stream(sorted).average().orElseThrow();
            case "p50" -> at(sorted, 50);
            case "p95" -> at(sorted, 95);
            case "p99" -> at(sorted, 99);
            case "p999" -> at(sorted, 99.9);
            case "max" -> sorted[STEPS - 1];
            default -> (Arrays.stream(sorted).filter(ns -> ns > SPIKE_NS).count() + 0.5) * 100_000 / STEPS;
        };
    }

    private static long at(long[] sorted, double percentile) {
        return sorted[(int) Math.min(sorted.length - 1, Math.floor(sorted.length * percentile / 100))];
    }

    /** Points of the percentile curve, denser towards the tail. */
    static void percentiles(ArrayNode points, long[] sorted) {
        double left = 100;
        while (sorted.length * left / 100 >= 1) {
            for (int tick = 0; tick < 5; tick++) {
                final double percentile = 100 - left + left / 2 * tick / 5;
                points.addArray().add(percentile).add(at(sorted, percentile));
            }
            left /= 2;
        }
        points.addArray().add(100.0).add(sorted[sorted.length - 1]);
    }

    void writeTo(ObjectNode variant, int rounds) {
        variant.put("name", habits.name()).put("digest", "5eed0f5a11c0ffee9a7d").put("equal", true);
        variant.putNull("first_difference").put("decisions", 412).put("steps", STEPS);
        final ObjectNode forms = variant.putObject("forms");
        for (int fix = 1; fix <= 8; fix++) {
            forms.put(Integer.toString(fix), habits.form(fix));
        }
        final ObjectNode metrics = variant.putObject("metrics");
        for (final String metric : new String[] {"mean", "p50", "p95", "p99", "p999", "max", "spikes_per_100k"}) {
            final double figure = figure(metric);
            metrics.putObject(metric)
                    .put("median", figure)
                    .put("lowest", figure * 0.95)
                    .put("highest", figure * 1.06);
        }
        stages(variant.putArray("stages"), rounds);
        percentiles(variant.putArray("percentiles"), sortedNs());
        timeline(variant.putObject("timeline"));
        spikes(variant, rounds);
        memory(variant.putArray("memory"));
    }

    private void stages(ArrayNode stages, int rounds) {
        final String[] names = {"Decode", "Book", "Eng", "Order", "Follow"};
        final double followNs = figure("mean") - 0.9 * habits.usualNs();
        final double[] means = {0.12, 0.2, 0.5, 4.0};
        final int[] oneStepIn = {17, 17, 1, 50, 1};
        for (int i = 0; i < names.length; i++) {
            final double meanNs = i < means.length ? means[i] * habits.usualNs() : Math.max(900, followNs);
            stages.addObject()
                    .put("name", names[i])
                    .put("count", STEPS * rounds / oneStepIn[i])
                    .put("mean_ns", meanNs)
                    .put("p50_ns", meanNs * 0.9)
                    .put("p99_ns", meanNs * 4)
                    .put("max_ns", meanNs * 40);
        }
    }

    private void timeline(ObjectNode timeline) {
        timeline.put("first_step", FIRST_STEP).put("steps_per_bucket", STEPS_PER_BUCKET);
        final ArrayNode longest = timeline.putArray("max_ns");
        final ArrayNode mean = timeline.putArray("mean_ns");
        for (int from = 0; from < STEPS; from += STEPS_PER_BUCKET) {
            final long[] bucket = Arrays.copyOfRange(totalNs, from, from + STEPS_PER_BUCKET);
            longest.add(Arrays.stream(bucket).max().orElseThrow());
            mean.add((long) Arrays.stream(bucket).average().orElseThrow());
        }
    }

    private void spikes(ObjectNode variant, int rounds) {
        final ArrayNode spikes = variant.putArray("spikes");
        final Map<String, Integer> causes = new TreeMap<>();
        for (int round = 1; round <= rounds; round++) {
            for (int i = 0; i < STEPS; i++) {
                final int step = FIRST_STEP + (ran.get(i).isEmpty() ? idleStep(i + SHIFT_BY_ROUND * round) : i);
                final long ns = (long) (totalNs[i] * (0.9 + 0.2 * random.nextDouble()));
                if (ns > SPIKE_NS) {
                    final String cause = cause(ran.get(i));
                    causes.merge(cause, 1, Integer::sum);
                    spike(spikes.addObject(), round, step, ran.get(i), ns, cause);
                }
            }
        }
        variant.put("spike_count", spikes.size() + (spikes.size() > 500 ? 300 : 0));
        final ObjectNode told = variant.putObject("causes");
        causes.forEach(told::put);
    }

    /** What comes in periods comes in every round; anything else at another step, in which nothing ran either. */
    private int idleStep(int from) {
        int step = from % STEPS;
        while (!ran.get(step).isEmpty()) {
            step = (step + 1) % STEPS;
        }
        return step;
    }

    private String cause(Set<String> operations) {
        if (operations.isEmpty()) {
            return List.of("run delay", "unexplained", "safepoint").get(random.nextInt(3));
        }
        return operations.contains("gc_collect") ? "safepoint" : "housekeeping";
    }

    private void spike(ObjectNode spike, int round, int step, Set<String> operations, long ns, String cause) {
        spike.put("round", round).put("step", step).put("record", step * 3 / 2 + 17);
        spike.put("at_seconds", step * 2.1e-4).put("total_ns", ns).put("late_ns", 0);
        spike.putNull("decode_ns")
                .putNull("book_ns")
                .put("engine_ns", habits.usualNs())
                .put("order_ns", 0);
        spike.put("follow_ns", Math.max(0, ns - habits.usualNs()));
        final ArrayNode names = spike.putArray("operations");
        operations.forEach(names::add);
        spike.put("cause", cause);
    }

    private void memory(ArrayNode memory) {
        final long before = habits.forms().chars().filter(form -> form == 'b').count();
        final long garbage = 2_000_000L + 3_500_000L * before;
        long heapBytes = 40_000_000;
        for (int i = 0; i < 80; i++) {
            heapBytes += (long) (garbage * (0.8 + 0.4 * random.nextDouble()));
            if (heapBytes > 240_000_000) {
                heapBytes = 35_000_000L + random.nextInt(8_000_000);
            }
            memory.addObject()
                    .put("at_seconds", i / 10.0)
                    .put("heap_bytes", heapBytes)
                    .put("resident_bytes", 410_000_000L + i * 400_000L + habits.seed() * 3_000_000L)
                    .put("backlog_records", habits.usualNs() > 100_000 ? 0 : random.nextInt(900));
        }
    }
}
