package org.aegishydra.trader;

import java.io.IOException;
import java.io.PrintStream;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.locks.LockSupport;
import org.aegishydra.core.command.Durations;
import org.aegishydra.core.command.Program;
import org.aegishydra.core.command.StopSignal;
import org.aegishydra.core.command.UsageException;
import org.aegishydra.core.journal.Journal;
import org.aegishydra.core.journal.JournalException;
import org.aegishydra.core.run.RunFolder;
import org.aegishydra.core.run.RunSummary;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** {@code aegis trade}: tails a journal and trades it on paper. */
@Command(
        name = "aegis trade",
        mixinStandardHelpOptions = true,
        sortOptions = false,
        description = "Tails a journal that a recorder writes, and trades it on paper. Ends on Ctrl-C or, with "
                + "--until-idle, when nothing was recorded for a while.",
        footer = {
            "",
            "Example:",
            "  aegis trade --journal data/btc --out runs/1 --fee-bps 5 --set reach-bps=15",
            "  touch runs/1/KILL      refuses every order from then on",
            "  aegis trade --journal data/btc --out runs/1 --from checkpoint      goes on after a crash"
        })
public final class TradeMain implements Callable<Integer> {
    private static final long WAIT_NS = 20_000_000L;
    private static final Duration LONGEST_INTERVAL = Duration.ofHours(24);

    @Option(names = "--journal", required = true, paramLabel = "DIR", description = "The recording to tail.")
    private Path journalPath;

    @Option(names = "--out", required = true, paramLabel = "RUN", description = "A new folder for the run.")
    private Path runPath;

    @Option(
            names = "--from",
            defaultValue = "start",
            paramLabel = "start|end|checkpoint",
            description = "start: trade the whole recording. end: build the books from what is recorded with trading "
                    + "disabled, then trade what comes. checkpoint: go on with the run in --out where it was killed or "
                    + "stopped, with its own settings; without one there, as start (default: ${DEFAULT-VALUE}).")
    private String from;

    @Option(
            names = "--checkpoint-every",
            defaultValue = "60s",
            paramLabel = "TIME",
            description =
                    "How often the state is kept, so that --from checkpoint need not begin at the run's first record "
                            + "(default: ${DEFAULT-VALUE}).")
    private String checkpointEvery;

    @Option(
            names = "--until-idle",
            paramLabel = "TIME",
            description =
                    "End when nothing was recorded for this long, for example 5s; the wait for a journal does not count.")
    private String untilIdle;

    @Option(
            names = "--backlog-limit",
            defaultValue = "2s",
            paramLabel = "TIME",
            description = "`aegis top` shows an alarm while the run's files are further behind than this "
                    + "(default: ${DEFAULT-VALUE}).")
    private String backlogLimit;

    @Option(names = "--json", description = "Print the summary as JSON on standard output.")
    private boolean json;

    @Mixin
    private TradingOptions options;

    @Mixin
    private LiveOptions liveOptions;

    @Spec
    private CommandSpec spec;

    /** Runs the program. */
    public static void main(String[] args) {
        Program.main(new TradeMain(), args);
    }

    @Override
    public Integer call() {
        final TradingSettings settings = from.equals("end") ? options.settings().tradingFromEnd() : options.settings();
        final Duration idleLimit = untilIdle == null ? null : Durations.parse("--until-idle", untilIdle);
        final Duration checkpointInterval = Durations.parse("--checkpoint-every", checkpointEvery);
        if (checkpointInterval.isZero() || checkpointInterval.compareTo(LONGEST_INTERVAL) > 0) {
            throw new UsageException("--checkpoint-every " + checkpointEvery + ": must be from 1ms to 24h");
        }
        Durations.parse("--backlog-limit", backlogLimit);
        if (!List.of("start", "end", "checkpoint").contains(from)) {
            throw new UsageException("--from " + from + ": must be start, end or checkpoint");
        }
        final LiveSettings live = liveOptions.settings();
        final RecordedRun resumed = from.equals("checkpoint") ? recordedRun(settings) : null;
        final RunFolder folder =
                from.equals("checkpoint") ? RunFolder.createOrResume(runPath) : RunFolder.create(runPath);
        try (StopSignal stop = StopSignal.install()) {
            if (!waitForJournal(stop)) {
                System.err.println("stopped before there was a journal; nothing was traded");
                return Program.DONE;
            }
            final RunSummary summary = trade(
                    settings,
                    folder,
                    resumed,
                    live,
                    new LiveDrive(stop::isRaised, live.idling(), idleLimit, checkpointInterval));
            if (summary == null) {
                System.err.println("stopped before it had come to where the run was: the run is as it was");
                return Program.DONE;
            }
            if (json) {
                System.out.println(Program.toJson(summary));
            } else {
                System.out.print(SummaryText.of(summary));
            }
            System.err.println("the run is in " + runPath);
        }
        return Program.DONE;
    }

