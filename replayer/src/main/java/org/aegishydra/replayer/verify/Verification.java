package org.aegishydra.replayer.verify;

import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Random;
import java.util.concurrent.TimeUnit;
import org.aegishydra.core.command.JvmFlags;
import org.aegishydra.core.command.Program;
import org.aegishydra.core.command.StopSignal;
import org.aegishydra.replayer.ReplayRange;
import org.aegishydra.trader.TemporaryFolder;
import org.aegishydra.trader.TradingSettings;

/**
 * Runs trials of several variants over the same recorded range, each in a fresh JVM with the same flags, in rounds: every
 * round has one trial of each variant, in random order, so that what else the machine does hits all alike.
 *
 * @param variants the variants, the first being the one compared with.
 * @param journal the recording's directory.
 * @param pace as {@code --pace} takes it.
 * @param rounds trials of each variant.
 * @param settings of the engine, the same for all.
 */
record Verification(
        List<Variant> variants, Path journal, ReplayRange range, String pace, int rounds, TradingSettings settings) {
    /** What every trial's JVM gets besides the flags file: a heap of one size, and one collector. */
    static final List<String> TRIAL_FLAGS = List.of("-Xms512m", "-Xmx512m", "-XX:+UseSerialGC");

    private static final long TRIAL_LIMIT_MINUTES = 60;
    private static final long SIGNAL_LIMIT_NS = 500_000_000L;
    private static final ObjectMapper JSON = new ObjectMapper();

    /** What is told of a trial that ended. */
    interface Progress {
        /** A trial ended. */
        void onTrial(int done, int all, Trial trial);
    }

    /** A trial's JVM did not come to its end. */
    private static final class TrialEndedException extends IllegalStateException {
        private static final long serialVersionUID = 1L;

        private TrialEndedException(String message) {
            super(message);
        }
    }

    /**
     * Runs all trials.
     *
     * @param stop ends the trial that runs, and the verification with the rounds that are whole.
     * @return for each variant its trials, in the order of the rounds.
     */
    List<List<Trial>> run(Progress progress, StopSignal stop) throws IOException, InterruptedException {
        final List<List<Trial>> trials = new ArrayList<>();
        variants.forEach(variant -> trials.add(new ArrayList<>()));
        final Random order = new Random(settings.seed());
        int done = 0;
        for (int round = 0; round < rounds; round++) {
            final List<Integer> turns = new ArrayList<>();
            for (int i = 0; i < variants.size(); i++) {
                turns.add(i);
            }
            Collections.shuffle(turns, order);
            for (final int variant : turns) {
                final Trial trial;
                try {
                    trial = runTrial(variants.get(variant), stop);
                } catch (final TrialEndedException e) {
                    if (comes(stop)) {
                        return wholeRounds(trials, round);
                    }
                    throw e;
                }
                trials.get(variant).add(trial);
                progress.onTrial(++done, rounds * variants.size(), trial);
            }
        }
        return trials;
    }

    /** Ctrl-C reaches the trial's JVM as well, which may be gone before this one has noticed. */
    private static boolean comes(StopSignal stop) throws InterruptedException {
        final long deadlineNs = System.nanoTime() + SIGNAL_LIMIT_NS;
        while (!stop.isRaised() && System.nanoTime() < deadlineNs) {
            TimeUnit.MILLISECONDS.sleep(1);
        }
        return stop.isRaised();
    }

    private static List<List<Trial>> wholeRounds(List<List<Trial>> trials, int rounds) {
        return trials.stream().map(ofVariant -> ofVariant.subList(0, rounds)).toList();
    }

    private Trial runTrial(Variant variant, StopSignal stop) throws IOException, InterruptedException {
        try (TemporaryFolder folder = TemporaryFolder.create("aegis-trial-")) {
            final TrialPlan plan = new TrialPlan(
                    variant.name(),
                    journal.toAbsolutePath().toString(),
                    range.firstSequence(),
                    range.lastSequence(),
                    pace,
                    settings,
                    folder.path().toString());
            final List<String> command = new ArrayList<>(JvmFlags.command(JvmFlags.aegisHome()));
            command.addAll(TRIAL_FLAGS);
            command.addAll(List.of("-cp", System.getProperty("java.class.path"), TrialMain.class.getName()));
            return start(command, plan, stop);
        }
    }

    private static Trial start(List<String> command, TrialPlan plan, StopSignal stop)
            throws IOException, InterruptedException {
        final Process process = new ProcessBuilder(command)
                .redirectError(ProcessBuilder.Redirect.INHERIT)
                .start();
        try {
            stop.onRaise(process::destroy);
            if (stop.isRaised()) {
                throw new TrialEndedException("stopped");
            }
            final String output = talk(process, plan);
            if (!process.waitFor(TRIAL_LIMIT_MINUTES, TimeUnit.MINUTES) || process.exitValue() != Program.DONE) {
                throw new TrialEndedException("the trial of " + plan.variant() + " failed: see above");
            }
            return JSON.readValue(output, Trial.class);
        } finally {
            process.destroy();
        }
    }

    private static String talk(Process process, TrialPlan plan) {
        try {
            try (OutputStream input = process.getOutputStream()) {
                input.write(JSON.writeValueAsBytes(plan));
            }
            return new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        } catch (final IOException e) {
            process.destroy();
            throw new TrialEndedException("the trial of " + plan.variant() + " ended early: " + e.getMessage());
        }
    }
}
