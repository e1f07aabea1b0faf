package org.aegishydra.replayer.verify;

import com.fasterxml.jackson.annotation.JsonUnwrapped;
import com.fasterxml.jackson.databind.PropertyNamingStrategies;
import com.fasterxml.jackson.databind.annotation.JsonNaming;
import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.HdrHistogram.Histogram;
import org.HdrHistogram.HistogramLogWriter;
import org.aegishydra.core.command.Machine;
import org.aegishydra.core.command.Program;
import org.aegishydra.replayer.fixes.FixPeriods;
import org.aegishydra.replayer.trial.Trial;
import org.aegishydra.trader.TradingSettings;

/**
 * All that a verification came to, as {@code verification.json} keeps it and {@code aegis report} draws it. Keys stay; times in
 * ns unless a key names another unit.
 *
 * @param format {@value #FORMAT}; another one if the meaning of a key changes.
 * @param command as it was given.
 * @param started ISO 8601.
 * @param seconds how long it took, what it was stopped and continued left out.
 * @param periods of the periodic work of legacy and seed.
 * @param measures what the latencies are.
 * @param flags of the JVM of each trial.
 * @param busyShare of the busiest contender, where records were due at times; null at full speed.
 * @param trialSeconds the median length of a trial, start of the JVM and warm-up included.
 * @param alpha the chance, by design, of a wrong claim.
 * @param reference the contender with which the others are compared.
 * @param warnings what takes from the worth of the figures, a sentence each.
 */
@JsonNaming(PropertyNamingStrategies.SnakeCaseStrategy.class)
record VerificationReport(
        int format,
        String command,
        String version,
        String started,
        double seconds,
        Machine machine,
        String journal,
        Range range,
        String strategy,
        TradingSettings settings,
        FixPeriods periods,
        List<String> flags,
        String pace,
        String measures,
        Double busyShare,
        double trialSeconds,
        double spikeThresholdMs,
        double alpha,
        String reference,
        Noise noise,
        List<String> warnings,
        @JsonUnwrapped Verdict verdict) {
    static final int FORMAT = 2;

    /** What no shell expands or splits. */
    private static final Pattern PLAIN = Pattern.compile("[A-Za-z0-9_@%+=:,./-]+");

    /** The range that each trial plays. */
    @JsonNaming(PropertyNamingStrategies.SnakeCaseStrategy.class)
    record Range(long firstRecord, long lastRecord, long records, double seconds) {}

    /** The sleeping thread of all trials together: pairs of a percentile and ns. */
    @JsonNaming(PropertyNamingStrategies.SnakeCaseStrategy.class)
    record Noise(List<double[]> percentiles) {}

    /** What a verification came to. */
    static VerificationReport of(
            Question question,
            Schedule schedule,
            List<List<Trial>> trials,
            Verdict verdict,
            RangeTimes times,
            Instant started,
            double seconds) {
        final Double busyShare = trials.get(0).get(0).response() == null
                ? null
                : verdict.contenders().stream()
                        .mapToDouble(ContenderResult::busyShare)
                        .max()
                        .orElseThrow();
        final List<Trial> all = trials.stream().flatMap(List::stream).toList();
        final long records = schedule.lastRecord() - question.firstRecord() + 1;
        return new VerificationReport(
                FORMAT,
                ProcessHandle.current()
                        .info()
                        .arguments()
                        .map(arguments -> asTyped(List.of(arguments)))
                        .orElse(""),
                Program.version(),
                started.truncatedTo(ChronoUnit.SECONDS).toString(),
                seconds,
                Machine.thisOne(),
                question.journal(),
                new Range(
                        question.firstRecord(),
                        schedule.lastRecord(),
                        records,
                        times.seconds() * records / question.records()),
                question.settings().strategy(),
                question.settings(),
                question.periods(),
                all.get(0).flags(),
                schedule.pace(),
                busyShare == null ? "service times" : "from when a message was due to the end of its step",
                busyShare,
                Spread.of(all.stream().mapToDouble(Trial::wallSeconds).toArray())
                        .median(),
                question.settings().spikeThresholdMs(),
                Comparison.ERROR,
                question.contenders().get(0).name(),
                new Noise(ContenderResult.percentiles(ContenderResult.together(
                        all, trial -> trial.histograms().get("noise")))),
                warnings(verdict, busyShare),
                verdict);
    }

    private static List<String> warnings(Verdict verdict, Double busyShare) {
        final List<String> warnings = new ArrayList<>();
        if (verdict.contenders().get(0).decisions() == 0) {
            warnings.add(VerifyMain.NOTHING_DECIDED);
        }
        if (busyShare != null && busyShare > Schedule.MOST_BUSY_SHARE) {
            warnings.add(String.format(
                    Locale.ROOT,
                    "a variant was busy for %.0f%% of the time: this measures queueing, too; take a slower --pace",
                    busyShare * 100));
        }
        if (verdict.contenders().size() > 1 && verdict.rounds() < Schedule.LEAST_ROUNDS) {
            warnings.add("fewer than " + Schedule.LEAST_ROUNDS + " rounds make no claims: these are figures only");
        }
        return warnings;
    }

    /** The launcher's command for this JVM's arguments, as a shell takes it. */
    static String asTyped(List<String> arguments) {
        final int main = arguments.indexOf(VerifyMain.class.getName());
        return Stream.concat(
                        main < 0 ? Stream.of("java") : Stream.of("aegis", "verify"),
                        arguments.stream().skip(main + 1L).map(VerificationReport::quoted))
                .collect(Collectors.joining(" "));
    }

    private static String quoted(String argument) {
        return PLAIN.matcher(argument).matches() ? argument : "'" + argument.replace("'", "'\\''") + "'";
    }

    /** Keeps it, and the histograms of each contender's trials together in HdrHistogram's log format. */
    void write(VerificationFolder folder, List<List<Trial>> trials) {
        folder.write("verification.json", Program.toJson(this));
        final long startMs = Instant.parse(started).toEpochMilli();
        for (final List<Trial> ofOne : trials) {
            final ByteArrayOutputStream bytes = new ByteArrayOutputStream();
            final HistogramLogWriter log = new HistogramLogWriter(new PrintStream(bytes, true, StandardCharsets.UTF_8));
            log.outputComment("[Aegis latencies in nanoseconds, a tag a kind]");
            log.outputLogFormatVersion();
            log.outputStartTime(startMs);
            log.outputLegend();
            for (final String kind : ofOne.get(0).histograms().keySet()) {
                final Histogram histogram = ContenderResult.together(
                        ofOne, trial -> trial.histograms().get(kind));
                histogram.setTag(kind);
                histogram.setStartTimeStamp(startMs);
                histogram.setEndTimeStamp(startMs + (long) (seconds * 1e3));
                log.outputIntervalHistogram(histogram);
            }
            folder.write(
                    ofOne.get(0).variant() + ".hlog",
                    bytes.toString(StandardCharsets.UTF_8).stripTrailing());
        }
    }
}
