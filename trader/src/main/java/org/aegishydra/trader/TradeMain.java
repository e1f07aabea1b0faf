package org.aegishydra.trader;

import java.io.PrintStream;
import java.nio.file.Path;
import java.time.Duration;
import java.util.concurrent.Callable;
import java.util.concurrent.locks.LockSupport;
import org.aegishydra.core.command.Durations;
import org.aegishydra.core.command.Program;
import org.aegishydra.core.command.StopSignal;
import org.aegishydra.core.command.UsageException;
import org.aegishydra.core.journal.Journal;
import org.aegishydra.core.run.RunFolder;
import org.aegishydra.core.run.RunSummary;
import org.agrona.concurrent.BackoffIdleStrategy;
import org.agrona.concurrent.IdleStrategy;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

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
            "  touch runs/1/KILL      refuses every order from then on"
        })
public final class TradeMain implements Callable<Integer> {
    private static final long WAIT_NS = 20_000_000L;

    /** Spin, then yield, then park for up to 50 µs: a machine with few cores has other work to do. */
    private static final long MIN_PARK_NS = 1_000L;

    private static final long MAX_PARK_NS = 50_000L;

    @Option(names = "--journal", required = true, paramLabel = "DIR", description = "The recording to tail.")
    private Path journalPath;

    @Option(names = "--out", required = true, paramLabel = "RUN", description = "A new folder for the run.")
    private Path runPath;

    @Option(
            names = "--from",
            defaultValue = "start",
            paramLabel = "start|end",
            description = "start: trade the whole recording. end: build the books from what is recorded with trading "
                    + "disabled, then trade what comes (default: ${DEFAULT-VALUE}).")
    private String from;

    @Option(
            names = "--until-idle",
            paramLabel = "TIME",
            description = "End when nothing was recorded for this long, for example 5s.")
    private String untilIdle;

    @Option(names = "--json", description = "Print the summary as JSON on standard output.")
    private boolean json;

    @Mixin
    private TradingOptions options;

    /** Runs the program. */
    public static void main(String[] args) {
        Program.main(new TradeMain(), args);
    }

    @Override
    public Integer call() {
        final TradingSettings settings = options.settings();
        final Duration idleLimit = untilIdle == null ? null : Durations.parse("--until-idle", untilIdle);
        if (!from.equals("start") && !from.equals("end")) {
            throw new UsageException("--from " + from + ": must be start or end");
        }
        final RunFolder folder = RunFolder.create(runPath);
        try (StopSignal stop = StopSignal.install()) {
            if (!waitForJournal(stop)) {
                System.err.println("stopped before there was a journal; nothing was traded");
                return Program.DONE;
            }
            final RunSummary summary = trade(settings, folder, idleLimit, stop);
            if (json) {
                System.out.println(Program.toJson(summary));
            } else {
                System.out.print(SummaryText.of(summary));
            }
            System.err.println("the run is in " + runPath);
        }
        return Program.DONE;
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

    private RunSummary trade(TradingSettings settings, RunFolder folder, Duration idleLimit, StopSignal stop) {
        final Journal journal = Journal.open(journalPath);
        final PrintStream console = json ? System.err : System.out;
        try (LiveControls controls = new LiveControls(folder.directory());
                LiveTail tail = new LiveTail(journal.tailer());
                TradingRun run = new TradingRun(folder, settings, tail, controls, console)) {
            final long lastOldSequence = tail.begin();
            if (from.equals("end")) {
                controls.enableAfter(lastOldSequence);
            }
            System.err.println("trading " + journalPath + " with " + settings.strategy());
            final String reason = drive(run.engine(), idleLimit, stop);
            return run.finish("live", "live", journalPath.toString(), reason);
        }
    }

    private static String drive(TradingEngine engine, Duration idleLimit, StopSignal stop) {
        final IdleStrategy idle = new BackoffIdleStrategy(100, 10, MIN_PARK_NS, MAX_PARK_NS);
        long lastWorkNs = System.nanoTime();
        while (!stop.isRaised()) {
            final int work = engine.doWork();
            idle.idle(work);
            if (idleLimit != null) {
                final long nowNs = System.nanoTime();
                if (work > 0) {
                    lastWorkNs = nowNs;
                } else if (nowNs - lastWorkNs > idleLimit.toNanos()) {
                    return "idle";
                }
            }
        }
        return "signal";
    }
}
