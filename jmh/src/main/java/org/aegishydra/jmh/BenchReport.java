package org.aegishydra.jmh;

import com.fasterxml.jackson.annotation.JsonProperty;
import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import org.aegishydra.core.command.Machine;
import org.openjdk.jmh.results.RunResult;

/**
 * The figures of one run, and the ratios between them, which say more than rates do: they were taken on the same machine,
 * the same data and in the same hour.
 *
 * @param machine what it ran on.
 * @param sampling how it was sampled, and the JVM's flags.
 * @param dataSets what the journals held.
 * @param figures one a feed and benchmark.
 */
record BenchReport(
        @JsonProperty("machine") Machine machine,
        @JsonProperty("sampling") String sampling,
        @JsonProperty("data_sets") List<String> dataSets,
        @JsonProperty("figures") List<Figure> figures) {
    private static final String REFERENCE = "byteSummingTail";
    private static final String PEER = "jacksonTreeAndTreeMap";

    /** Below this share, other processes took part in the figures. */
    private static final double QUIET_SHARE_ON_CPU = 0.95;

    /**
     * A benchmark's figures: medians over all iterations of all rounds.
     *
     * @param slowest the rate of the slowest iteration.
     * @param fastest the rate of the fastest iteration.
     * @param levelUpdatesPerSecond levels of books that were changed; 0 where nobody counts them.
     * @param cpuNsPerMessage CPU time of the replaying thread: what else the machine does is left out, and so is the
     *     collector's work on threads of its own.
     * @param shareOnCpu the share of the time in which the replaying thread had a core, 0 to 1.
     * @param timesByteSummingTail the rate, divided by that of the tail that only adds up bytes; null if that did not run.
     * @param timesJacksonTreeAndTreeMap the rate, divided by that of the peer that is written first; null likewise.
     * @param cpuTimesByteSummingTail the same of messages a second of CPU time, which holds on a busy machine too.
     * @param cpuTimesJacksonTreeAndTreeMap likewise.
     */
    record Figure(
            @JsonProperty("feed") String feed,
            @JsonProperty("benchmark") String benchmark,
            @JsonProperty("messages_per_s") double messagesPerSecond,
            @JsonProperty("slowest_messages_per_s") double slowest,
            @JsonProperty("fastest_messages_per_s") double fastest,
            @JsonProperty("megabytes_per_s") double megabytesPerSecond,
            @JsonProperty("level_updates_per_s") double levelUpdatesPerSecond,
            @JsonProperty("ns_per_message") double nsPerMessage,
            @JsonProperty("cpu_ns_per_message") double cpuNsPerMessage,
            @JsonProperty("share_on_cpu") double shareOnCpu,
            @JsonProperty("times_byte_summing_tail") Double timesByteSummingTail,
            @JsonProperty("times_jackson_tree_and_tree_map") Double timesJacksonTreeAndTreeMap,
            @JsonProperty("cpu_times_byte_summing_tail") Double cpuTimesByteSummingTail,

            @JsonProperty("cpu_times_jackson_tree_and_tree_map")
            Double cpuTimesJacksonTreeAndTreeMap) {}

    static BenchReport of(Machine machine, String sampling, List<String> dataSets, Collection<RunResult> results) {
        final List<Figure> figures = new ArrayList<>();
        final Set<String> feeds = new LinkedHashSet<>();
        results.forEach(result -> feeds.add(Samples.feed(result)));
        for (final String feed : feeds) {
            final Map<String, Samples> benchmarks = new LinkedHashMap<>();
            for (final RunResult result : results) {
                final String name = Samples.benchmark(result);
                benchmarks.putIfAbsent(name, Samples.of(feed, name, results));
            }
            benchmarks
                    .values()
                    .forEach(samples -> figures.add(figure(samples, benchmarks.get(REFERENCE), benchmarks.get(PEER))));
        }
        return new BenchReport(machine, sampling, dataSets, figures);
    }

    private static Figure figure(Samples samples, Samples reference, Samples peer) {
        final double rate = samples.messagesPerSecond();
        return new Figure(
                samples.feed(),
                samples.benchmark(),
                rate,
                samples.slowestMessagesPerSecond(),
                samples.fastestMessagesPerSecond(),
                samples.bytesPerSecond() / 1e6,
                samples.levelsPerSecond(),
                1e9 / rate,
                samples.cpuNsPerMessage(),
                samples.shareOnCpu(),
                timesRate(samples, reference),
                timesRate(samples, peer),
                timesCpu(samples, reference),
                timesCpu(samples, peer));
    }

    private static Double timesRate(Samples samples, Samples other) {
        return other == null ? null : samples.messagesPerSecond() / other.messagesPerSecond();
    }

    private static Double timesCpu(Samples samples, Samples other) {
        return other == null ? null : other.cpuNsPerMessage() / samples.cpuNsPerMessage();
    }

    /** The report for people: a table a feed. */
    String table() {
        final StringBuilder table = new StringBuilder();
        table.append("Machine:  ").append(machine).append('\n');
        table.append("Sampling: ").append(sampling).append('\n');
        for (final String dataSet : dataSets) {
            table.append("Data set: ").append(dataSet).append('\n');
        }
        String feed = "";
        for (final Figure figure : figures) {
            if (!figure.feed().equals(feed)) {
                feed = figure.feed();
                appendHead(table, feed);
            }
            appendLine(table, figure);
        }
        final double share =
                figures.stream().mapToDouble(Figure::shareOnCpu).min().orElse(1);
        if (share < QUIET_SHARE_ON_CPU) {
            table.append(String.format(
                    Locale.ROOT,
                    "%nThe machine was busy: a benchmark had a core for %.0f%% of its time only. "
                            + "Trust the ratios of CPU times, or run again.%n",
                    100 * share));
        }
        return table.toString();
    }

    private static void appendHead(StringBuilder table, String feed) {
        table.append(String.format(
                Locale.ROOT,
                "%n%-24s %12s %14s %8s %12s %12s %17s %23s %9s %9s %9s%n%-24s %12s %14s %8s %12s %12s %17s %23s %9s %9s %9s%n",
                feed,
                "messages",
                "slowest,",
                "MB",
                "levels",
                "ns",
                "times",
                "times",
                "CPU ns",
                "times",
                "times",
                "",
                "a second",
                "fastest",
                "a second",
                "a second",
                "a message",
                REFERENCE,
                PEER,
                "a message",
                "tail",
                "tree"));
    }

    private static void appendLine(StringBuilder table, Figure figure) {
        final double rate = figure.messagesPerSecond();
        table.append(String.format(
                Locale.ROOT,
                "%-24s %,12.0f %14s %,8.0f %,12.0f %,12.0f %17s %23s %,9.0f %9s %9s%n",
                figure.benchmark(),
                rate,
                String.format(
                        Locale.ROOT,
                        "%+.0f%% %+.0f%%",
                        100 * (figure.slowest() / rate - 1),
                        100 * (figure.fastest() / rate - 1)),
                figure.megabytesPerSecond(),
                figure.levelUpdatesPerSecond(),
                figure.nsPerMessage(),
                orDash("%.3f", figure.timesByteSummingTail()),
                orDash("%.2f", figure.timesJacksonTreeAndTreeMap()),
                figure.cpuNsPerMessage(),
                orDash("%.3f", figure.cpuTimesByteSummingTail()),
                orDash("%.2f", figure.cpuTimesJacksonTreeAndTreeMap())));
    }

    private static String orDash(String format, Double value) {
        return value == null ? "-" : String.format(Locale.ROOT, format, value);
    }
}
