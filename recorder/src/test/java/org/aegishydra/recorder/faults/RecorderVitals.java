package org.aegishydra.recorder.faults;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.function.ToLongFunction;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/** What a recorder's JVM holds, sampled from outside over its life by jcmd and /proc. For one thread. */
final class RecorderVitals {
    /** One sample; the heap is what a full collection left. */
    record Sample(long heapKb, long residentKb, long descriptors, long threads) {}

    private static final Pattern USED_HEAP = Pattern.compile("heap\\s+total \\d+K, used (\\d+)K");
    private static final long ALLOWED_HEAP_GROWTH_KB = 16 << 10;
    private static final long ALLOWED_DESCRIPTOR_GROWTH = 20;
    private static final int FEWEST_SAMPLES = 8;

    private final long pid;
    private final List<Sample> samples = new ArrayList<>();

    RecorderVitals(long pid) {
        this.pid = pid;
    }

    /** Collects the recorder's garbage and takes a sample. */
    Sample sample() throws IOException, InterruptedException {
        jcmd("GC.run");
        final String heap = jcmd("GC.heap_info");
        final Matcher used = USED_HEAP.matcher(heap);
        if (!used.find()) {
            throw new IOException("jcmd says no used heap: " + heap);
        }
        final String status = Files.readString(Path.of("/proc/" + pid + "/status"));
        final Sample sample = new Sample(
                Long.parseLong(used.group(1)), number(status, "VmRSS"), descriptors(), number(status, "Threads"));
        samples.add(sample);
        return sample;
    }

    private String jcmd(String command) throws IOException, InterruptedException {
        final Process process = new ProcessBuilder(
                        Path.of(System.getProperty("java.home"), "bin", "jcmd").toString(),
                        "-J-XX:TieredStopAtLevel=1",
                        Long.toString(pid),
                        command)
                .redirectErrorStream(true)
                .start();
        final String said = new String(process.getInputStream().readAllBytes(), UTF_8);
        if (process.waitFor() != 0) {
            throw new IOException("jcmd failed: " + said);
        }
        return said;
    }

    private static long number(String status, String name) throws IOException {
        final Matcher line =
                Pattern.compile("^" + name + ":\\s+(\\d+)", Pattern.MULTILINE).matcher(status);
        if (!line.find()) {
            throw new IOException("no " + name + " in " + status);
        }
        return Long.parseLong(line.group(1));
    }

    private long descriptors() throws IOException {
        try (Stream<Path> open = Files.list(Path.of("/proc/" + pid + "/fd"))) {
            return open.count();
        }
    }

    List<Sample> samples() {
        return samples;
    }

    /** The second half of the samples needs no more than the first one did, once all had begun. */
    void assertFlat() {
        if (samples.size() < FEWEST_SAMPLES) {
            return;
        }
        if (growth(Sample::heapKb) > ALLOWED_HEAP_GROWTH_KB
                || growth(Sample::descriptors) > ALLOWED_DESCRIPTOR_GROWTH) {
            throw new AssertionError("the recorder grew: " + samples);
        }
    }

    /** From the least of the second quarter to the least of the last. */
    private long growth(ToLongFunction<Sample> value) {
        final int size = samples.size();
        return least(samples.subList(size * 3 / 4, size), value) - least(samples.subList(size / 4, size / 2), value);
    }

    private static long least(List<Sample> some, ToLongFunction<Sample> value) {
        return some.stream().mapToLong(value).min().orElse(0);
    }
}
