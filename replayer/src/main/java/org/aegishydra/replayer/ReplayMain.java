package org.aegishydra.replayer;

import java.io.IOException;
import java.io.PrintStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Locale;
import java.util.concurrent.Callable;
import org.aegishydra.core.command.Program;
import org.aegishydra.core.command.StopSignal;
import org.aegishydra.core.command.UsageException;
import org.aegishydra.core.journal.DiskGuard;
import org.aegishydra.core.journal.Recording;
import org.aegishydra.core.latency.LatencyFigures;
import org.aegishydra.core.run.RunFolder;
import org.aegishydra.core.run.RunSummary;
import org.aegishydra.replayer.diff.RunComparison;
import org.aegishydra.trader.ControlSource;
import org.aegishydra.trader.RecordedRun;
import org.aegishydra.trader.SummaryText;
import org.aegishydra.trader.TemporaryFolder;
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
                + "time. With --run it repeats a live run and fails if its digest differs. With --into it hands the "
                + "records over to a new journal, for a trader that tails it as it would a recorder's.",
        footer = {
            "",
            "Examples:",
            "  aegis replay --journal data/btc --day 2026-11-22 --out runs/2 --fee-bps 0",
            "  aegis replay --journal data/btc --day 2026-11-22 --from 14:30 --to 15:00 --whole-books --pace 10x",
            "  aegis replay --journal data/btc --run runs/1        repeats a live run and compares the digests",
            "  aegis replay --journal data/btc --into data/again --pace 1x",
            "  aegis trade --journal data/again --out runs/3       in another terminal"
        })
public final class ReplayMain implements Callable<Integer> {
    private static final int RELAYED_RECORDS_AT_ONCE = 64;
    private static final double NS_PER_US = 1e3;

    @Mixin
    private RangeOptions recording;

    @Option(
            names = "--pace",
            defaultValue = "max",
            paramLabel = "max|Nx",
            description = "As fast as possible, or a multiple of the recorded speed (default: ${DEFAULT-VALUE}).")
    private String pace;

    @Option(
            names = "--wait",
            defaultValue = "spin",
            paramLabel = "spin|sleep",
            description = "How to wait for a record to be due: sleep and spin the last 80 µs away, or sleep only "
                    + "(default: ${DEFAULT-VALUE}).")
    private String wait;

    @Option(
            names = "--whole-books",
            description =
                    "Begin at the start of the range's first day, at full speed and with trading disabled, so that "
                            + "the books are whole when the range begins. Without it they wait for the next snapshot.")
    private boolean wholeBooks;

    @Option(names = "--out", paramLabel = "RUN", description = "A new folder for the run (default: it is not kept).")
    private Path runPath;

    @Option(
            names = "--run",
            paramLabel = "RUN",
            description = "A run to repeat, with its own range, settings and controls.")
    private Path repeatedPath;

