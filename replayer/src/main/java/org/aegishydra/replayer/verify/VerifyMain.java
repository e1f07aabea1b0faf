package org.aegishydra.replayer.verify;

import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.Callable;
import java.util.function.DoubleSupplier;
import org.aegishydra.core.command.Durations;
import org.aegishydra.core.command.Program;
import org.aegishydra.core.command.StopSignal;
import org.aegishydra.core.command.UsageException;
import org.aegishydra.replayer.Pace;
import org.aegishydra.replayer.RangeOptions;
import org.aegishydra.replayer.trial.Trial;
import org.aegishydra.replayer.trial.TrialJvm;
import org.aegishydra.trader.TemporaryFolder;
import org.aegishydra.trader.TradingOptions;
import org.aegishydra.trader.TradingSettings;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** {@code aegis verify}: does a fix change the latencies, and no decision? */
@Command(
        name = "aegis verify",
        mixinStandardHelpOptions = true,
        sortOptions = false,
        description = {
            "Runs variants of the engine, or two builds of it, over the same recorded range, each trial in a fresh JVM, and "
                    + "compares first their decisions, then their latencies. Exit code 1 if the decisions differ, if there are "
                    + "none, or if a build is worse than its baseline.",
            "",
            "Variants: legacy (the system before), seed (its eight fixes), aegis (this project's own way), legacy+N and "
                    + "aegis-N, which switch one of the fixes:",
            "1 disk I/O, 2 collections, 3 timestamps, 4 heap clean-up, 5 staggered work, 6 display, 7 spike detection, 8 decoder.",
            ""
        },
        footer = {
            "",
            "Examples:",
            "  aegis verify --journal data/btc --quick",
            "  aegis verify --journal data/btc --before legacy --after seed,aegis --budget 30m --out fixes",
            "  aegis verify --journal data/btc --ablate --budget 2h --out ablation && aegis report ablation",
            "  aegis verify --journal data/btc --before-classpath \"$(old/aegis classpath replayer)\"",
            "  aegis verify --journal data/btc --baseline save main; aegis verify --journal data/btc --baseline check main"
        })
public final class VerifyMain implements Callable<Integer> {
    private static final String AUTO = "auto";
    private static final String STOPPED_EARLY = "stopped before the first round was whole: no verdict";
    static final String NOTHING_DECIDED = "nothing was decided in this range, so equal digests prove nothing: lower "
            + "--fee-bps or the strategy's threshold, or give a longer range";
    private static final Duration USUAL_BUDGET = Duration.ofMinutes(10);
    private static final Duration QUICK_BUDGET = Duration.ofSeconds(100);

    @Mixin
    private RangeOptions recording;

    @Mixin
    private ContenderOptions contenders;

    @Option(
            names = "--budget",
            paramLabel = "TIME",
            description =
                    "How long it may take, for example 30m or 2h: rounds and the length of a trial are made to fit "
                            + "(default: 10m, or the whole range if --rounds is given).")
    private String budget;

    @Option(names = "--quick", description = "A first answer in under two minutes; the same as --budget 100s.")
    private boolean quick;

    @Option(
            names = "--rounds",
            paramLabel = "N",
            description =
                    "Trials of each variant (default: what the budget allows for). Fewer than 6 make no claims, and with 6 or 7 "
                            + "a claim needs all of them to agree. More rounds after a look at the verdict make a wrong claim "
                            + "likelier: with four looks it is 2 to 3 in 100 instead of 1.")
    private Integer rounds;

    @Option(
            names = "--pace",
            paramLabel = "auto|max|Nx",
            description =
                    "max measures service times; a pace measures from when each message was due; auto is the fastest pace "
                            + "at which no variant is busy for more than 30%% of the time (default: auto).")
    private String pace;

    @Mixin
    private BaselineOptions baseline;

    @Option(
            names = "--out",
            paramLabel = "DIR",
            description =
                    "Keeps trials and results there, for `aegis report`; the same command goes on where it was stopped.")
    private Path out;

