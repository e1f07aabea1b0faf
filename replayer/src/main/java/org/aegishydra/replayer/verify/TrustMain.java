package org.aegishydra.replayer.verify;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.TreeMap;
import java.util.concurrent.Callable;
import org.aegishydra.core.command.Program;
import org.aegishydra.core.command.StopSignal;
import org.aegishydra.core.command.UsageException;
import org.aegishydra.replayer.Pace;
import org.aegishydra.replayer.RangeOptions;
import org.aegishydra.replayer.ReplayRange;
import org.aegishydra.replayer.fixes.FixPeriods;
import org.aegishydra.replayer.statistics.Share;
import org.aegishydra.replayer.trial.Injection;
import org.aegishydra.replayer.trial.Spike;
import org.aegishydra.replayer.trial.Trial;
import org.aegishydra.replayer.trial.TrialJvm;
import org.aegishydra.trader.TemporaryFolder;
import org.aegishydra.trader.TradingOptions;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** {@code aegis trust}: how often is a verdict of {@code aegis verify} wrong on this machine, and what does it find? */
@Command(
        name = "aegis trust",
        mixinStandardHelpOptions = true,
        sortOptions = false,
        description = {
            "Measures verdicts where the answer is known: of one variant against itself, of stalls of known length, and of "
                    + "disturbances of known cause. Every trial is one of `aegis verify`.",
            ""
        },
        footer = {
            "",
            "Examples:",
            "  aegis trust --journal data/btc --equal 300 --out trust",
            "  aegis trust --journal data/btc --stalls --causes --records 1-60000 --fee-bps 0"
        })
public final class TrustMain implements Callable<Integer> {
    private static final int VERIFICATIONS = 10_000;
    private static final int[] STALLS_US = {50, 100, 200, 500, 1_000, 2_000, 5_000, 10_000};
    private static final int MOST_TRIALS = 10_000;

    /** Enough that a spike of any threshold in use is one. */
    private static final int WRITTEN_KIB = 4 * 1024;

    private static final int TOUCHED_KIB = 32 * 1024;

    /** Of the thread's own making, so that no cause is to be stated. */
    private static final int STALL_WITHOUT_CAUSE_US = 6_000;

    private static final int BURST_MS = 20;
    private static final int PAUSE_MS = 30;

    @Mixin
    private RangeOptions recording;

    @Option(
            names = "--equal",
            paramLabel = "TRIALS",
            description =
                    "Runs so many trials of one variant, and judges 10,000 random splits of them into two groups.")
    private Integer equalTrials;

    @Option(names = "--stalls", description = "Adds stalls of 50 µs to 10 ms to some steps, and tells which are found.")
    private boolean stalls;

    @Option(
            names = "--causes",
            description =
                    "Adds collections, synchronous writes, page faults, stalls without a cause and a competing process, and "
                            + "tells which causes are stated.")
    private boolean causes;

    @Option(
            names = "--rounds",
            defaultValue = "10",
            paramLabel = "N",
            description = "Trials of each side of a verification (default: ${DEFAULT-VALUE}).")
    private int rounds;

    @Option(
            names = "--every",
            defaultValue = "1000",
            paramLabel = "N",
            description = "In every how many-th step there is a stall (default: ${DEFAULT-VALUE}).")
    private int everySteps;

    @Option(
            names = "--injections",
            defaultValue = "100",
            paramLabel = "N",
            description = "How many disturbances of each cause, about (default: ${DEFAULT-VALUE}).")
    private int injections;

    @Option(
            names = "--pace",
            paramLabel = "max|Nx",
            defaultValue = "max",
            description = "As `aegis verify` takes it (default: ${DEFAULT-VALUE}).")
    private String pace;

    @Option(
            names = "--out",
            paramLabel = "DIR",
            description = "Keeps the trials there; the same command goes on where it was stopped.")
    private Path out;

    @Option(names = "--json", description = "Prints the result as JSON on standard output.")
    private boolean json;

    @Mixin
    private TradingOptions options;

    private StopSignal stop;
    private Path directory;

    /** Runs the program. */
    public static void main(String[] args) {
        Program.main(new TrustMain(), args);
    }

    @Override
    public Integer call() throws Exception {
        requireUsable();
        try (StopSignal signal = StopSignal.install();
                TemporaryFolder temporary = TemporaryFolder.create("aegis-trust-")) {
            stop = signal;
            directory = out == null ? temporary.path() : out;
            final TrustReport report = new TrustReport(
                    equalTrials == null ? null : equal(), stalls ? stalls() : List.of(), causes ? causes() : List.of());
            System.out.print(json ? Program.toJson(report) + "\n" : report.toText());
            return Program.DONE;
        } catch (final TrialJvm.TrialEndedException e) {
            System.err.println("aegis trust: " + e.getMessage());
            return Program.FAILED;
        }
    }

    private void requireUsable() {
        if (equalTrials == null && !stalls && !causes) {
            throw new UsageException("nothing is asked for: give --equal, --stalls or --causes");
        }
        if (rounds < Schedule.LEAST_ROUNDS || rounds > Schedule.MOST_ROUNDS) {
            throw new UsageException(
                    "--rounds " + rounds + ": must be from " + Schedule.LEAST_ROUNDS + " to " + Schedule.MOST_ROUNDS);
        }
        if (equalTrials != null && (equalTrials < 2 * rounds || equalTrials > MOST_TRIALS)) {
            throw new UsageException("--equal " + equalTrials + ": must be from " + 2 * rounds
                    + ", two groups of --rounds, to " + MOST_TRIALS);
        }
        if (everySteps < 1) {
            throw new UsageException("--every " + everySteps + ": must be 1 or more");
        }
        if (injections < 1) {
            throw new UsageException("--injections " + injections + ": must be 1 or more");
        }
    }