    @Option(
            names = "--into",
            paramLabel = "DIR",
            description = "A new journal to hand the records over to, instead of trading them here.")
    private Path intoPath;

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
        final Waiting waiting = Waiting.parse(wait);
        final Recording source = recording.recording();
        if (intoPath != null) {
            refuseWhatIsForTrading();
            return relay(Replay.of(source, recording.range(), speed, waiting));
        }
        if (repeatedPath != null) {
            recording.refuseRange("--run " + repeatedPath + ": a repeated run has its own range");
            refuseSettings("--run " + repeatedPath + ": a repeated run has its own settings");
            refuseWholeBooks("--run " + repeatedPath + ": a repeated run has its own range");
            return repeat(source, speed, waiting);
        }
        final ReplayRange wanted = recording.range();
        final ReplayRange played = wholeBooks ? wanted.fromTheStartOfItsDay(source) : wanted;
        final Replay replay = new Replay(source, played, wanted.firstSequence(), speed, waiting);
        final TradingSettings settings = options.settings();
        // Up to the report: a signal ends the process when the stop signal is closed.
        try (StopSignal stop = StopSignal.install();
                TemporaryFolder unkept = unkeptFolder()) {
            report(trade(folder(unkept), replay, settings, new TradingFrom(wanted.firstSequence()), stop));
        }
        return Program.DONE;
    }

    /** Where a run goes that nobody asked to keep, or null. */
    private TemporaryFolder unkeptFolder() throws IOException {
        return runPath == null ? TemporaryFolder.create("aegis-replay-") : null;
    }

    private RunFolder folder(TemporaryFolder unkept) {
        return RunFolder.create(unkept == null ? runPath : unkept.path());
    }

    /** A range of a recording, from which record on it is paced, and how. */
    private record Replay(Recording recording, ReplayRange range, long pacedFrom, Pace pace, Waiting waiting) {
        static Replay of(Recording recording, ReplayRange range, Pace pace, Waiting waiting) {
            return new Replay(recording, range, range.firstSequence(), pace, waiting);
        }

        ReplaySession session(StopSignal stop) {
            return new ReplaySession(recording.reader(), range, pacedFrom, pace, waiting, stop::isRaised);
        }

        ReplayProgress progress() {
            return new ReplayProgress(recording, range, pace);
        }
    }

    private void refuseWhatIsForTrading() {
        final String because = "--into " + intoPath + ": nothing is traded here";
        if (runPath != null) {
            throw new UsageException(because + "; leave out --out " + runPath);
        }
        if (repeatedPath != null) {
            throw new UsageException(because + "; leave out --run " + repeatedPath);
        }
        refuseSettings(because);
        refuseWholeBooks(because);
    }

    private void refuseWholeBooks(String because) {
        if (wholeBooks) {
            throw new UsageException(because + "; leave out --whole-books");
        }
    }

    private void refuseSettings(String because) {
        for (final OptionSpec setting : spec.mixins().get("options").options()) {
            if (spec.commandLine().getParseResult().hasMatchedOption(setting.longestName())) {
                throw new UsageException(because + "; leave out " + setting.longestName());
            }
        }
    }

    private int relay(Replay replay) {
        try (StopSignal stop = StopSignal.install()) {
            final RelaySummary summary = relay(replay, stop);
            if (json) {
                System.out.println(Program.toJson(summary));
            } else {
                System.out.print(summary.toText());
            }
        }
        return Program.DONE;
    }

    private RelaySummary relay(Replay replay, StopSignal stop) {
        try (JournalRelay relay =
                        JournalRelay.into(intoPath, replay.recording().format(), DiskGuard.of(intoPath, null));
                ReplaySession session = replay.session(stop);
                ReplayProgress progress = replay.progress()) {
            while (session.state() != ReplaySession.State.ENDED) {
                session.poll(relay, RELAYED_RECORDS_AT_ONCE);
                progress.advanceTo(session);
            }
            return relay.summary(replay.recording().directory(), replay.pace(), replay.range(), session);
        }
    }

    private int repeat(Recording source, Pace speed, Waiting waiting) throws IOException {
        final RunFolder repeated = RunFolder.open(repeatedPath);
        final RecordedRun run = RecordedRun.read(repeated);
        final ReplayRange range = new ReplayRange(run.firstSequence(), run.lastSequence());
        try (StopSignal stop = StopSignal.install();
                TemporaryFolder unkept = unkeptFolder()) {
            final RunFolder folder = folder(unkept);
            final RunSummary summary =
                    trade(folder, Replay.of(source, range, speed, waiting), run.settings(), run.controlSource(), stop);
            report(summary);
            if (stop.isRaised()) {
                System.err.println("stopped before the run's end: there is nothing to compare with");
                return Program.DONE;
            }
            return compare(repeated, folder, summary);
        }
    }

    private RunSummary trade(
            RunFolder folder, Replay replay, TradingSettings settings, ControlSource controls, StopSignal stop) {
        final PrintStream console = json ? System.err : System.out;
        try (ReplaySession session = replay.session(stop);
                TradingRun run = new TradingRun(folder, settings, session, controls, console);
                ReplayProgress progress = replay.progress()) {
            run.populateAhead(System.err::println);
            while (session.state() != ReplaySession.State.ENDED) {
                run.engine().doWork();
                progress.advanceTo(session);
            }
            run.lateness(session.lateness());
            final String reason = stop.isRaised() ? "signal" : "end of range";
            final RunSummary summary = run.finish(
                    "replay",
                    replay.pace().toString(),
                    replay.recording().directory().toString(),
                    reason);
            tellOwnLateness(session);
            return summary;
        }
    }

    /** The rest of the lateness is the engine's: it still handled a record when the next one came due. */
    private static void tellOwnLateness(ReplaySession session) {
        if (session.lateness() != null) {
            final LatencyFigures own = LatencyFigures.of(session.ownLateness());
            System.err.printf(
                    Locale.ROOT,
                    "of %d records %d were waited for, and late by p50 %.1f µs, p99 %.1f µs, max %.1f µs; the others came "
                            + "due while one before them was handled%n",
                    session.lateness().getTotalCount(),
                    own.count(),
                    own.p50Ns() / NS_PER_US,
                    own.p99Ns() / NS_PER_US,
                    own.maxNs() / NS_PER_US);
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

    private int compare(RunFolder repeated, RunFolder folder, RunSummary summary) {
        if (Files.exists(repeated.summary())) {
            return compareDigests(RunSummary.read(repeated.summary()).digest(), summary.digest());
        }
        // It was killed; what it had decided by then is on the disk.
        final RunComparison comparison = RunComparison.of(repeated, folder);
        if (comparison.isSame()) {
            System.err.println("same " + comparison.sameDecisions() + " decisions and controls as " + repeatedPath
                    + " took before it was killed, and the same books at " + comparison.sameMarks() + " marks");
            return Program.DONE;
        }
        System.err.println("the decisions or books differ from those of " + repeatedPath + whereToLook());
        return Program.FAILED;
    }

    private int compareDigests(RunSummary.Digest expected, RunSummary.Digest found) {
        if (found.value().equals(expected.value())) {
            System.err.println("same digest as " + repeatedPath + ": " + found.value());
            return Program.DONE;
        }
        System.err.println("the digest differs from that of " + repeatedPath + ": " + expected.value() + " there, "
                + found.value() + " here (decisions " + expected.decisions() + " / " + found.decisions() + ", books "
                + expected.books() + " / " + found.books() + ")" + whereToLook());
        return Program.FAILED;
    }

    private String whereToLook() {
        return runPath == null
                ? "; with --out RUN, `aegis diff` shows where"
                : "; `aegis diff " + repeatedPath + " " + runPath + "` shows where";
    }
}
