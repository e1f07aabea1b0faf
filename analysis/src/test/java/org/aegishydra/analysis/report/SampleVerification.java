package org.aegishydra.analysis.report;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;
import org.aegishydra.analysis.report.SampleSteps.Habits;

/** A {@code verification.json} as a verification would write it, of invented but consistent steps; always the same. */
final class SampleVerification {
    private static final ObjectMapper JSON = new ObjectMapper();
    private static final int ROUNDS = 10;
    private static final String[] TITLES = {
        "no synchronous disk I/O",
        "no explicit garbage collection",
        "cached timestamp",
        "periodic heap clean-up",
        "staggered periodic work",
        "fewer display updates",
        "spike detection",
        "byte-level fast path"
    };

    /** The fix that cannot be taken from aegis. */
    private static final int NOT_TAKEN = 5;

    /** The forms of all fixes. */
    private static final String LEGACY = "bbbbbbbb";

    private static final String AEGIS = "aaaaaaaa";

    private static final String[] METRICS = {"mean", "p99", "p999", "spikes_per_100k"};

    private final ObjectNode root = JSON.createObjectNode();
    private final List<SampleSteps> measured = new ArrayList<>();
    private final SplittableRandom random = new SplittableRandom(7);

    private SampleVerification() {}

    /** The system before, the first fix and ours, and each of eight fixes by itself. */
    static ObjectNode withAblation() {
        final SampleVerification sample = new SampleVerification();
        sample.conditions("legacy");
        sample.variant(new Habits("legacy", LEGACY, 310_000, 1));
        sample.variant(new Habits("seed", "ssssssss", 120_000, 2));
        sample.variant(new Habits("aegis", AEGIS, 24_000, 3));
        for (int fix = 1; fix <= TITLES.length; fix++) {
            sample.variant(new Habits("legacy+" + fix, with(LEGACY, fix, 'a'), 305_000, 10 + fix));
            if (fix != NOT_TAKEN) {
                sample.variant(new Habits("aegis-" + fix, with(AEGIS, fix, 'b'), 26_000, 20 + fix));
            }
        }
        final ArrayNode comparisons = sample.root.putArray("comparisons");
        final ArrayNode ablation = sample.root.putArray("ablation");
        sample.compare(comparisons, 1, 0);
        sample.compare(comparisons, 2, 0);
        for (int fix = 1; fix <= TITLES.length; fix++) {
            final ObjectNode contribution = ablation.addObject();
            contribution
                    .put("fix", fix)
                    .put("title", TITLES[fix - 1])
                    .put("claim", fix + "-" + 2 * fix + " ms off a spike");
            sample.compare(contribution.putArray("from_legacy"), sample.of("legacy+" + fix), 0);
            final ArrayNode fromAegis = contribution.putArray("from_aegis");
            if (fix != NOT_TAKEN) {
                sample.compare(fromAegis, sample.of("aegis-" + fix), 2);
            }
        }
        ablation.forEach(each -> {
            comparisons.addAll((ArrayNode) each.get("from_legacy"));
            comparisons.addAll((ArrayNode) each.get("from_aegis"));
        });
        return sample.root;
    }

    private static String with(String forms, int fix, char form) {
        return forms.substring(0, fix - 1) + form + forms.substring(fix);
    }

    /**
     * Two paced variants that were too busy for what is claimed, of several products, so that logs go out in any step, in trials
     * so long that some causes are forgotten.
     */
    static ObjectNode warned() {
        final SampleVerification sample = new SampleVerification();
        sample.conditions("legacy");
        sample.variant(new Habits("legacy", LEGACY, 310_000, 1));
        sample.variant(new Habits("seed", "ssssssss", 120_000, 2));
        sample.compare(sample.root.putArray("comparisons"), 1, 0);
        sample.root.putNull("ablation");
        sample.paced().put("busy_share", 0.42);
        sample.root
                .putArray("warnings")
                .add("Steps queued: legacy was busy for 42% of the time, and half of what its p99 holds is waiting.")
                .add("4 rounds can claim nothing: a verdict at this level takes 9 <or more>.");
        for (final JsonNode variant : sample.root.get("variants")) {
            final ObjectNode causes = (ObjectNode) variant.get("causes");
            causes.put("not watched", causes.path("housekeeping").asInt());
            causes.remove("housekeeping");
            for (final JsonNode spike : variant.get("spikes")) {
                ((ObjectNode) spike).put("late_ns", spike.get("total_ns").asLong() / 4);
                if (spike.get("operations").isEmpty()) {
                    ((ArrayNode) spike.get("operations")).add("csv_flush");
                }
            }
        }
        return sample.root;
    }

    /** Two variants that are equal in doing nothing. */
    static ObjectNode undecided() {
        final SampleVerification sample = new SampleVerification();
        sample.conditions("legacy");
        sample.variant(new Habits("legacy", LEGACY, 310_000, 1));
        sample.variant(new Habits("aegis", AEGIS, 24_000, 3));
        sample.root.get("variants").forEach(variant -> ((ObjectNode) variant).put("decisions", 0));
        sample.compare(sample.root.putArray("comparisons"), 1, 0);
        sample.root.putNull("ablation");
        return sample.root;
    }

    private ObjectNode paced() {
        return root.put("pace", "50x").put("measures", "from when a message was due to the end of its step");
    }

