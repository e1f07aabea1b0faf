package org.aegishydra.replayer.trial;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Another process that competes for the calling thread's CPU, in bursts, until it is closed. Linux only. */
final class BusyProcess implements AutoCloseable {
    /** It ends by itself if nobody ends it. */
    private static final int LONGEST_SECONDS = 600;

    /** For example {@code Cpus_allowed_list: 0-3,8-9}. */
    private static final Pattern ALLOWED = Pattern.compile("Cpus_allowed_list:.*?(\\d+)\\s*");

    private final Process process;

    private BusyProcess(Process process) {
        this.process = process;
    }

    /**
     * Binds the calling thread to the last CPU, and starts the other process on the same one.
     *
     * @param burstMs how long it is busy at a time.
     * @param pauseMs how long it sleeps in between.
     */
    static BusyProcess onThisThreadsCpu(int burstMs, int pauseMs) {
        try {
            final String cpu = lastAllowedCpu();
            final Path thread = Files.readSymbolicLink(Path.of("/proc/thread-self"));
            run("taskset", "-cp", cpu, thread.getFileName().toString());
            final String loop = String.format(
                    Locale.ROOT,
                    "while :; do timeout %.3f sh -c 'while :; do :; done'; sleep %.3f; done",
                    burstMs / 1e3,
                    pauseMs / 1e3);
            return new BusyProcess(new ProcessBuilder(
                            "timeout", Integer.toString(LONGEST_SECONDS), "taskset", "-c", cpu, "sh", "-c", loop)
                    .redirectErrorStream(true)
                    .redirectOutput(ProcessBuilder.Redirect.DISCARD)
                    .start());
        } catch (final IOException e) {
            throw new UncheckedIOException("cannot start another process; taskset and timeout are needed", e);
        }
    }

    /** A container may be bound to any of the host's. */
    private static String lastAllowedCpu() throws IOException {
        for (final String line : Files.readAllLines(Path.of("/proc/thread-self/status"))) {
            final Matcher allowed = ALLOWED.matcher(line);
            if (allowed.matches()) {
                return allowed.group(1);
            }
        }
        throw new IOException("the system does not tell on which CPUs this thread may run");
    }

    private static void run(String... command) throws IOException {
        try {
            final Process process = new ProcessBuilder(List.of(command))
                    .redirectErrorStream(true)
                    .redirectOutput(ProcessBuilder.Redirect.DISCARD)
                    .start();
            if (process.waitFor() != 0) {
                throw new IOException(String.join(" ", command) + " failed");
            }
        } catch (final InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IOException("interrupted", e);
        }
    }

    @Override
    public void close() {
        final List<ProcessHandle> all = process.descendants().toList();
        process.destroyForcibly();
        all.forEach(ProcessHandle::destroyForcibly);
    }
}
