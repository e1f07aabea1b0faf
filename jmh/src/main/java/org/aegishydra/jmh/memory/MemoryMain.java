package org.aegishydra.jmh.memory;

import com.github.freva.asciitable.AsciiTable;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.Callable;
import java.util.concurrent.TimeUnit;
import java.util.function.ToLongFunction;
import org.aegishydra.core.command.JvmFlags;
import org.aegishydra.core.command.Machine;
import org.aegishydra.core.command.Program;
import org.aegishydra.core.command.UsageException;
import org.aegishydra.core.journal.Journal;
import org.aegishydra.core.run.RunFolder;
import org.aegishydra.core.run.RunSummary;
import org.aegishydra.jmh.journal.RecordedMarket;
import org.aegishydra.replayer.ReplayMain;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/** {@code aegis bench-memory}: replays a journal in another JVM, and samples what that one holds. */
@Command(
        name = "aegis bench-memory",
        mixinStandardHelpOptions = true,
        sortOptions = false,
        description =
                "Replays a journal in a JVM of its own, with decisions, steps and the scribe, and samples its memory: the "
                        + "live heap, what the JVM holds beside it, mappings and descriptors. Linux only.",
        footer = {
            "",
            "Example:",
            "  aegis import exchange.gz --journal long --repeat 5000",
            "  aegis bench-memory --journal long --steps 10"
        })
public final class MemoryMain implements Callable<Integer> {
    private static final double NS_PER_SECOND = 1e9;

    @Option(names = "--journal", required = true, paramLabel = "DIR", description = "The recording.")
    private Path journal;

    @Option(
            names = "--steps",
            defaultValue = "all",
            paramLabel = "all|none|N",
            description = "Which steps are recorded, as with replay (default: ${DEFAULT-VALUE}).")
    private String steps;

    @Option(
            names = "--every",
            defaultValue = "5",
            paramLabel = "SECONDS",
            description = "Between two samples (default: ${DEFAULT-VALUE}).")
    private int everySeconds;

    @Option(
            names = "--runs",
            paramLabel = "DIR",
            description = "Where the run is made, and deleted (default: the temporary directory).")
    private Path parent;

    @Option(names = "--json", description = "Prints the samples as one JSON object.")
    private boolean json;

    /** Runs the program. */
    public static void main(String[] args) {
        Program.main(new MemoryMain(), args);
    }

    @Override
    public Integer call() throws IOException, InterruptedException {
        if (!Journal.exists(journal)) {
            throw new UsageException("--journal " + journal + ": holds no journal");
        }
        if (everySeconds < 1) {
            throw new UsageException("--every " + everySeconds + ": must be 1 or more");
        }
        final Path directory = parent == null
                ? Files.createTempDirectory("aegis-bench-memory")
                : Files.createTempDirectory(parent, "aegis-bench-memory");
        try {
            final RunFolder run = new RunFolder(directory.resolve("run"));
            final List<MemorySample> samples = sample(run);
            if (samples.size() < 4) {
                throw new UsageException("--journal " + journal + ": the replay was over after " + samples.size()
                        + " samples, which tell nothing; take a longer journal, or a shorter --every");
            }
            final RunSummary summary = RunSummary.read(run.summary());
            System.out.println(json ? Program.toJson(report(summary, samples)) : table(summary, samples));
        } finally {
            RecordedMarket.deleteAll(directory);
        }
        return Program.DONE;
    }

    private List<MemorySample> sample(RunFolder run) throws IOException, InterruptedException {
        final List<String> command = JvmFlags.command(
                JvmFlags.aegisHome(),
                "-XX:NativeMemoryTracking=summary",
                "-cp",
                System.getProperty("java.class.path"),
                ReplayMain.class.getName(),
                "--journal=" + journal,
                "--out=" + run.directory(),
                "--steps=" + steps,
                "--json");
        final Process replay = new ProcessBuilder(command)
                .redirectOutput(ProcessBuilder.Redirect.DISCARD)
                .redirectError(ProcessBuilder.Redirect.INHERIT)
                .start();
        final List<MemorySample> samples = new ArrayList<>();
        try {
            final long startNs = System.nanoTime();
            while (!replay.waitFor(everySeconds, TimeUnit.SECONDS)) {
                final MemorySample sample = MemorySample.of(replay, (System.nanoTime() - startNs) / NS_PER_SECOND);
                if (sample != null) {
                    samples.add(sample);
                }
            }
        } finally {
            replay.destroyForcibly();
        }
        if (replay.exitValue() != Program.DONE) {
            throw new IllegalStateException("the replay failed; what it said is above");
        }
        return samples;
    }

    private static Map<String, Object> report(RunSummary summary, List<MemorySample> samples) {
        final Map<String, Object> report = new LinkedHashMap<>();
        report.put("machine", Machine.thisOne());
        report.put("records", summary.range().records());
        report.put("steps", summary.steps());
        report.put("decisions", summary.decisions());
        report.put("samples", samples);
        return report;
    }

    private static String table(RunSummary summary, List<MemorySample> samples) {
        final String[][] rows = {
            row("live heap, KiB", samples, MemorySample::liveHeap),
            row("off-heap, KiB", samples, MemorySample::offHeap),
            row("mappings", samples, MemorySample::mappedCount),
            row("mapped, KiB", samples, MemorySample::mapped),
            row("resident, no file's, KiB", samples, MemorySample::anonymous),
            row("descriptors", samples, MemorySample::descriptors)
        };
        return String.format(
                        Locale.ROOT,
                        "%s%n%,d records, %,d steps, %d samples%n",
                        Machine.thisOne(),
                        summary.range().records(),
                        summary.steps(),
                        samples.size())
                + AsciiTable.getTable(
                        new String[] {"", "first sample", "1st half: min", "max", "2nd half: min", "max", "last sample"
                        },
                        rows);
    }

    private static String[] row(String name, List<MemorySample> samples, ToLongFunction<MemorySample> figure) {
        final List<MemorySample> first = samples.subList(0, samples.size() / 2);
        final List<MemorySample> second = samples.subList(samples.size() / 2, samples.size());
        return new String[] {
            name,
            Long.toString(figure.applyAsLong(samples.get(0))),
            Long.toString(first.stream().mapToLong(figure).min().orElseThrow()),
            Long.toString(first.stream().mapToLong(figure).max().orElseThrow()),
            Long.toString(second.stream().mapToLong(figure).min().orElseThrow()),
            Long.toString(second.stream().mapToLong(figure).max().orElseThrow()),
            Long.toString(figure.applyAsLong(samples.get(samples.size() - 1)))
        };
    }
}
