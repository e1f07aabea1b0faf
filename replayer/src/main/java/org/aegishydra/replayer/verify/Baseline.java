package org.aegishydra.replayer.verify;

import com.fasterxml.jackson.annotation.JsonProperty;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.PropertyNamingStrategies;
import com.fasterxml.jackson.databind.annotation.JsonNaming;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.regex.Pattern;
import org.aegishydra.core.command.Machine;
import org.aegishydra.core.command.Program;
import org.aegishydra.core.command.UsageException;
import org.aegishydra.replayer.fixes.FixPeriods;
import org.aegishydra.replayer.statistics.Holm;
import org.aegishydra.replayer.statistics.Increase;
import org.aegishydra.replayer.trial.Trial;
import org.aegishydra.replayer.trial.TrialJvm;
import org.aegishydra.trader.TradingSettings;

/**
 * The figures of one build's trials, kept so that a later build can be held against them: a gate that fails when that one is
 * worse, and so strict about it that the same build passes.
 *
 * @param machine the same machine may check it.
 * @param forms the variant, as {@link org.aegishydra.replayer.fixes.Variant#parse} takes it.
 * @param periods of the forms.
 * @param flags of each trial's JVM.
 * @param digest over decisions and books.
 * @param meanNs one a round.
 * @param p99Ns one a round.
 */
