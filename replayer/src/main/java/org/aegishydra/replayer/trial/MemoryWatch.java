package org.aegishydra.replayer.trial;

import com.fasterxml.jackson.databind.PropertyNamingStrategies;
import com.fasterxml.jackson.databind.annotation.JsonNaming;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.StringTokenizer;
import java.util.concurrent.TimeUnit;
import java.util.function.LongSupplier;

/** Looks at the memory of this JVM, and at what waits to be written, ten times a second on a thread of its own. */
public final class MemoryWatch implements AutoCloseable {
    private static final int INTERVAL_MS = 100;

    /** Of ten minutes; a longer trial is watched no further. */
    private static final int MAX_SAMPLES = 6_000;

    private static final Path STATM = Path.of("/proc/self/statm");
    private static final int PAGE_BYTES = 4_096;

    private final LongSupplier backlog;
    private final List<Sample> samples = new ArrayList<>();
    private final long startNs = System.nanoTime();
    private final Thread thread = new Thread(this::watch, "memory-watch");

    /**
     * What was seen at one time.
     *
     * @param heapBytes used of the heap, garbage included.
     * @param residentBytes of the process; 0 where the platform does not tell.
     * @param backlogRecords what waited to be written.
     */
    @JsonNaming(PropertyNamingStrategies.SnakeCaseStrategy.class)
    public record Sample(double atSeconds, long heapBytes, long residentBytes, long backlogRecords) {
        private Sample since(double originSeconds) {
            return new Sample(atSeconds - originSeconds, heapBytes, residentBytes, backlogRecords);
        }
    }

    private MemoryWatch(LongSupplier backlog) {
        this.backlog = backlog;
    }

    /** Watches from now on. */
    static MemoryWatch start(LongSupplier backlog) {
        final MemoryWatch watch = new MemoryWatch(backlog);
        watch.thread.setDaemon(true);
        watch.thread.start();
        return watch;
    }

    private void watch() {
        try {
            while (samples.size() < MAX_SAMPLES) {
                look();
                TimeUnit.MILLISECONDS.sleep(INTERVAL_MS);
            }
        } catch (final InterruptedException e) {
            look();
        }
    }

    private void look() {
        final Runtime runtime = Runtime.getRuntime();
        samples.add(new Sample(
                (System.nanoTime() - startNs) / 1e9,
                runtime.totalMemory() - runtime.freeMemory(),
                residentBytes(),
                backlog.getAsLong()));
    }

    private static long residentBytes() {
        try {
            final StringTokenizer fields = new StringTokenizer(Files.readString(STATM));
            fields.nextToken();
            return Long.parseLong(fields.nextToken()) * PAGE_BYTES;
        } catch (final IOException notLinux) {
            return 0;
        }
    }

    /** Ends the watch, and returns what was seen since a time, which becomes the samples' zero. */
    List<Sample> stop(long originNs) {
        close();
        final double originSeconds = (originNs - startNs) / 1e9;
        return samples.stream()
                .filter(sample -> sample.atSeconds() >= originSeconds)
                .map(sample -> sample.since(originSeconds))
                .toList();
    }

    @Override
    public void close() {
        thread.interrupt();
        try {
            thread.join();
        } catch (final InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