    @Option(names = "--json", description = "Prints the result as JSON on standard output.")
    private boolean json;

    @Mixin
    private TradingOptions options;

    /** Runs the program. */
    public static void main(String[] args) {
        Program.main(new VerifyMain(), args);
    }

    @Override
    public Integer call() throws Exception {
        requireUsable();
        final Question question = contenders.question(recording, settings(), baseline.isAsked());
        final Pace chosenPace = pace == null || pace.equals(AUTO) ? null : Pace.parse(pace);
        try (StopSignal stop = StopSignal.install()) {
            if (out != null) {
                return verifyIn(out, question, chosenPace, stop);
            }
            try (TemporaryFolder temporary = TemporaryFolder.create("aegis-verify-")) {
                return verifyIn(temporary.path(), question, chosenPace, stop);
            }
        } catch (final TrialJvm.TrialEndedException e) {
            System.err.println("aegis verify: " + e.getMessage());
            return Program.FAILED;
        }
    }

    private void requireUsable() {
        baseline.refuse("--pace", pace);
        baseline.refuse("--rounds", rounds == null ? null : rounds.toString());
        baseline.refuse("--budget", budget);
        baseline.refuse("--quick", quick ? "" : null);
        if (rounds != null && (rounds < 1 || rounds > Schedule.MOST_ROUNDS)) {
            throw new UsageException("--rounds " + rounds + ": must be from 1 to " + Schedule.MOST_ROUNDS);
        }
        if (quick && budget != null) {
            throw new UsageException("--quick and --budget " + budget + ": give one of them");
        }
        if (rounds != null) {
            baseline.requireRounds(rounds);
        }
    }

    private TradingSettings settings() {
        final TradingSettings settings = options.settings();
        if (settings.stepInterval() != 1) {
            // The forms before write every row: ours may not save what they have to do.
            throw new UsageException("--steps: a verification records all of them; leave it out");
        }
        return settings;
    }

    /** Or null: the whole range as often as the rounds say. */
    private Duration budget() {
        if (quick) {
            return QUICK_BUDGET;
        }
        if (budget != null) {
            return Durations.parse("--budget", budget);
        }
        return rounds == null ? USUAL_BUDGET : null;
    }

    private int verifyIn(Path directory, Question question, Pace chosenPace, StopSignal stop) throws Exception {
        final Baseline saved = baseline.saved(question);
        try (VerificationFolder folder = VerificationFolder.open(directory, question)) {
            if (saved != null) {
                folder.check(saved);
            }
            return verify(folder, question, saved, chosenPace, stop);
        }
    }

    private int verify(VerificationFolder folder, Question question, Baseline saved, Pace chosenPace, StopSignal stop)
            throws Exception {
        final Instant started = Instant.now();
        final long startNs = System.nanoTime();
        final TrialTelling telling = new TrialTelling();
        final Verification verification = new Verification(question, folder, stop, telling);
        final RangeTimes times = RangeTimes.of(recording.recording(), question);
        final Schedule begun = saved == null ? begun(folder, chosenPace) : saved.schedule();
        final Schedule schedule = begun == null ? schedule(question, verification, times, chosenPace, startNs) : begun;
        if (schedule == null) {
            return failed(STOPPED_EARLY);
        }
        baseline.requireRounds(schedule.rounds());
        folder.keep(schedule);
        tell(question, schedule);
        telling.schedule(schedule, question.contenders().size());
        final List<List<Trial>> trials = verification.run(schedule);
        if (trials.get(0).isEmpty()) {
            return failed(STOPPED_EARLY);
        }
        final Trial first = trials.get(0).get(0);
        if (first.steps() == 0) {
            return failed("no step in this range: there is nothing to compare");
        }
        if (stop.isRaised()) {
            System.err.println("stopped after " + trials.get(0).size() + " whole rounds"
                    + (out == null ? "" : "; the same command goes on from here"));
        }
        if (baseline.isAsked()) {
            return first.decisions().total() == 0
                    ? failed(NOTHING_DECIDED)
                    : baseline.finish(question, schedule, trials.get(0), saved, json);
        }
        final Verdict verdict = Verdict.of(trials, new RunDifferences(folder), contenders.isAblation());
        final VerificationReport report = VerificationReport.of(
                question, schedule, trials, verdict, times, started, (System.nanoTime() - startNs) / 1e9);
        report.write(folder, trials);
        return tell(report);
    }

