package org.aegishydra.replayer.verify;

import java.nio.file.Path;
import java.util.List;
import org.aegishydra.core.command.Program;
import org.aegishydra.core.command.UsageException;
import org.aegishydra.replayer.trial.Trial;
import picocli.CommandLine.Option;

/** Whether a verification saves a baseline, or holds a build against one. */
final class BaselineOptions {
    private static final String SAVE = "save";
    private static final String CHECK = "check";

    @Option(
            names = "--baseline",
            arity = "2",
            paramLabel = "WORD",
            description =
                    "Keeps the figures of one variant under a name, or fails (exit code 1) if they are worse by now.")
    private List<String> action;

    @Option(
            names = "--baselines",
            paramLabel = "DIR",
            defaultValue = "baselines",
            description = "Where baselines are kept (default: ${DEFAULT-VALUE}).")
    private Path directory;

    @Option(
            names = "--tolerance",
            paramLabel = "PERCENT",
            defaultValue = "15",
            description =
                    "An increase that is no failure: machines are not the same at all times (default: ${DEFAULT-VALUE}).")
    private double tolerancePercent;

    boolean isAsked() {
        return action != null;
    }

    private boolean isCheck() {
        return isAsked() && action.get(0).equals(CHECK);
    }

    /** A check tries as its baseline was tried: an option that says otherwise would do nothing. */
    void refuse(String option, String value) {
        if (isCheck() && value != null) {
            throw new UsageException((option + " " + value).strip()
                    + ": --baseline check plays its trials as those of the baseline were played, as many and at their pace; "
                    + "leave it out");
        }
    }

    /** Refuses to save what nothing could be held against. */
    void requireRounds(int rounds) {
        if (isAsked() && !isCheck() && rounds < Schedule.LEAST_ROUNDS) {
            throw new UsageException("--baseline save: " + rounds + " rounds tell no change from chance; give "
                    + Schedule.LEAST_ROUNDS + " at least by --rounds");
        }
    }

    /** What was saved under the name that is to be checked; null if none is. */
    Baseline saved(Question question) {
        if (!isAsked()) {
            return null;
        }
        if (!isCheck() && !action.get(0).equals(SAVE)) {
            throw new UsageException("--baseline " + action.get(0) + ": must be save or check, and a name");
        }
        if (!(tolerancePercent >= 0 && tolerancePercent <= 1_000)) {
            throw new UsageException("--tolerance " + tolerancePercent + ": must be from 0 to 1000 percent");
        }
        if (!isCheck()) {
            Baseline.requireFree(directory, action.get(1));
            return null;
        }
        final Baseline saved = Baseline.read(directory, action.get(1));
        saved.requireSame(question);
        return saved;
    }

    /**
     * Saves or checks what the trials came to, and returns the exit code.
     *
     * @param saved what they are checked against; null if they are to be saved.
     */
    int finish(Question question, Schedule schedule, List<Trial> trials, Baseline saved, boolean json) {
        if (trials.size() < schedule.rounds()) {
            System.err.println("not all rounds were run: nothing is " + (saved == null ? "saved" : "checked"));
            return Program.FAILED;
        }
        if (saved == null) {
            if (trials.stream().map(Trial::digest).distinct().count() > 1) {
                System.err.println("the rounds do not decide the same: nothing is saved");
                return Program.FAILED;
            }
            final Path file = Baseline.of(question, schedule, trials).save(directory, action.get(1));
            System.err.println("saved as " + file);
            return Program.DONE;
        }
        final Baseline.Check check = saved.check(trials, tolerancePercent / 100);
        System.out.print(json ? Program.toJson(check) + "\n" : Baseline.text(check));
        return check.passed() ? Program.DONE : Program.FAILED;
    }
}