    /** Two variants of which one decided something else; no noise, ablation, memory, stages or spikes. */
    static ObjectNode unequal() {
        final SampleVerification sample = new SampleVerification();
        sample.conditions("before <b>");
        sample.variant(new Habits("before <b>", AEGIS, 30_000, 5));
        sample.variant(new Habits("</script><script>alert(1)</script>", AEGIS, 28_000, 6));
        for (int i = 0; i < 2; i++) {
            final ObjectNode variant = (ObjectNode) sample.root.get("variants").get(i);
            variant.put("equal", i == 0);
            variant.put("spike_count", 0);
            variant.putArray("spikes");
            variant.putObject("causes");
            variant.putArray("memory");
            variant.putArray("stages");
        }
        ((ObjectNode) sample.root.get("variants").get(1))
                .put("digest", "1badd1ce55")
                .put(
                        "first_difference",
                        "record 4,711: a BUY of 0.5 BTC-USD <img src=x onerror=alert(1)> instead of none");
        sample.root.putArray("comparisons");
        sample.root.putNull("ablation");
        sample.root.putNull("noise");
        sample.root.putNull("busy_share");
        sample.root.putArray("flags");
        sample.paced();
        return sample.root;
    }

    /** Keeps it as a verification's folder keeps it. */
    static Path write(ObjectNode verification, Path folder) {
        try {
            Files.createDirectories(folder);
            Files.writeString(folder.resolve(VerificationFile.NAME), verification.toPrettyString());
            return folder;
        } catch (final IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private void conditions(String reference) {
        root.put("format", VerificationFile.FORMAT)
                .put("command", "aegis verify --journal data/btc --before legacy --after seed,aegis --ablate");
        root.put("version", "0.1.0").put("started", "2026-11-22T20:00:00Z").put("seconds", 1892.4);
        root.putObject("machine")
                .put("processors", 2)
                .put("cpu", "AMD EPYC 7B13")
                .put("os", "Linux 6.1.0 amd64")
                .put("jvm", "OpenJDK 64-Bit Server VM 17.0.13+11")
                .put("memory_bytes", 8_330_000_000L);
        root.put("journal", "data/btc")
                .put("strategy", "ising")
                .put("pace", "max")
                .put("measures", "service times");
        root.putObject("range")
                .put("first_record", 1)
                .put("last_record", 61_200)
                .put("records", 61_200)
                .put("seconds", 1204.5);
        root.putObject("settings")
                .put("strategy", "ising")
                .put("fee_bps", 0.5)
                .put("seed", 42)
                .putArray("products")
                .add("BTC-USD");
        root.putArray("warnings");
        root.putObject("periods")
                .put("log_lines", 100)
                .put("seed_log_lines", 1_000)
                .put("dump_steps", 500)
                .put("seed_dump_steps", 503)
                .put("collect_steps", 1_000)
                .put("status_steps", 10)
                .put("seed_status_steps", 100)
                .put("cleanup_updates", 1_000);
        root.putArray("flags").add("-Xms512m").add("-Xmx512m").add("-XX:+UseParallelGC");
        root.putNull("busy_share");
        root.put("rounds", ROUNDS)
                .put("trial_seconds", 9.4)
                .put("spike_threshold_ms", 5.0)
                .put("alpha", 0.01);
        root.put("reference", reference);
        root.putArray("variants");
        SampleSteps.percentiles(
                root.putObject("noise").putArray("percentiles"),
                new SampleSteps(new Habits("noise", AEGIS, 58_000, 99)).sortedNs());
    }

    private void variant(Habits habits) {
        final SampleSteps steps = new SampleSteps(habits);
        measured.add(steps);
        steps.writeTo(((ArrayNode) root.get("variants")).addObject(), ROUNDS);
    }

    private int of(String name) {
        return measured.stream().map(SampleSteps::name).toList().indexOf(name);
    }

    private void compare(ArrayNode comparisons, int variant, int against) {
        for (final String metric : METRICS) {
            final double ratio =
                    measured.get(variant).figure(metric) / measured.get(against).figure(metric);
            final double spread = 1 + (metric.equals("p999") ? 0.2 : 0.05) * (0.5 + random.nextDouble());
            final boolean shown = ratio * spread < 1 || ratio / spread > 1;
            final String verdict = shown
                    ? ratio < 1 ? "improved" : "worse"
                    : metric.equals("p999") ? "machine too noisy" : "no effect shown";
            final ObjectNode comparison = comparisons.addObject();
            comparison
                    .put("variant", measured.get(variant).name())
                    .put("against", measured.get(against).name())
                    .put("metric", metric)
                    .put("ratio", ratio)
                    .put("low", ratio / spread)
                    .put("high", ratio * spread)
                    .put("p_value", shown ? 3.1e-7 : 0.31)
                    .put("adjusted_p_value", shown ? 2.2e-5 : 1.0)
                    .put("sign_flip_p_value", shown ? 0.002 : 0.4)
                    .put("verdict", verdict)
                    .put("smallest_effect", 1.6 * (spread - 1));
            if (shown) {
                comparison.put("rounds_needed", 4 + random.nextInt(6));
            } else {
                comparison.putNull("rounds_needed");
            }
        }
    }
}
