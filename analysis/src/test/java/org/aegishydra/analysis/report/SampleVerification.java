package org.aegishydra.analysis.report;

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
        "no dump of the state in the step",
        "no forced garbage collection",
        "periodic heap clean-up",
        "buffered trade log",
        "a status line every 100 steps",
        "periods that share no factor",
        "reused buffers"
    };

    /** The fix that cannot be taken from aegis. */
    private static final int NOT_TAKEN = 8;

    private static final String[] METRICS = {"mean", "p99", "p999", "spikes_per_100k"};

    private final ObjectNode root = JSON.createObjectNode();
    private final List<SampleSteps> measured = new ArrayList<>();
    private final SplittableRandom random = new SplittableRandom(7);

    private SampleVerification() {}

    /** The system before, the first fix and ours, and each of eight fixes by itself. */
    static ObjectNode withAblation() {
        final SampleVerification sample = new SampleVerification();
        sample.conditions("legacy");
        sample.variant(new Habits("legacy", 310_000, 1, 0b1111_1111, 0b1111_1111));
        sample.variant(new Habits("seed", 120_000, 2, 0, 0b1001_1000));
        sample.variant(new Habits("aegis", 24_000, 3, 0, 0));
        for (int fix = 1; fix <= TITLES.length; fix++) {
            final int work = 1 << (fix - 1);
            sample.variant(new Habits("legacy+" + fix, 305_000, 10 + fix, 0xff & ~work, 0xff & ~work));
            if (fix != NOT_TAKEN) {
                sample.variant(new Habits("aegis-" + fix, 26_000, 20 + fix, work, work));
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

    /** Two variants of which one decided something else; no noise, ablation, memory, stages or spikes. */
    static ObjectNode unequal() {
        final SampleVerification sample = new SampleVerification();
        sample.conditions("before <b>");
        sample.variant(new Habits("before <b>", 30_000, 5, 0, 0));
        sample.variant(new Habits("</script><script>alert(1)</script>", 28_000, 6, 0, 0));
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
        sample.root.put("pace", "50x");
        sample.root.put("measures", "from when a message was due to the end of its step");
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
        root.put("format", 1)
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
                new SampleSteps(new Habits("noise", 58_000, 99, 0, 0)).sortedNs());
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
