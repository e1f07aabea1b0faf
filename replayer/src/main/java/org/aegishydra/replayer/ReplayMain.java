package org.aegishydra.replayer;

import java.io.IOException;
import java.io.PrintStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.concurrent.Callable;
import org.aegishydra.core.command.Program;
import org.aegishydra.core.command.Progress;
import org.aegishydra.core.command.StopSignal;
import org.aegishydra.core.command.UsageException;
import org.aegishydra.core.journal.Journal;
import org.aegishydra.core.run.RunFolder;
import org.aegishydra.core.run.RunSummary;
import org.aegishydra.trader.ControlSource;
import org.aegishydra.trader.RecordedRun;
import org.aegishydra.trader.SummaryText;
import org.aegishydra.trader.TradingOptions;
import org.aegishydra.trader.TradingRun;
import org.aegishydra.trader.TradingSettings;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Model.OptionSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** {@code aegis replay}: a recorded range through the trading engine. */
@Command(
        name = "aegis replay",
        mixinStandardHelpOptions = true,
        sortOptions = false,
        description = "Plays a recorded range through the trader's engine, at any speed, with the same decisions each "
                + "time. With --run it repeats a live run and fails if its digest differs.",
        footer = {
            "",
            "Examples:",
            "  aegis replay --journal data/btc --day 2026-11-22 --out runs/2 --fee-bps 0",
            "  aegis replay --journal data/btc --run runs/1        repeats a live run and compares the digests"
        })
public final class ReplayMain implements Callable<Integer> {
    @Mixin
    private RangeOptions recording;

    @Option(
            names = "--pace",
            defaultValue = "max",
            paramLabel = "max|Nx",
            description = "As fast as possible, or a multiple of the recorded speed (default: ${DEFAULT-VALUE}).")
    private String pace;

    @Option(names = "--out", paramLabel = "RUN", description = "A new folder for the run (default: it is not kept).")
    private Path runPath;

    @Option(
            names = "--run",
            paramLabel = "RUN",
            description = "A run to repeat, with its own range, settings and controls.")
    private Path repeatedPath;

    @Option(names = "--json", description = "Print the summary as JSON on standard output.")
    private boolean json;

    @Mixin
    private TradingOptions options;

    @Spec
    private CommandSpec spec;

    /** Runs the program. */
    public static void main(String[] args) {
        Program.main(new ReplayMain(), args);
    }

    @Override
    public Integer call() throws IOException {
        final Pace speed = Pace.parse(pace);
        final Journal journal = recording.journal();
        if (repeatedPath == null) {
            final ReplayRange range = recording.range();
            final TradingSettings settings = options.settings();
            // Up to the report: a signal ends the process when the stop signal is closed.
            try (StopSignal stop = StopSignal.install()) {
                report(replay(journal, range, settings, ControlSource.NONE, speed, stop));
            }
            return Program.DONE;
        }
        refuseWhatTheRunSaysItself();
        final RunFolder repeated = RunFolder.open(repeatedPath);
        final RecordedRun run = RecordedRun.read(repeated);
        final ReplayRange range = new ReplayRange(run.firstSequence(), run.lastSequence());
        try (StopSignal stop = StopSignal.install()) {
            final RunSummary summary = replay(journal, range, run.settings(), run.controlSource(), speed, stop);
            report(summary);
            if (stop.isRaised()) {
                System.err.println("stopped before the run's end: there is nothing to compare its digest with");
                return Program.DONE;
            }
            return compare(repeated, summary);
        }
    }

    private void refuseWhatTheRunSaysItself() {
        recording.refuseRange("--run " + repeatedPath + ": a repeated run has its own range");
        for (final OptionSpec setting : spec.mixins().get("options").options()) {
            if (spec.commandLine().getParseResult().hasMatchedOption(setting.longestName())) {
                throw new UsageException("--run " + repeatedPath + ": a repeated run has its own settings; leave out "
                        + setting.longestName());
            }
        }
    }

    private RunSummary replay(
            Journal journal,
            ReplayRange range,
            TradingSettings settings,
            ControlSource controls,
            Pace speed,
            StopSignal stop)
            throws IOException {
        if (runPath != null) {
            return replayInto(RunFolder.create(runPath), journal, range, settings, controls, speed, stop);
        }
        try (TemporaryFolder folder = TemporaryFolder.create("aegis-replay-")) {
            return replayInto(RunFolder.create(folder.path()), journal, range, settings, controls, speed, stop);
        }
    }

    private RunSummary replayInto(
            RunFolder folder,
            Journal journal,
            ReplayRange range,
            TradingSettings settings,
            ControlSource controls,
            Pace speed,
            StopSignal stop) {
        final PrintStream console = json ? System.err : System.out;
        try (ReplaySession session = new ReplaySession(
                        journal.tailer(), range.firstSequence(), range.lastSequence(), speed, stop::isRaised);
                TradingRun run = new TradingRun(folder, settings, session, controls, console);
                Progress progress = new Progress("replay", range.records(), "records")) {
            while (session.state() != ReplaySession.State.ENDED) {
                run.engine().doWork();
                progress.advanceTo(session.nextSequence() - range.firstSequence());
            }
            final String reason = stop.isRaised() ? "signal" : "end of range";
            return run.finish("replay", speed.toString(), journal.directory().toString(), reason);
        }
    }

    private void report(RunSummary summary) {
        if (json) {
            System.out.println(Program.toJson(summary));
        } else {
            System.out.print(SummaryText.of(summary));
        }
        if (runPath != null) {
            System.err.println("the run is in " + runPath);
        }
    }

    private int compare(RunFolder repeated, RunSummary summary) {
        if (!Files.exists(repeated.summary())) {
            System.err.println(repeatedPath + " has no summary (it was killed), so there is no digest to compare with");
            return Program.DONE;
        }
        final RunSummary.Digest expected = RunSummary.read(repeated.summary()).digest();
        final RunSummary.Digest found = summary.digest();
        if (found.value().equals(expected.value())) {
            System.err.println("same digest as " + repeatedPath + ": " + found.value());
            return Program.DONE;
        }
        System.err.println("the digest differs from that of " + repeatedPath + ": " + expected.value() + " there, "
                + found.value() + " here (decisions " + expected.decisions() + " / " + found.decisions() + ", books "
                + expected.books() + " / " + found.books() + ")");
        return Program.FAILED;
    }
}
