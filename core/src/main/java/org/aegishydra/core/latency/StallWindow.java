package org.aegishydra.core.latency;

import com.fasterxml.jackson.annotation.JsonProperty;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.ObjectReader;
import com.fasterxml.jackson.databind.ObjectWriter;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/**
 * A stretch of time in which the platform did something to a thread that is watched: it had to wait for a CPU or for a
 * device, it took page faults, or the control thread itself woke late.
 *
 * @param beginNs on the clock of {@link System#nanoTime()}, as is the end.
 * @param controlLateNs by how much the control thread woke late at the end.
 * @param runDelayNs how long the watched thread was ready and had no CPU; {@link ThreadCounters#UNKNOWN} if that is not known,
 *     as with the others.
 * @param offCpuNs how long the watched thread neither ran nor waited for a CPU: it was blocked in the kernel, or the host had taken
 *     the CPU; {@link ThreadCounters#UNKNOWN} if it is a thread that may sleep, of which this says nothing.
 */
public record StallWindow(
        @JsonProperty("begin_ns") long beginNs,
        @JsonProperty("end_ns") long endNs,
        @JsonProperty("control_late_ns") long controlLateNs,
        @JsonProperty("run_delay_ns") long runDelayNs,
        @JsonProperty("block_delay_ns") long blockDelayNs,
        @JsonProperty("minor_faults") long minorFaults,
        @JsonProperty("major_faults") long majorFaults,
        @JsonProperty("off_cpu_ns") long offCpuNs) {
    private static final ObjectWriter WRITER = new ObjectMapper().writerFor(StallWindow.class);
    private static final ObjectReader READER = new ObjectMapper().readerFor(StallWindow.class);

    /** Writes windows as JSON, one a line. */
    public static void write(Path file, List<StallWindow> windows) {
        final StringBuilder lines = new StringBuilder();
        try {
            for (final StallWindow window : windows) {
                lines.append(WRITER.writeValueAsString(window)).append('\n');
            }
            Files.writeString(file, lines);
        } catch (final IOException e) {
            throw new UncheckedIOException("cannot write " + file, e);
        }
    }

    /** Reads what {@link #write} wrote. */
    public static List<StallWindow> read(Path file) {
        final List<StallWindow> windows = new ArrayList<>();
        try {
            for (final String line : Files.readAllLines(file, StandardCharsets.UTF_8)) {
                windows.add(READER.readValue(line));
            }
        } catch (final IOException e) {
            throw new UncheckedIOException("cannot read " + file, e);
        }
        return windows;
    }

    /** Whether it shares time with a stretch. */
    public boolean overlaps(long fromNs, long toNs) {
        return beginNs < toNs && endNs > fromNs;
    }
}
