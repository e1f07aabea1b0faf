package org.aegishydra.jmh.hop;

import com.github.freva.asciitable.AsciiTable;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.Callable;
import java.util.concurrent.TimeUnit;
import org.HdrHistogram.Histogram;
import org.aegishydra.core.command.JvmFlags;
import org.aegishydra.core.command.Machine;
import org.aegishydra.core.command.Program;
import org.aegishydra.core.command.UsageException;
import org.aegishydra.core.journal.Dialect;
import org.aegishydra.core.latency.Safepoint;
import org.aegishydra.core.latency.StallWindow;
import org.aegishydra.core.latency.StallWitnesses;
import org.aegishydra.core.run.RunFolder;
import org.aegishydra.jmh.journal.Captures;
import org.aegishydra.jmh.journal.RecordedMarket;
import org.aegishydra.trader.TradeMain;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/** {@code aegis bench-hop}: from when a message was due to the decision in another JVM, beside a bare hop of its bytes. */
@Command(
        name = "aegis bench-hop",
        mixinStandardHelpOptions = true,
        sortOptions = false,
        description = {
            "Writes recorded messages to a journal at a constant rate, and measures from when each was due: in a JVM that "
                    + "only reads them (the bare hop), and in `aegis trade` until the decision is written (the whole path), in turns.",
            "The control threads sleep beside both: what they show is the machine's. Times over the limit get their cause."
        },
        footer = {
            "",
            "Example:",
            "  aegis bench-hop --rates 1000,10000 --seconds 60 --rounds 3 --writer-cpu 0 --reader-cpu 1"
        })
public final class HopMain implements Callable<Integer> {
    private static final double[] PERCENTILES = {50, 90, 99, 99.9, 99.99, 100};
    private static final double NS_PER_US = 1e3;
    private static final double NS_PER_MS = 1e6;
    private static final int SHOWN = 40;
    private static final long END_LIMIT_MINUTES = 10;

    @Option(
            names = "--rates",
            split = ",",
            defaultValue = "1000,10000",
            paramLabel = "N",
            description = "Messages a second (default: ${DEFAULT-VALUE}).")
    private List<Integer> rates;

    @Option(
            names = "--seconds",
            defaultValue = "30",
            paramLabel = "N",
            description = "Length of each measurement (default: ${DEFAULT-VALUE}).")
    private int seconds;

    @Option(
            names = "--rounds",
            defaultValue = "3",
            paramLabel = "N",
            description = "How often each is measured; a round has all of them (default: ${DEFAULT-VALUE}).")
    private int rounds;

    @Option(
            names = "--warm-up",
            defaultValue = "200000",
            paramLabel = "N",
            description = "Messages that each reader gets at once before (default: ${DEFAULT-VALUE}).")
    private int warmUp;

    @Option(
            names = "--late-ms",
            defaultValue = "1",
            paramLabel = "MS",
            description = "Decisions later than this get their cause (default: ${DEFAULT-VALUE}).")
    private double lateMs;

    @Option(names = "--writer-cpu", paramLabel = "CPU", description = "The CPU of the writing thread (default: any).")
    private Integer writerCpu;

    @Option(names = "--reader-cpu", paramLabel = "CPU", description = "The CPU of the reading thread (default: any).")
    private Integer readerCpu;

    @Option(
            names = "--journals",
            paramLabel = "DIR",
            description = "Where the journals are made, and deleted (default: the temporary directory).")
    private Path parent;

    @Option(
            names = "--captures",
            paramLabel = "DIR",
            description = "Where the recorded messages are (default: ../shared/data beside the project). "
                    + "Synthetic messages stand in for those that are absent.")
    private Path captures;

    @Option(names = "--json", description = "Prints the figures as one JSON object.")
    private boolean json;

    private final Map<Integer, HopHistograms> measured = new TreeMap<>();
    private final Map<Integer, List<LateSteps.Lateness>> late = new TreeMap<>();

    /** Runs the program. */
    public static void main(String[] args) {
        Program.main(new HopMain(), args);
    }

