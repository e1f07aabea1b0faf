package org.aegishydra.replayer;

import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.function.BooleanSupplier;

/** A program in a JVM of its own, as the launcher starts it. What it says goes to files. Closing it kills it. */
public final class ChildJvm implements AutoCloseable {
    private static final long LIMIT_SECONDS = Long.getLong("aegis.child.limit.seconds", 60);

    private final Process process;
    private final Path output;
    private final Path errors;

    private ChildJvm(Process process, Path output, Path errors) {
        this.process = process;
        this.output = output;
        this.errors = errors;
    }

    public static ChildJvm start(Path directory, Class<?> program, String... arguments) throws IOException {
        return start(directory, OwnJvm.HERE, program, arguments);
    }

    /** The same, on another JVM. */
    public static ChildJvm start(Path directory, OwnJvm jvm, Class<?> program, String... arguments) throws IOException {
        final Path output = Files.createTempFile(directory, "output", ".txt");
        final Path errors = Files.createTempFile(directory, "errors", ".txt");
        final List<String> command = jvm.command(program.getName());
        command.addAll(List.of(arguments));
        return new ChildJvm(
                new ProcessBuilder(command)
                        .redirectOutput(output.toFile())
                        .redirectError(errors.toFile())
                        .start(),
                output,
                errors);
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

    /** Waits until the program has come so far. */
    public void await(String what, BooleanSupplier condition) throws InterruptedException {
        final long deadlineNs = System.nanoTime() + TimeUnit.SECONDS.toNanos(LIMIT_SECONDS);
        while (!condition.getAsBoolean()) {
            assertTrue(System.nanoTime() < deadlineNs, () -> "waited too long for " + what + ", it said: " + errors());
            assertTrue(process.isAlive() || condition.getAsBoolean(), () -> "it ended early, and said: " + errors());
            Thread.sleep(10);
        }
    }

    /** The processes that the program has started. */
    public List<ProcessHandle> children() {
        return process.descendants().toList();
    }

    /** SIGTERM, as {@code kill} sends it. */
    public void terminate() {
        process.destroy();
    }

    /** Waits for the program's end and returns its exit code. */
    public int exitCode() throws InterruptedException {
        assertTrue(process.waitFor(LIMIT_SECONDS, TimeUnit.SECONDS), () -> "it did not end, and said: " + errors());
        return process.exitValue();
    }

    @Override
    public void close() {
        process.destroyForcibly().onExit().join();
    }
}
