package org.aegishydra.jmh;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.stream.Stream;
import org.aegishydra.core.command.JvmFlags;
import org.aegishydra.core.command.Machine;
import org.aegishydra.core.command.Program;
import org.aegishydra.core.command.UsageException;
import org.aegishydra.core.journal.Dialect;
import org.aegishydra.jmh.BenchSettings.Sampling;
import org.aegishydra.jmh.journal.Captures;
import org.aegishydra.jmh.journal.RecordedMarket;
import org.openjdk.jmh.results.RunResult;
import org.openjdk.jmh.runner.NoBenchmarksException;
import org.openjdk.jmh.runner.Runner;
import org.openjdk.jmh.runner.RunnerException;
import org.openjdk.jmh.runner.format.OutputFormat;
import org.openjdk.jmh.runner.format.OutputFormatFactory;
import org.openjdk.jmh.runner.options.Options;
import org.openjdk.jmh.runner.options.OptionsBuilder;
import org.openjdk.jmh.runner.options.TimeValue;
import org.openjdk.jmh.runner.options.VerboseMode;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/** {@code aegis bench}: runs the benchmarks in JVMs of their own, and prints their figures with the ratios between them. */
@Command(
        name = "aegis bench",
        description =
                "Runs the benchmarks on recorded messages, each in JVMs of its own, and compares them with their peers.",
        footer = {
            "",
            "Ratios compare medians within this run, of messages a second and of messages a second of CPU time;",
            "the latter leave out what else the machine does. JMH's own output goes to standard error.",
            "",
            "Examples:",
            "  aegis bench --quick",
            "  aegis bench --include 'decodeAndBook|byteSummingTail' --json > figures.json"
        },
        mixinStandardHelpOptions = true)
public final class BenchMain implements Callable<Integer> {
    /** The same for every benchmark, so that figures of machines with more memory stay comparable. */
    private static final List<String> FORK_HEAP = List.of("-Xms1g", "-Xmx1g");

    @Option(names = "--quick", description = "One round of short iterations: about a minute in all, and a wide spread.")
    private boolean quick;

    @Option(
            names = "--include",
            paramLabel = "REGEX",
            defaultValue = ".*",
            description = "The benchmarks to run, found in their full names; all by default.")
    private String include;

    @Option(
            names = "--messages",
            paramLabel = "N",
            defaultValue = "200000",
            description = "How many messages each journal holds (default: ${DEFAULT-VALUE}).")
    private int messages;

    @Option(
            names = "--captures",
            paramLabel = "DIR",
            description = "Where the recorded messages are (default: ../shared/data beside the project). "
                    + "Synthetic messages stand in for those that are absent.")
    private Path captures;

    @Option(names = "--json", description = "Prints the figures as one JSON object.")
    private boolean json;

    /** Runs the program. */
    public static void main(String[] args) {
        Program.main(new BenchMain(), args);
    }

    @Override
    public Integer call() throws IOException {
        final BenchSettings settings = new BenchSettings(
                include, messages, Captures.directory(captures), quick ? Sampling.QUICK : Sampling.FULL);
        final Path journals = Files.createTempDirectory("aegis-bench");
        final Thread onStop = new Thread(() -> stop(journals), "bench-stop");
        Runtime.getRuntime().addShutdownHook(onStop);
        final BenchReport report = run(settings, journals);
        Runtime.getRuntime().removeShutdownHook(onStop);
        RecordedMarket.deleteAll(journals);
        System.out.println(json ? Program.toJson(report) : report.table());
        return Program.DONE;
    }

    /** Ends what the run has started: JMH would leave its forks behind. */
    private static void stop(Path journals) {
        final List<ProcessHandle> forks = ProcessHandle.current().children().toList();
        forks.forEach(ProcessHandle::destroyForcibly);
        forks.forEach(fork -> fork.onExit().join());
        try {
            RecordedMarket.deleteAll(journals);
            System.err.println("aegis bench: ended before its report; no figures were kept");
        } catch (final IOException e) {
            System.err.println("aegis bench: cannot delete " + journals + ": " + e);
        }
    }

    /**
     * Runs the benchmarks.
     *
     * @param journals an existing directory for the journals of the run, which the caller deletes.
     */
    static BenchReport run(BenchSettings settings, Path journals) {
        final Sampling sampling = settings.sampling();
        final Options options = new OptionsBuilder()
                .include(settings.include())
                .param("messages", Integer.toString(settings.messages()))
                .forks(sampling.inProcess() ? 0 : 1)
                .warmupIterations(sampling.warmupIterations())
                .warmupTime(TimeValue.milliseconds(sampling.iterationMs()))
                .measurementIterations(sampling.measurementIterations())
                .measurementTime(TimeValue.milliseconds(sampling.iterationMs()))
                .shouldFailOnError(true)
                .jvmArgs(forkFlags(settings, journals).toArray(String[]::new))
                .build();
        final OutputFormat progress = OutputFormatFactory.createFormatInstance(System.err, VerboseMode.NORMAL);
        final List<RunResult> results = new ArrayList<>();
        try {
            for (int round = 0; round < sampling.rounds(); round++) {
                results.addAll(new Runner(options, progress).run());
            }
        } catch (final NoBenchmarksException e) {
            throw new UsageException("--include " + settings.include() + ": is found in no benchmark's name; "
                    + "leave it out to run all of them");
        } catch (final RunnerException e) {
            throw new IllegalStateException("a benchmark failed: " + e.getMessage(), e);
        }
        final String flags = String.join(" ", FORK_HEAP) + " @jvm.flags";
        return BenchReport.of(
                Machine.thisOne(), sampling + "; JVM flags " + flags, dataSets(settings, results), results);
    }

    private static List<String> forkFlags(BenchSettings settings, Path journals) {
        final List<String> command = JvmFlags.command(
                JvmFlags.aegisHome(),
                "-D" + Captures.DIRECTORY_PROPERTY + "=" + settings.captures().toAbsolutePath(),
                "-D" + RecordedMarket.JOURNALS_PROPERTY + "=" + journals);
        command.addAll(FORK_HEAP);
        // JMH starts this JVM's own executable.
        return command.subList(1, command.size());
    }

    private static List<String> dataSets(BenchSettings settings, Collection<RunResult> results) {
        return Stream.of(Dialect.values())
                .filter(dialect -> results.stream()
                        .anyMatch(result ->
                                dialect.optionName().equals(result.getParams().getParam("feed"))))
                .map(dialect -> Captures.load(settings.captures(), dialect).describe(settings.messages()))
                .toList();
    }
}