    @Override
    public Integer call() throws IOException, InterruptedException {
        if (seconds < 1
                || rounds < 1
                || warmUp < 0
                || !(lateMs > 0)
                || rates.stream().anyMatch(rate -> rate < 1)) {
            throw new UsageException(
                    "--rates, --seconds and --rounds must be 1 or more, --warm-up 0 or more, --late-ms over 0");
        }
        final Path journals = parent == null
                ? Files.createTempDirectory("aegis-bench-hop")
                : Files.createTempDirectory(parent, "aegis-bench-hop");
        final RecordedMarket market = new RecordedMarket();
        market.feed = Dialect.ADVANCED_TRADE.optionName();
        market.captures = Captures.directory(captures);
        market.messages =
                warmUp + rates.stream().mapToInt(Integer::intValue).max().orElseThrow() * seconds;
        try {
            market.open();
            for (int round = 1; round <= rounds; round++) {
                for (final int rate : rates) {
                    System.err.printf("round %d of %d: %,d messages/s%n", round, rounds, rate);
                    bareHop(market, rate, Files.createTempDirectory(journals, "hop"));
                    wholePath(market, rate, Files.createTempDirectory(journals, "path"));
                }
            }
        } finally {
            market.close();
            RecordedMarket.deleteAll(journals);
        }
        System.out.println(json ? Program.toJson(report()) : table());
        return Program.DONE;
    }

    private void bareHop(RecordedMarket market, int rate, Path directory) throws IOException, InterruptedException {
        final Path log = directory.resolve("hop.hlog");
        final Path journal = directory.resolve("journal");
        final List<String> arguments = new ArrayList<>(List.of(
                HopReader.class.getName(),
                journal.toString(),
                Integer.toString(warmUp + rate * seconds),
                log.toString()));
        if (readerCpu != null) {
            arguments.add(readerCpu.toString());
        }
        final Process reader = start(directory, arguments);
        try (PacedWriter writer = writer(market, journal, rate)) {
            writer.write();
            end(reader);
            histograms(rate).add("writer, in the journal", writer.lateness());
        } finally {
            reader.destroyForcibly();
        }
        histograms(rate).addLog(log, Map.of(HopReader.HOP, "bare hop", "Noise", "control thread, bare hop"));
        RecordedMarket.deleteAll(directory);
    }

    private void wholePath(RecordedMarket market, int rate, Path directory) throws IOException, InterruptedException {
        final Path journal = directory.resolve("journal");
        final RunFolder run = new RunFolder(directory.resolve("run"));
        final List<String> arguments = new ArrayList<>(List.of(
                TradeMain.class.getName(),
                "--journal=" + journal,
                "--out=" + run.directory(),
                "--until-idle=10s",
                "--idle=spin",
                "--json"));
        if (readerCpu != null) {
            arguments.add("--cpu=" + readerCpu);
        }
        final Process trader = start(directory, arguments);
        try (PacedWriter writer = writer(market, journal, rate)) {
            writer.write();
            end(trader);
            final StallWitnesses witnesses = new StallWitnesses(
                    Safepoint.read(directory.resolve("safepoints.log")), StallWindow.read(run.stalls()));
            late.computeIfAbsent(rate, each -> new ArrayList<>())
                    .addAll(LateSteps.find(run, writer, warmUp, (long) (lateMs * NS_PER_MS), witnesses));
        } finally {
            trader.destroyForcibly();
        }
        histograms(rate)
                .addLog(
                        run.latencyLog(),
                        Map.of(
                                "Receive", "whole path",
                                "Loop", "step (service time)",
                                "Noise", "control thread, whole path"));
        RecordedMarket.deleteAll(directory);
    }

    private PacedWriter writer(RecordedMarket market, Path journal, int rate) {
        return new PacedWriter(market.tailer(), journal, warmUp, rate * seconds, rate, writerCpu);
    }

    private static Process start(Path directory, List<String> arguments) throws IOException {
        final List<String> command = JvmFlags.command(
                JvmFlags.aegisHome(),
                Safepoint.logFlag(directory.resolve("safepoints.log")),
                "-cp",
                System.getProperty("java.class.path"));
        command.addAll(arguments);
        return new ProcessBuilder(command)
                .redirectOutput(directory.resolve("output").toFile())
                .redirectError(ProcessBuilder.Redirect.INHERIT)
                .start();
    }

