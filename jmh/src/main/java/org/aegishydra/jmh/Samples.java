package org.aegishydra.jmh;

import java.util.Arrays;
import java.util.Collection;
import java.util.List;
import java.util.function.ToDoubleFunction;
import org.openjdk.jmh.results.IterationResult;
import org.openjdk.jmh.results.RunResult;

/**
 * What was measured of one benchmark on one feed, over all rounds. Medians stand for it: a mean would carry what other
 * processes of the machine did.
 */
record Samples(String feed, String benchmark, List<IterationResult> iterations) {
    static Samples of(String feed, String benchmark, Collection<RunResult> results) {
        return new Samples(
                feed,
                benchmark,
                results.stream()
                        .filter(result ->
                                feed(result).equals(feed) && benchmark(result).equals(benchmark))
                        .flatMap(result -> result.getBenchmarkResults().stream())
                        .flatMap(fork -> fork.getIterationResults().stream())
                        .toList());
    }

    static String feed(RunResult result) {
        return result.getParams().getParam("feed");
    }

    /** The name of the benchmark's method. */
    static String benchmark(RunResult result) {
        final String name = result.getParams().getBenchmark();
        return name.substring(name.lastIndexOf('.') + 1);
    }

    /** A counter's rate in an iteration, a second. */
    private static double rate(IterationResult iteration, String counter) {
        return iteration.getSecondaryResults().get(counter).getScore();
    }

    private double[] sorted(ToDoubleFunction<IterationResult> value) {
        final double[] values = iterations.stream().mapToDouble(value).toArray();
        Arrays.sort(values);
        return values;
    }

    private double median(ToDoubleFunction<IterationResult> value) {
        final double[] values = sorted(value);
        return (values[(values.length - 1) / 2] + values[values.length / 2]) / 2;
    }

    double messagesPerSecond() {
        return median(iteration -> rate(iteration, "messages"));
    }

    double slowestMessagesPerSecond() {
        return sorted(iteration -> rate(iteration, "messages"))[0];
    }

    double fastestMessagesPerSecond() {
        return sorted(iteration -> rate(iteration, "messages"))[iterations.size() - 1];
    }

    double bytesPerSecond() {
        return median(iteration -> rate(iteration, "bytes"));
    }

    double levelsPerSecond() {
        return median(iteration -> rate(iteration, "levels"));
    }

    /** The thread's CPU time for a message. */
    double cpuNsPerMessage() {
        return median(iteration -> rate(iteration, "cpuNs") / rate(iteration, "messages"));
    }

    /** The share of the time in which the replaying thread had a core. */
    double shareOnCpu() {
        return median(iteration -> rate(iteration, "cpuNs") / 1e9);
    }
}