    private static int failed(String message) {
        System.err.println(message);
        return Program.FAILED;
    }

    /** The schedule of trials that are there already, with what else is asked for; null if there are none. */
    private Schedule begun(VerificationFolder folder, Pace chosenPace) {
        final Schedule begun = folder.schedule();
        if (begun == null) {
            return null;
        }
        return new Schedule(
                chosenPace == null ? begun.pace() : chosenPace.toString(),
                begun.lastRecord(),
                rounds == null ? begun.rounds() : rounds,
                begun.roundSeconds());
    }

    /** A new schedule; null if it was stopped before it was known. */
    private Schedule schedule(
            Question question, Verification verification, RangeTimes times, Pace chosenPace, long startNs)
            throws IOException, InterruptedException {
        final Duration allowed = budget();
        if (allowed == null && chosenPace != null) {
            return new Schedule(chosenPace.toString(), question.lastRecord(), rounds, 0);
        }
        final double budgetSeconds = allowed == null ? Double.MAX_VALUE : allowed.toNanos() / 1e9;
        final DoubleSupplier left = () -> budgetSeconds - (System.nanoTime() - startNs) / 1e9;
        final long pilotRecords = Schedule.pilotRecords(question, budgetSeconds);
        final int wantedRounds = rounds == null ? 0 : rounds;
        System.err.printf(
                Locale.ROOT, "a pilot of each variant, to know how long a trial takes (%,d records):%n", pilotRecords);
        final List<Trial> pilots = verification.pilots(
                pilotRecords,
                some -> Schedule.requireEnough(question, some, pilotRecords, left.getAsDouble(), wantedRounds));
        return pilots.isEmpty()
                ? null
                : Schedule.of(
                        question, pilots, pilotRecords, times.seconds(), chosenPace, left.getAsDouble(), wantedRounds);
    }

    private static void tell(Question question, Schedule schedule) {
        System.err.printf(
                Locale.ROOT,
                "%d rounds of %d variants over %,d of %,d records, pace %s%s, each trial: %s%n",
                schedule.rounds(),
                question.contenders().size(),
                schedule.lastRecord() - question.firstRecord() + 1,
                question.records(),
                schedule.pace(),
                schedule.roundSeconds() > 0
                        ? String.format(Locale.ROOT, ", about %.0f s a round", schedule.roundSeconds())
                        : "",
                String.join(" ", TrialJvm.FLAGS));
        if (schedule.rounds() < Schedule.LEAST_ROUNDS && question.contenders().size() > 1) {
            System.err.println("fewer than " + Schedule.LEAST_ROUNDS + " rounds make no claims: expect figures only");
        }
    }

    private int tell(VerificationReport report) {
        final Verdict verdict = report.verdict();
        if (json) {
            System.out.println(Program.toJson(report));
        } else {
            System.out.print(VerdictTable.of(verdict, report.spikeThresholdMs()));
            System.out.println("latencies are " + report.measures());
            System.out.println(words(verdict));
        }
        report.warnings().forEach(System.err::println);
        if (out != null) {
            System.err.println("kept in " + out + "; `aegis report " + out + "` draws it");
        }
        return exitCode(verdict);
    }

    private static String words(Verdict verdict) {
        if (!verdict.equal()) {
            return "DIFFERENT: a variant that decides something else is not a fix";
        }
        return verdict.contenders().get(0).decisions() == 0
                ? "NOTHING DECIDED: no verdict"
                : "equal: every variant took the same decisions and has the same books";
    }

    /** A digest over nothing proves nothing. */
    static int exitCode(Verdict verdict) {
        return verdict.equal() && verdict.contenders().get(0).decisions() > 0 ? Program.DONE : Program.FAILED;
    }
}
