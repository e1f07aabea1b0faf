package org.aegishydra.replayer.demo;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;

/**
 * A program of Aegis in a JVM of its own, started as a user would: through the launcher. What it says goes to a log file,
 * and is kept for {@link #awaitLine} up to {@link #MAX_LINES}. Closing it ends it. Used by one thread.
 */
final class ChildProgram implements AutoCloseable {
    private static final int MAX_LINES = 10_000;
    private static final long STOP_SECONDS = 20;
    private static final Set<String> LAUNCHER_VARIABLES = Set.of("AEGIS_JAVA_HOME", "AEGIS_JDK_DIRS", "AEGIS_JVM_OPTS");
    private static final String END = "\0end";

    private final String name;
    private final Process process;
    private final Path log;
    private final BlockingQueue<String> lines = new LinkedBlockingQueue<>(MAX_LINES);
    private final Thread reader;

    private ChildProgram(String name, Process process, Path log) {
        this.name = name;
        this.process = process;
        this.log = log;
        this.reader = new Thread(() -> read(process.getInputStream()), name + "-output");
        reader.setDaemon(true);
        reader.start();
        // Whatever ends the demo ends its programs.
        Runtime.getRuntime().addShutdownHook(new Thread(process::destroy, name + "-end"));
    }

    /**
     * Starts a command.
     *
     * @param logDirectory where {@code NAME.log} is written.
     */
    static ChildProgram start(Path aegisHome, Path logDirectory, String name, List<String> arguments)
            throws IOException {
        final List<String> command = new ArrayList<>();
        command.add(aegisHome.resolve("aegis").toString());
        command.addAll(arguments);
        final ProcessBuilder builder = new ProcessBuilder(command).redirectErrorStream(true);
        // The user's own defaults for options are not meant for the demo's programs.
        builder.environment().keySet().removeIf(key -> key.startsWith("AEGIS_") && !LAUNCHER_VARIABLES.contains(key));
        builder.environment().put("AEGIS_NO_BUILD", "1");
        return new ChildProgram(name, builder.start(), logDirectory.resolve(name + ".log"));
    }

    private void read(InputStream output) {
        try (BufferedReader text = new BufferedReader(new InputStreamReader(output, StandardCharsets.UTF_8));
                var file = Files.newBufferedWriter(
                        log,
                        StandardOpenOption.CREATE,
                        StandardOpenOption.TRUNCATE_EXISTING,
                        StandardOpenOption.WRITE)) {
            for (String line = text.readLine(); line != null; line = text.readLine()) {
                file.write(line);
                file.newLine();
                file.flush();
                if (!lines.offer(line)) {
                    // Nobody waits for a line any more; the log has it.
                    lines.clear();
                }
            }
        } catch (final IOException e) {
            throw new UncheckedIOException("cannot keep what " + name + " says", e);
        } finally {
            lines.offer(END);
        }
    }

    long pid() {
        return process.pid();
    }

    /**
     * Waits for a line that contains a text.
     *
     * @throws DemoFailedException if the program ends first, or does not say it in time.
     */
    String awaitLine(String text, long limitSeconds) throws InterruptedException {
        final long deadlineNs = System.nanoTime() + TimeUnit.SECONDS.toNanos(limitSeconds);
        while (true) {
            final String line = lines.poll(deadlineNs - System.nanoTime(), TimeUnit.NANOSECONDS);
            if (line == null) {
                throw new DemoFailedException(
                        name + " did not say \"" + text + "\" within " + limitSeconds + " s, see " + log);
            }
            if (line.equals(END)) {
                throw new DemoFailedException(name + " ended early, see " + log);
            }
            if (line.contains(text)) {
                return line;
            }
        }
    }

    /** Asks the program to stop, as Ctrl-C does, and waits for its end. */
    void stop() throws InterruptedException {
        // Process.destroy() would close the pipe, and with it the rest of what the program says.
        process.toHandle().destroy();
        awaitEnd(STOP_SECONDS);
    }

    /**
     * Waits for the program's end.
     *
     * @throws DemoFailedException if it takes too long or ends with another exit code than 0.
     */
    void awaitEnd(long limitSeconds) throws InterruptedException {
        if (awaitExitCode(limitSeconds) != 0) {
            throw new DemoFailedException(name + " ended with exit code " + process.exitValue() + ", see " + log);
        }
    }

    /**
     * Waits for the program's end and returns its exit code.
     *
     * @throws DemoFailedException if it takes too long.
     */
    int awaitExitCode(long limitSeconds) throws InterruptedException {
        if (!process.waitFor(limitSeconds, TimeUnit.SECONDS)) {
            throw new DemoFailedException(name + " did not end within " + limitSeconds + " s, see " + log);
        }
        reader.join(TimeUnit.SECONDS.toMillis(STOP_SECONDS));
        return process.exitValue();
    }

    @Override
    public void close() {
        if (process.isAlive()) {
            process.destroyForcibly();
        }
    }
}