    private static void end(Process reader) throws InterruptedException {
        if (!reader.waitFor(END_LIMIT_MINUTES, TimeUnit.MINUTES) || reader.exitValue() != 0) {
            throw new IllegalStateException("the reader failed; what it said is above");
        }
    }

    private HopHistograms histograms(int rate) {
        return measured.computeIfAbsent(rate, each -> new HopHistograms());
    }

    private String coreMap() {
        return "writing thread on " + (writerCpu == null ? "any CPU" : "CPU " + writerCpu) + ", reading thread on "
                + (readerCpu == null ? "any CPU" : "CPU " + readerCpu) + ", all other threads on any";
    }

    private Map<String, Object> report() {
        final Map<String, Object> report = new LinkedHashMap<>();
        report.put("machine", Machine.thisOne());
        report.put("cores", coreMap());
        report.put("seconds", seconds * rounds);
        for (final Map.Entry<Integer, HopHistograms> rate : measured.entrySet()) {
            final Map<String, Object> figures = new LinkedHashMap<>();
            rate.getValue().byName().forEach((name, histogram) -> figures.put(name, microseconds(histogram)));
            figures.put("late", late.get(rate.getKey()));
            report.put("at_" + rate.getKey(), figures);
        }
        return report;
    }

    private static Map<String, Object> microseconds(Histogram histogram) {
        final Map<String, Object> figures = new LinkedHashMap<>();
        figures.put("count", histogram.getTotalCount());
        for (final double percentile : PERCENTILES) {
            figures.put(heading(percentile) + "_us", histogram.getValueAtPercentile(percentile) / NS_PER_US);
        }
        return figures;
    }

    private static String heading(double percentile) {
        return percentile == 100 ? "max" : "p" + (percentile % 1 == 0 ? "" + (int) percentile : "" + percentile);
    }

    private String table() {
        final StringBuilder text = new StringBuilder();
        text.append(Machine.thisOne()).append('\n').append(coreMap()).append('\n');
        measured.forEach((rate, histograms) -> {
            text.append(String.format(
                    Locale.ROOT, "%n%,d messages/s, %d s in all, in microseconds:%n", rate, seconds * rounds));
            text.append(AsciiTable.getTable(headings(), rows(histograms))).append('\n');
            text.append(lateText(late.get(rate)));
        });
        return text.toString();
    }

    private static String[] headings() {
        final String[] headings = new String[PERCENTILES.length + 2];
        headings[1] = "count";
        for (int i = 0; i < PERCENTILES.length; i++) {
            headings[i + 2] = heading(PERCENTILES[i]);
        }
        return headings;
    }

    private static String[][] rows(HopHistograms histograms) {
        return histograms.byName().entrySet().stream()
                .map(entry -> {
                    final String[] row = new String[PERCENTILES.length + 2];
                    row[0] = entry.getKey();
                    row[1] = Long.toString(entry.getValue().getTotalCount());
                    for (int i = 0; i < PERCENTILES.length; i++) {
                        row[i + 2] = String.format(
                                Locale.ROOT, "%.1f", entry.getValue().getValueAtPercentile(PERCENTILES[i]) / NS_PER_US);
                    }
                    return row;
                })
                .toArray(String[][]::new);
    }

    private String lateText(List<LateSteps.Lateness> times) {
        final Map<String, Integer> causes = new TreeMap<>();
        times.forEach(time -> causes.merge(time.cause(), 1, Integer::sum));
        final StringBuilder text = new StringBuilder(
                String.format(Locale.ROOT, "decided over %s ms late: %d times %s%n", lateMs, times.size(), causes));
        final int shown = Math.min(times.size(), SHOWN);
        for (final LateSteps.Lateness time : times.subList(0, shown)) {
            text.append(String.format(
                    Locale.ROOT,
                    "  record %d: %.1f ms, longest step %.3f ms, %d steps late: %s%n",
                    time.record(),
                    time.lateNs() / NS_PER_MS,
                    time.longestStepNs() / NS_PER_MS,
                    time.steps(),
                    time.cause()));
        }
        if (shown < times.size()) {
            text.append("  and ").append(times.size() - shown).append(" more; --json has all of them\n");
        }
        return text.toString();
    }
}
