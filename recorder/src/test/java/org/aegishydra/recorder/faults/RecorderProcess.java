package org.aegishydra.recorder.faults;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.aegishydra.core.command.JvmFlags;
import org.aegishydra.recorder.RecordMain;

/** {@code aegis record} in a JVM of its own, with the flags that the launcher gives it. Closing it kills it. */
public final class RecorderProcess implements AutoCloseable {
    private static final long LIMIT_SECONDS = 60;

    private final Process process;
    private final Path output;
    private final Path errors;

    private RecorderProcess(Process process, Path output, Path errors) {
        this.process = process;
        this.output = output;
        this.errors = errors;
    }

    /** Starts it; what it says goes to files in a directory. */
    public static RecorderProcess start(Path directory, List<String> jvmOptions, List<String> arguments)
            throws IOException {
        final Path output = Files.createTempFile(directory, "recorder", ".out");
        final Path errors = Files.createTempFile(directory, "recorder", ".err");
        final List<String> command = JvmFlags.command(JvmFlags.aegisHome(), "-Xmx512m");
        command.addAll(jvmOptions);
        command.addAll(List.of("-cp", System.getProperty("java.class.path"), RecordMain.class.getName()));
        command.addAll(arguments);
        return new RecorderProcess(
                new ProcessBuilder(command)
                        .redirectOutput(output.toFile())
                        .redirectError(errors.toFile())
                        .start(),
                output,
                errors);
    }

    /** Whether {@code aegis record} of this build has an option. */
    public static boolean knows(Path directory, String option) throws IOException, InterruptedException {
        try (RecorderProcess help = start(directory, List.of(), List.of("--help"))) {
            help.exitCode();
            return help.output().contains(option);
        }
    }

    public long pid() {
        return process.pid();
    }

    public boolean isAlive() {
        return process.isAlive();
    }

    public String output() {
        return read(output);
    }

    public String errors() {
        return read(errors);
    }

    private static String read(Path file) {
        try {
            return Files.readString(file);
        } catch (final IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** What it said, and what its threads do now: for the message of a failed test. */
    public String state() {
        final StringBuilder state = new StringBuilder(isAlive() ? "it runs" : "it ended")
                .append(", and said: ")
                .append(errors());
        if (isAlive()) {
            try {
                final Process dump = new ProcessBuilder(
                                Path.of(System.getProperty("java.home"), "bin", "jcmd")
                                        .toString(),
                                Long.toString(pid()),
                                "Thread.print")
                        .redirectErrorStream(true)
                        .start();
                state.append('\n').append(new String(dump.getInputStream().readAllBytes(), StandardCharsets.UTF_8));
            } catch (final IOException e) {
                state.append("\nno threads: ").append(e);
            }
        }
        return state.toString();
    }

    /** SIGKILL; returns when the process is gone. */
    public void kill() {
        process.destroyForcibly().onExit().join();
    }

    /** SIGTERM. */
    public void terminate() {
        process.destroy();
    }

    /** Waits for the end. */
    public int exitCode() throws InterruptedException {
        if (!process.waitFor(LIMIT_SECONDS, TimeUnit.SECONDS)) {
            throw new AssertionError("the recorder did not end: " + state());
        }
        return process.exitValue();
    }

    @Override
    public void close() {
        kill();
    }
}
