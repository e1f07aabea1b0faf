package org.aegishydra.replayer.verify;

import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Random;
import java.util.function.Consumer;
import org.aegishydra.core.command.StopSignal;
import org.aegishydra.core.run.RunFolder;
import org.aegishydra.replayer.Pace;
import org.aegishydra.replayer.trial.Trial;
import org.aegishydra.replayer.trial.TrialJvm;
import org.aegishydra.replayer.trial.TrialPlan;
import org.aegishydra.trader.TemporaryFolder;

/**
 * Runs the trials of a question, each in a fresh JVM with the same flags, in rounds: every round has one trial of each
 * contender, in random order, so that what else the machine does hits all alike. Used by one thread.
 */
final class Verification {
    private final Question question;
    private final VerificationFolder folder;
    private final TrialJvm jvm;
    private final Progress progress;

    /** What is told of a trial that ended. */
    interface Progress {
        /**
         * A trial ended.
         *
         * @param all how many there will be; 0 while that is not known.
         */
        void onTrial(int done, int all, Trial trial);
    }

    Verification(Question question, VerificationFolder folder, StopSignal stop, Progress progress) {
        this.question = question;
        this.folder = folder;
        this.jvm = new TrialJvm(stop);
        this.progress = progress;
    }

    /**
     * One trial of each contender at full speed, to know how long they take; in no verdict.
     *
     * @param check is given those that there are, after each of them, and may refuse to go on.
     * @return empty if it was stopped.
     */
    List<Trial> pilots(long records, Consumer<List<Trial>> check) throws IOException, InterruptedException {
        final Schedule schedule = new Schedule(Pace.MAX.toString(), question.firstRecord() + records - 1, 1, 0);
        final List<Trial> pilots = new ArrayList<>();
        for (final Question.Contender contender : question.contenders()) {
            final Trial pilot = runUnlessStopped(contender, 0, schedule);
            if (pilot == null) {
                return List.of();
            }
            pilots.add(pilot);
            progress.onTrial(pilots.size(), 0, pilot);
            check.accept(pilots);
        }
        return pilots;
    }

    /**
     * Runs the trials that are not there yet.
     *
     * @return for each contender its trials, in the order of the rounds: those of the rounds that are whole, if it was stopped.
     */
    List<List<Trial>> run(Schedule schedule) throws IOException, InterruptedException {
        final List<Question.Contender> contenders = question.contenders();
        final List<List<Trial>> trials = new ArrayList<>();
        contenders.forEach(contender -> trials.add(new ArrayList<>()));
        final Random order = new Random(question.settings().seed());
        int done = 0;
        for (int round = 1; round <= schedule.rounds(); round++) {
            final List<Integer> turns = new ArrayList<>();
            for (int i = 0; i < contenders.size(); i++) {
                turns.add(i);
            }
            Collections.shuffle(turns, order);
            for (final int turn : turns) {
                final Question.Contender contender = contenders.get(turn);
                Trial trial = folder.trial(contender, round);
                done++;
                if (trial == null) {
                    trial = runUnlessStopped(contender, round, schedule);
                    if (trial == null) {
                        return wholeRounds(trials, round - 1);
                    }
                    folder.keep(contender, trial);
                    progress.onTrial(done, schedule.rounds() * contenders.size(), trial);
                }
                trials.get(turn).add(trial);
            }
        }
        return trials;
    }

    private static List<List<Trial>> wholeRounds(List<List<Trial>> trials, int rounds) {
        return trials.stream().map(ofOne -> ofOne.subList(0, rounds)).toList();
    }

    /** A trial, or null if it was stopped. */
    private Trial runUnlessStopped(Question.Contender contender, int round, Schedule schedule)
            throws IOException, InterruptedException {
        try {
            return run(contender, round, schedule);
        } catch (final TrialJvm.TrialEndedException e) {
            if (e.isStopped()) {
                return null;
            }
            throw e;
        }
    }

    private Trial run(Question.Contender contender, int round, Schedule schedule)
            throws IOException, InterruptedException {
        try (TemporaryFolder scratch = folder.scratch()) {
            final Path directory = scratch.path();
            final Trial trial =
                    jvm.run(question.trial(contender, round, schedule, directory.toString()), contender.classPath());
            if (round > 0) {
                folder.keepDecisions(trial, new RunFolder(directory.resolve(TrialPlan.MEASURED)));
            }
            return trial;
        }
    }
}