@JsonNaming(PropertyNamingStrategies.SnakeCaseStrategy.class)
record Baseline(
        Machine machine,
        String version,
        String forms,
        long firstRecord,
        long lastRecord,
        String pace,
        TradingSettings settings,
        FixPeriods periods,
        List<String> flags,
        String digest,
        List<Double> meanNs,
        List<Double> p99Ns) {
    /** The chance, by design, that the same build fails, were the machine the same at both times. */
    static final double ERROR = 0.001;

    /** Of the two figures that are looked at together, by Holm's method. */
    private static final double STRICTEST = ERROR / 2;

    private static final Pattern NAME = Pattern.compile("[A-Za-z0-9][A-Za-z0-9._-]{0,99}");
    private static final ObjectMapper JSON =
            new ObjectMapper().enable(DeserializationFeature.FAIL_ON_MISSING_CREATOR_PROPERTIES);

    /** What a check came to. */
    @JsonNaming(PropertyNamingStrategies.SnakeCaseStrategy.class)
    record Check(boolean passed, boolean sameDecisions, double tolerance, List<Change> changes) {}

    /**
     * A figure then and now.
     *
     * @param ratio now divided by then.
     * @param pValue that the increase is within the tolerance, corrected by Holm's method.
     * @param smallestIncrease the smallest one that four of five such checks would have found: 0.2 is a fifth.
     */
    @JsonNaming(PropertyNamingStrategies.SnakeCaseStrategy.class)
    record Change(
            String metric,
            double thenNs,
            double nowNs,
            double ratio,
            @JsonProperty("p_value") double pValue,
            double smallestIncrease,
            boolean worse) {}

    /** The baseline that trials make. */
    static Baseline of(Question question, Schedule schedule, List<Trial> trials) {
        return new Baseline(
                Machine.thisOne(),
                Program.version(),
                question.contenders().get(0).forms(),
                question.firstRecord(),
                schedule.lastRecord(),
                schedule.pace(),
                question.settings(),
                question.periods(),
                TrialJvm.flags(),
                trials.get(0).digest(),
                trials.stream().map(Metric.MEAN::of).toList(),
                trials.stream().map(Metric.P99::of).toList());
    }

    /** Where a baseline is kept. */
    static Path file(Path directory, String name) {
        if (!NAME.matcher(name).matches()) {
            throw new UsageException(
                    "--baseline " + name + ": must be a plain name of letters, digits, points and dashes");
        }
        return directory.resolve(name + ".json");
    }

    /**
     * Keeps it under a name.
     *
     * @throws UsageException if there is one of that name.
     */
    Path save(Path directory, String name) {
        requireFree(directory, name);
        final Path file = file(directory, name);
        try {
            Files.createDirectories(directory);
            Files.writeString(file, Program.toJson(this) + "\n");
        } catch (final IOException e) {
            throw new UncheckedIOException("cannot write " + file, e);
        }
        return file;
    }

    /** Before anything is tried: refuses a name that is taken. */
    static void requireFree(Path directory, String name) {
        final Path file = file(directory, name);
        if (Files.exists(file)) {
            throw new UsageException(
                    "--baseline save " + name + ": " + file + " exists; remove it, or take another name");
        }
    }

    /** Reads what {@link #save} kept. */
    static Baseline read(Path directory, String name) {
        final Path file = file(directory, name);
        if (!Files.exists(file)) {
            throw new UsageException(
                    "--baseline check " + name + ": there is no " + file + "; make it by --baseline save " + name);
        }
        try {
            final Baseline baseline = JSON.readValue(file.toFile(), Baseline.class);
            if (!isUsable(baseline.meanNs)
                    || !isUsable(baseline.p99Ns)
                    || baseline.meanNs.size() != baseline.p99Ns.size()) {
                throw new UsageException("--baseline check " + name + ": " + file + " does not hold the figures of "
                        + Schedule.LEAST_ROUNDS + " to " + Schedule.MOST_ROUNDS + " rounds: save it anew");
            }
            return baseline;
        } catch (final IOException e) {
            throw new UsageException(
                    "--baseline check " + name + ": " + file + " cannot be read, save it anew: " + e.getMessage());
        }
    }

    private static boolean isUsable(List<Double> figures) {
        return figures.size() >= Schedule.LEAST_ROUNDS
                && figures.size() <= Schedule.MOST_ROUNDS
                && figures.stream().allMatch(figure -> figure > 0 && Double.isFinite(figure));
    }

    /** Refuses to be compared with what is something else. */
    void requireSame(Question question) {
        final Machine here = Machine.thisOne();
        if (!machine.isLike(here)) {
            throw new UsageException("the baseline is of another machine (" + machine + ", here " + here
                    + "): save one on this machine");
        }
        final String variant = question.contenders().get(0).forms();
        if (!variant.equals(forms)) {
            throw new UsageException("the baseline is of --after " + forms + ", not of " + variant
                    + ": give the same, or save another baseline");
        }
        if (!question.periods().equals(periods)) {
            throw new UsageException(
                    "the baseline is of other periods: repeat the --period options with which it was saved");
        }
        if (!TrialJvm.flags().equals(flags)) {
            throw new UsageException("the baseline is of other JVM flags (" + String.join(" ", flags) + "; here "
                    + String.join(" ", TrialJvm.flags()) + "): save one with these");
        }
        if (!question.settings().equals(settings)
                || question.firstRecord() != firstRecord
                || question.lastRecord() < lastRecord) {
            throw new UsageException(
                    "the baseline is of other settings or another range: repeat the options with which it was saved");
        }
    }

    /** How often and how long is tried: as the baseline was. */
    Schedule schedule() {
        return new Schedule(pace, lastRecord, meanNs.size(), 0);
    }

    /**
     * Holds trials against it.
     *
     * @param tolerance the increase that is of no interest: 0.1 is a tenth.
     */
    Check check(List<Trial> trials, double tolerance) {
        final List<Double> means = trials.stream().map(Metric.MEAN::of).toList();
        final List<Double> tails = trials.stream().map(Metric.P99::of).toList();
        final List<Increase> increases = List.of(
                Increase.of(array(meanNs), array(means), tolerance, STRICTEST),
                Increase.of(array(p99Ns), array(tails), tolerance, STRICTEST));
        final double[] adjusted =
                Holm.adjusted(increases.stream().mapToDouble(Increase::pValue).toArray());
        final List<Change> changes = new ArrayList<>();
        changes.add(change("mean", meanNs, means, increases.get(0), adjusted[0]));
        changes.add(change("p99", p99Ns, tails, increases.get(1), adjusted[1]));
        final boolean sameDecisions =
                trials.stream().allMatch(trial -> trial.digest().equals(digest));
        return new Check(sameDecisions && changes.stream().noneMatch(Change::worse), sameDecisions, tolerance, changes);
    }

    private static double[] array(List<Double> figures) {
        return figures.stream().mapToDouble(Double::doubleValue).toArray();
    }

    private static Change change(
            String metric, List<Double> before, List<Double> after, Increase increase, double pValue) {
        return new Change(
                metric,
                Spread.of(array(before)).median(),
                Spread.of(array(after)).median(),
                increase.ratio(),
                pValue,
                increase.smallest(),
                pValue <= ERROR);
    }

    /** A check for a person. */
    static String text(Check check) {
        final StringBuilder text = new StringBuilder();
        for (final Change change : check.changes()) {
            text.append(String.format(
                    Locale.ROOT,
                    "%-5s %10.2f µs then %10.2f µs now, %.3f times; that it is within %.0f%%: p = %.2g%s; four of five such "
                            + "checks find an increase of %.0f%%%n",
                    change.metric(),
                    change.thenNs() / 1e3,
                    change.nowNs() / 1e3,
                    change.ratio(),
                    check.tolerance() * 100,
                    change.pValue(),
                    change.worse() ? ", WORSE" : "",
                    change.smallestIncrease() * 100));
        }
        if (!check.sameDecisions()) {
            text.append("the decisions differ from the baseline's\n");
        }
        return text.append(check.passed() ? "passed\n" : "FAILED\n").toString();
    }
}
