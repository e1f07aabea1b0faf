package org.aegishydra.recorder;

import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.function.ToLongFunction;
import java.util.logging.Level;
import java.util.logging.Logger;
import org.aegishydra.core.command.Program;
import org.aegishydra.core.command.Progress;
import org.aegishydra.core.command.StopSignal;
import org.aegishydra.core.command.UsageException;
import org.aegishydra.core.journal.DiskGuard;
import org.aegishydra.core.journal.Journal;
import org.aegishydra.core.journal.JournalFormat;
import org.aegishydra.core.journal.Roll;
import org.aegishydra.recorder.feed.FeedRecorder;
import org.aegishydra.recorder.feed.FeedSession;
import org.aegishydra.recorder.feed.FeedSettings;
import org.aegishydra.recorder.feed.LaneFigures;
import org.aegishydra.recorder.feed.StopReason;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** {@code aegis record}: a live feed into a journal, until stopped. */
@Command(
        name = "aegis record",
        mixinStandardHelpOptions = true,
        description = "Records every message of a Coinbase feed, byte for byte, until it is stopped (Ctrl-C).",
        footer = {
            "",
            "Examples:",
            "  aegis record --product BTC-USD,ETH-USD --journal btc",
            "  aegis record --product BTC-USD --feed exchange --roll hourly --journal hours"
        })
public final class RecordMain implements Callable<Integer> {
    private static final int STATUS_INTERVAL_MS = 1000;
    private static final String CLEAR_LINE = "\r\033[K";

    /** Kept, because a logger that nobody holds forgets its level. */
    private static final Logger WEBSOCKET_LOG = Logger.getLogger("org.glassfish");

    @Mixin
    private final RecordOptions feed = new RecordOptions();

    @Option(
            names = "--journal",
            required = true,
            paramLabel = "DIR",
            description = "The journal to write to; made if it is not there.")
    private Path directory;

    @Option(
            names = "--roll",
            defaultValue = "daily",
            paramLabel = "ROLL",
            description =
                    "A file a day or an hour, in UTC: daily (default) or hourly; five-minutely and minutely to try"
                            + " what happens at a roll. Each file opens with snapshots.")
    private String rollName;

    @Option(
            names = "--disk-reserve",
            paramLabel = "SIZE",
            description =
                    "End, cleanly, when the disk has less left, for example 10GiB or 5%% (default 2GiB, or 5%% of a"
                            + " disk under 40 GiB).")
    private String diskReserve;

    @Option(names = "--json", description = "Print a report as one JSON object at the end.")
    private boolean json;

    private final boolean watched = Progress.isShown();
    private Sayings sayings;

    /** Runs the program and ends the process. */
    public static void main(String[] args) {
        Program.main(new RecordMain(), args);
    }

    @Override
    public Integer call() throws InterruptedException {
        WEBSOCKET_LOG.setLevel(Level.OFF);
        final FeedSettings settings = feed.toSettings();
        sayings = new Sayings(System.err);
        try (StopSignal stop = StopSignal.install()) {
            return record(settings, stop).isFailure() ? Program.FAILED : Program.DONE;
        }
    }

    private StopReason record(FeedSettings settings, StopSignal stop) throws InterruptedException {
        final DiskGuard disk = diskGuard();
        final Journal journal = Journal.create(directory, JournalFormat.MARKET.withRoll(roll()));
        final FeedRecorder recorder =
                new FeedRecorder(settings, feed.toAccess(), journal, disk, Program.version(), this::say);
        stop.onRaise(() -> recorder.stop(StopReason.SIGNAL));
        if (stop.isRaised()) {
            recorder.stop(StopReason.SIGNAL);
        }
        final ScheduledExecutorService status = startStatusLine(recorder);
        final StopReason reason;
        try {
            reason = recorder.run();
        } finally {
            status.shutdownNow();
        }
        say("recorded " + recorder.messages() + " messages, " + recorder.messageBytes() + " bytes to " + directory
                + " (" + reason + ")");
        sayings.end();
        if (json) {
            System.out.println(Program.toJson(report(recorder, reason)));
        }
        if (reason.isFailure()) {
            System.err.println("aegis record: " + reason + ": " + recorder.stopDetail());
        }
        return reason;
    }

    private DiskGuard diskGuard() {
        try {
            return DiskGuard.of(directory, diskReserve);
        } catch (final IllegalArgumentException e) {
            throw new UsageException("--disk-reserve " + e.getMessage());
        }
    }

    private Roll roll() {
        try {
            return Roll.named(rollName);
        } catch (final IllegalArgumentException e) {
            throw new UsageException("--roll " + rollName + ": " + e.getMessage());
        }
    }

    private Map<String, Object> report(FeedRecorder recorder, StopReason reason) {
        final Map<String, Object> report = new LinkedHashMap<>();
        report.put("journal", directory.toString());
        report.put("reason", reason.toString());
        report.put("detail", recorder.stopDetail());
        report.put("messages", recorder.messages());
        report.put("bytes", recorder.messageBytes());
        report.put("gaps", sum(recorder, LaneFigures::gaps));
        report.put("reconnects", sum(recorder, LaneFigures::reconnects));
        report.put("takeovers", sum(recorder, LaneFigures::takeovers));
        report.put("latency", recorder.gauge().toReport());
        report.put("lanes", recorder.lanes());
        return report;
    }

    private static long sum(FeedRecorder recorder, ToLongFunction<LaneFigures> figure) {
        return recorder.lanes().stream().mapToLong(figure).sum();
    }

    private void say(String line) {
        sayings.print((watched ? CLEAR_LINE : "") + line + System.lineSeparator());
    }

    private ScheduledExecutorService startStatusLine(FeedRecorder recorder) {
        final ScheduledExecutorService status = Executors.newSingleThreadScheduledExecutor(task -> {
            final Thread thread = new Thread(task, "status-line");
            thread.setDaemon(true);
            return thread;
        });
        if (watched) {
            final long[] before = {0};
            final Runnable print = () -> {
                final List<LaneFigures> lanes = recorder.lanes();
                final long recording = lanes.stream()
                        .filter(lane -> lane.state() == FeedSession.State.RECORDING)
                        .count();
                final long messages = recorder.messages();
                sayings.print(CLEAR_LINE + recording + "/" + lanes.size() + " connections: " + messages + " messages, "
                        + (messages - before[0]) * 1000 / STATUS_INTERVAL_MS + "/s, " + recorder.messageBytes()
                        + " bytes, " + sum(recorder, LaneFigures::gaps) + " gaps");
                before[0] = messages;
            };
            final var unused =
                    status.scheduleAtFixedRate(print, STATUS_INTERVAL_MS, STATUS_INTERVAL_MS, TimeUnit.MILLISECONDS);
        }
        return status;
    }
}
