package org.aegishydra.jmh.memory;

import com.fasterxml.jackson.annotation.JsonProperty;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/**
 * What another JVM on this host holds at one time, in KiB unless it says otherwise.
 *
 * @param liveHeap what a full collection leaves of the heap.
 * @param offHeap what the JVM has committed beside the heap (native memory tracking): code, metaspace, direct buffers, threads.
 * @param mappedCount how many mappings the process has.
 * @param mapped its address space; mapped files are most of it.
 * @param anonymous resident memory that is no file's.
 * @param descriptors open files, sockets and pipes.
 */
record MemorySample(
        @JsonProperty("seconds") double seconds,
        @JsonProperty("live_heap_kib") long liveHeap,
        @JsonProperty("off_heap_kib") long offHeap,
        @JsonProperty("mapped_count") long mappedCount,
        @JsonProperty("mapped_kib") long mapped,
        @JsonProperty("anonymous_kib") long anonymous,
        @JsonProperty("descriptors") long descriptors) {
    private static final Pattern LIVE = Pattern.compile("Total\\s+\\d+\\s+(\\d+)");
    private static final Pattern COMMITTED = Pattern.compile("Total: reserved=\\d+KB, committed=(\\d+)KB");
    private static final Pattern HEAP = Pattern.compile("Java Heap \\(reserved=\\d+KB, committed=(\\d+)KB\\)");
    private static final Pattern SIZE = Pattern.compile("VmSize:\\s+(\\d+) kB");
    private static final Pattern ANONYMOUS = Pattern.compile("RssAnon:\\s+(\\d+) kB");
    private static final int KIB = 1024;

    /**
     * Takes a sample of a JVM that was started with {@code -XX:NativeMemoryTracking=summary}. It collects its garbage for it.
     *
     * @return null if the process has ended.
     */
    static MemorySample of(Process jvm, double seconds) throws IOException, InterruptedException {
        final Path process = Path.of("/proc", Long.toString(jvm.pid()));
        // Lists the live objects only, for which it collects first.
        final String heap = jcmd(jvm, "GC.class_histogram");
        final String memory = jcmd(jvm, "VM.native_memory", "summary");
        if (!jvm.isAlive()
                || !LIVE.matcher(heap).find()
                || !COMMITTED.matcher(memory).find()) {
            return null;
        }
        final String status = Files.readString(process.resolve("status"));
        return new MemorySample(
                seconds,
                number(LIVE, heap) / KIB,
                number(COMMITTED, memory) - number(HEAP, memory),
                lines(process.resolve("maps")),
                number(SIZE, status),
                number(ANONYMOUS, status),
                entries(process.resolve("fd")));
    }

    private static long lines(Path file) throws IOException {
        try (Stream<String> lines = Files.lines(file, StandardCharsets.ISO_8859_1)) {
            return lines.count();
        }
    }

    private static long entries(Path directory) throws IOException {
        try (Stream<Path> entries = Files.list(directory)) {
            return entries.count();
        }
    }

    private static long number(Pattern pattern, String text) {
        final Matcher found = pattern.matcher(text);
        if (!found.find()) {
            throw new IllegalStateException("no " + pattern + " in: " + text);
        }
        return Long.parseLong(found.group(1));
    }

    private static String jcmd(Process jvm, String... command) throws IOException, InterruptedException {
        final List<String> line = Stream.concat(
                        Stream.of(
                                Path.of(System.getProperty("java.home"), "bin", "jcmd")
                                        .toString(),
                                Long.toString(jvm.pid())),
                        Stream.of(command))
                .toList();
        final Process jcmd = new ProcessBuilder(line).redirectErrorStream(true).start();
        final String output = new String(jcmd.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        jcmd.waitFor(1, TimeUnit.MINUTES);
        return output;
    }
}
