package org.aegishydra.replayer.trial;

import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import org.aegishydra.core.command.JvmFlags;
import org.aegishydra.core.command.Program;
import org.aegishydra.core.command.StopSignal;
import org.aegishydra.core.latency.Safepoint;

/** Runs trials, each in a fresh JVM with the same flags. Used by one thread. */
public final class TrialJvm {
    /** What every trial's JVM gets besides the flags file: a heap of one size, and one collector. */
    public static final List<String> FLAGS = List.of("-Xms512m", "-Xmx512m", "-XX:+UseSerialGC");

    private static final Set<String> HIDDEN_FLAGS = Set.of("JAVA_TOOL_OPTIONS", "JDK_JAVA_OPTIONS", "_JAVA_OPTIONS");
    private static final long SIGNAL_LIMIT_NS = 500_000_000L;
    /** Another build may say more, or less. */
    static final ObjectMapper JSON = new ObjectMapper().disable(DeserializationFeature.FAIL_ON_UNKNOWN_PROPERTIES);

    private final StopSignal stop;

    /** @param stop ends the trial that runs. */
    public TrialJvm(StopSignal stop) {
        this.stop = stop;
    }

    /** A trial's JVM did not come to its end. */
    public static final class TrialEndedException extends IllegalStateException {
        private static final long serialVersionUID = 1L;

        private final boolean stopped;

        private TrialEndedException(String message, boolean stopped) {
            super(message);
            this.stopped = stopped;
        }

        /** Nobody waits for it any more. */
        public static TrialEndedException stopped(String message) {
            return new TrialEndedException(message, true);
        }

        /** Whether it was told to end. */
        public boolean isStopped() {
            return stopped;
        }
    }

    /** All flags of a trial's JVM but where it writes. */
    public static List<String> flags() {
        final List<String> flags = new ArrayList<>(JvmFlags.flags(JvmFlags.aegisHome()));
        flags.addAll(FLAGS);
        return flags;
    }

    /**
     * Runs one trial.
     *
     * @param classPath of the build that is tried.
     * @throws TrialEndedException if it failed, which it has said on standard error, or was stopped.
     */
    public Trial run(TrialPlan plan, String classPath) throws IOException, InterruptedException {
        final Path directory = Path.of(plan.directory());
        final List<String> command = new ArrayList<>(JvmFlags.command(JvmFlags.aegisHome()));
        command.addAll(FLAGS);
        command.add(Safepoint.logFlag(directory.resolve(TrialPlan.SAFEPOINTS)));
        command.addAll(List.of("-cp", classPath, TrialMain.class.getName()));
        final long startNs = System.nanoTime();
        try {
            final Trial trial = start(command, plan);
            return trial.took((System.nanoTime() - startNs) / 1e9);
        } catch (final TrialEndedException e) {
            // Ctrl-C reaches the trial's JVM as well, which may be gone before this one has noticed.
            throw new TrialEndedException(e.getMessage(), comes());
        }
    }

    private boolean comes() throws InterruptedException {
        final long deadlineNs = System.nanoTime() + SIGNAL_LIMIT_NS;
        while (!stop.isRaised() && System.nanoTime() < deadlineNs) {
            TimeUnit.MILLISECONDS.sleep(1);
        }
        return stop.isRaised();
    }

    private Trial start(List<String> command, TrialPlan plan) throws IOException, InterruptedException {
        final Process process = process(command);
        try {
            stop.onRaise(process::destroy);
            if (stop.isRaised()) {
                throw new TrialEndedException("stopped", true);
            }
            final String output = talk(process, plan);
            if (process.waitFor() != Program.DONE) {
                throw new TrialEndedException("the trial of " + plan.variant() + " failed: see above", false);
            }
            return JSON.readValue(output, Trial.class);
        } finally {
            process.destroy();
        }
    }

    /** A signal to all of a terminal's processes can end one that is just being started. */
    private static Process process(List<String> command) {
        final ProcessBuilder builder = new ProcessBuilder(command).redirectError(ProcessBuilder.Redirect.INHERIT);
        // Flags that nobody sees would change what is measured.
        builder.environment().keySet().removeAll(HIDDEN_FLAGS);
        try {
            return builder.start();
        } catch (final IOException e) {
            throw new TrialEndedException("a trial could not be started: " + e.getMessage(), false);
        }
    }

    private static String talk(Process process, TrialPlan plan) {
        // Open as long as this process lives: when it ends, however it ends, the trial does.
        try (OutputStream input = process.getOutputStream()) {
            input.write(JSON.writeValueAsBytes(plan));
            input.write('\n');
            input.flush();
            return new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        } catch (final IOException e) {
            process.destroy();
            throw new TrialEndedException("the trial of " + plan.variant() + " ended early: " + e.getMessage(), false);
        }
    }
}