    /** The run to go on with, or null if there is none yet, or none that came to its first record. */
    private RecordedRun recordedRun(TradingSettings settings) {
        final RunFolder folder = new RunFolder(runPath);
        if (!folder.hasRun()) {
            return null;
        }
        final RecordedRun run = RecordedRun.readIfBegun(folder);
        if (run == null) {
            return null;
        }
        final boolean anyGiven = spec.mixins().get("options").options().stream()
                .anyMatch(option -> spec.commandLine().getParseResult().hasMatchedOption(option.longestName()));
        if (anyGiven && !settings.equals(run.settings())) {
            throw new UsageException("--from checkpoint: the run in " + runPath
                    + " has other settings, and keeps them; leave the trading options out, or give the same ones ("
                    + run.settings().toJson() + ")");
        }
        return run;
    }

    private boolean waitForJournal(StopSignal stop) {
        boolean said = false;
        while (!Journal.exists(journalPath) && !stop.isRaised()) {
            if (!said) {
                System.err.println("waiting for a recorder to begin " + journalPath);
                said = true;
            }
            LockSupport.parkNanos(WAIT_NS);
        }
        return !stop.isRaised();
    }

    /** Returns null if the run was stopped before it had come to where it was when it was resumed. */
    private RunSummary trade(
            TradingSettings settings, RunFolder folder, RecordedRun resumed, LiveSettings live, LiveDrive drive) {
        final Journal journal = Journal.open(journalPath);
        live.beforeOtherThreads();
        warmUp(resumed == null ? settings : resumed.settings(), journal, live.warmUpRecords());
        try (LiveControls controls = new LiveControls(folder.directory());
                LiveTail tail = new LiveTail(journal.tailer());
                TradingRun run = begin(settings, folder, resumed, tail, controls)) {
            run.showOn(journalPath, Durations.parse("--backlog-limit", backlogLimit));
            System.err.println(
                    "trading " + journalPath + " with " + run.settings().strategy());
            run.populateAhead(System.err::println);
            run.tradingThread(live.summary());
            live.beforeTrading();
            final String reason = drive.untilEnd(run);
            if (!run.isBehind()) {
                return run.finish("live", "live", journalPath.toString(), reason);
            }
            if (reason.equals(LiveDrive.IDLE)) {
                throw new JournalException("journal " + journalPath + " ends at record "
                        + run.engine().lastSequence() + ", and the run in " + runPath
                        + " has handled later ones: name the journal that it traded");
            }
            return null;
        } finally {
            live.afterTrading();
        }
    }

    private static void warmUp(TradingSettings settings, Journal journal, int records) {
        if (records > 0) {
            try {
                final WarmUp.Outcome outcome = WarmUp.run(settings, journal, records);
                System.err.println(
                        "warmed up on " + outcome.records() + " records with " + outcome.decisions() + " decisions");
            } catch (final IOException e) {
                throw new UncheckedIOException("cannot make a folder for --warm-up", e);
            }
        }
    }

    private TradingRun begin(
            TradingSettings settings, RunFolder folder, RecordedRun resumed, LiveTail tail, LiveControls controls) {
        final PrintStream console = json ? System.err : System.out;
        if (resumed != null) {
            return TradingRun.resume(folder, tail, controls, console, System.err::println);
        }
        final TradingRun run = new TradingRun(folder, settings, tail, controls, console);
        final long lastOldSequence = tail.begin();
        if (settings.fromEnd()) {
            controls.enableAfter(lastOldSequence);
        }
        return run;
    }
}