    private static Question.Contender contender(String name, Injection injection) {
        return Question.Contender.of(name, "aegis", Build.ownClassPath(), injection);
    }

    private List<List<Trial>> trials(String folder, List<Question.Contender> contenders, int count) throws Exception {
        final ReplayRange range = recording.range();
        final Question question = Question.of(
                contenders,
                recording.journalPath().toAbsolutePath().normalize().toString(),
                range.firstSequence(),
                range.lastSequence(),
                options.settings(),
                FixPeriods.DEFAULT);
        final List<List<Trial>> trials;
        try (VerificationFolder kept = VerificationFolder.open(directory.resolve(folder), question)) {
            final Schedule schedule = new Schedule(Pace.parse(pace).toString(), range.lastSequence(), count, 0);
            kept.keep(schedule);
            trials = new Verification(question, kept, stop, new TrialTelling()).run(schedule);
        }
        if (trials.get(0).size() < count) {
            throw TrialJvm.TrialEndedException.stopped("stopped: no answer"
                    + (out == null
                            ? "; with --out the same command would go on"
                            : "; the same command goes on from here"));
        }
        if (trials.get(0).get(0).decisions().total() == 0) {
            throw new UsageException(VerifyMain.NOTHING_DECIDED);
        }
        return trials;
    }

    private TrustReport.Equal equal() throws Exception {
        final List<Trial> pool = new ArrayList<>(
                trials("equal", List.of(contender("aegis", null)), equalTrials).get(0));
        final Random random = new Random(options.settings().seed());
        int wrong = 0;
        for (int i = 0; i < VERIFICATIONS; i++) {
            Collections.shuffle(pool, random);
            final List<Comparison.Pairing> pairings = new ArrayList<>();
            for (final Metric metric : Metric.values()) {
                pairings.add(new Comparison.Pairing(metric, pool.subList(0, rounds), pool.subList(rounds, 2 * rounds)));
            }
            wrong += Verdict.compare(pairings).stream()
                            .anyMatch(each -> each.verdict().isClaim())
                    ? 1
                    : 0;
        }
        return new TrustReport.Equal(
                pool.size(), rounds, VERIFICATIONS, wrong, Share.upperBound(wrong, VERIFICATIONS, 0.95));
    }

    private List<TrustReport.Stall> stalls() throws Exception {
        final List<Question.Contender> contenders = new ArrayList<>();
        contenders.add(contender("aegis", null));
        for (final int microseconds : STALLS_US) {
            contenders.add(contender(
                    "stall-" + microseconds + "us", new Injection(Injection.Kind.STALL, microseconds, everySteps)));
        }
        final List<List<Trial>> trials = trials("stalls", contenders, rounds);
        final List<TrustReport.Stall> found = new ArrayList<>();
        for (int i = 1; i < trials.size(); i++) {
            // Each as a verification of its own, of one change.
            final Verdict verdict = Verdict.of(List.of(trials.get(0), trials.get(i)), (first, second) -> "", false);
            found.add(new TrustReport.Stall(
                    STALLS_US[i - 1],
                    everySteps,
                    rounds,
                    verdict.comparisons().stream()
                            .filter(each -> each.verdict() == Comparison.Finding.WORSE)
                            .map(each -> each.metric().key())
                            .toList(),
                    verdict.comparisons()));
        }
        return found;
    }

    private List<TrustReport.Cause> causes() throws Exception {
        final long steps = trials("causes-steps", List.of(contender("aegis", null)), 1)
                .get(0)
                .get(0)
                .steps();
        final int every = (int) Math.max(1, steps / injections);
        final List<Question.Contender> contenders = List.of(
                contender("collection", new Injection(Injection.Kind.COLLECTION, 0, every)),
                contender("synchronous-write", new Injection(Injection.Kind.SYNCHRONOUS_WRITE, WRITTEN_KIB, every)),
                contender("page-faults", new Injection(Injection.Kind.PAGE_FAULTS, TOUCHED_KIB, every)),
                contender("stall", new Injection(Injection.Kind.STALL, STALL_WITHOUT_CAUSE_US, every)),
                contender("busy-process", new Injection(Injection.Kind.BUSY_PROCESS, BURST_MS, PAUSE_MS)));
        final List<TrustReport.Cause> found = new ArrayList<>();
        for (final List<Trial> trials : trials("causes", contenders, 1)) {
            final Trial trial = trials.get(0);
            final Injection injection = contenders.get(found.size()).injection();
            final boolean inSteps = injection.kind() != Injection.Kind.BUSY_PROCESS;
            final Map<String, Long> stated = new TreeMap<>();
            long spikes = 0;
            for (final Spike spike : trial.keptSpikes()) {
                if (!inSteps || injection.hits(spike.step())) {
                    stated.merge(spike.cause(), 1L, Long::sum);
                    spikes++;
                }
            }
            found.add(new TrustReport.Cause(trial.variant(), inSteps ? trial.steps() / every : 0, spikes, stated));
        }
        return found;
    }
}
