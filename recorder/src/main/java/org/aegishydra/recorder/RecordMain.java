package org.aegishydra.recorder;

import java.net.URI;
import java.nio.file.Path;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.logging.Level;
import java.util.logging.Logger;
import org.aegishydra.core.command.Durations;
import org.aegishydra.core.command.Program;
import org.aegishydra.core.command.Progress;
import org.aegishydra.core.command.StopSignal;
import org.aegishydra.core.journal.Journal;
import org.aegishydra.core.journal.JournalFormat;
import org.aegishydra.recorder.feed.BackOff;
import org.aegishydra.recorder.feed.Feed;
import org.aegishydra.recorder.feed.FeedSession;
import org.aegishydra.recorder.feed.FeedSettings;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/** {@code aegis record}: a live feed into a journal, until stopped. */
@Command(
        name = "aegis record",
        mixinStandardHelpOptions = true,
        description = "Records every message of a Coinbase feed, byte for byte, until it is stopped (Ctrl-C).",
        footer = {"", "Example:", "  aegis record --product BTC-USD,ETH-USD --journal btc"})
public final class RecordMain implements Callable<Integer> {
    private static final int STATUS_INTERVAL_MS = 1000;
    private static final String CLEAR_LINE = "\r\033[K";

    /** Kept, because a logger that nobody holds forgets its level. */
    private static final Logger WEBSOCKET_LOG = Logger.getLogger("org.glassfish");

    @Option(
            names = "--product",
            required = true,
            split = ",",
            paramLabel = "PRODUCT",
            description = "What to record, for example BTC-USD.")
    private List<String> products;

    @Option(
            names = "--journal",
            required = true,
            paramLabel = "DIR",
            description = "The journal to write to; made if it is not there.")
    private Path directory;

    @Option(
            names = "--feed",
            defaultValue = "advanced-trade",
            paramLabel = "FEED",
            description = "advanced-trade (default) or exchange.")
    private String feedName;

    @Option(names = "--url", paramLabel = "URL", description = "Where to connect to; by default Coinbase's address.")
    private URI url;

    @Option(
            names = "--channel",
            split = ",",
            paramLabel = "CHANNEL",
            description = "What to subscribe to; by default all that the feed gives without a key.")
    private List<String> channels;

    @Option(
            names = "--until-idle",
            paramLabel = "TIME",
            description = "End when no message came for that long, for example 5s.")
    private String untilIdle;

    @Option(names = "--duration", paramLabel = "TIME", description = "End after that long, for example 60s.")
    private String duration;

    @Option(names = "--json", description = "Print a report as one JSON object at the end.")
    private boolean json;

    private final boolean watched = Progress.isShown();

    /** Runs the program and ends the process. */
    public static void main(String[] args) {
        Program.main(new RecordMain(), args);
    }

    @Override
    public Integer call() throws InterruptedException {
        WEBSOCKET_LOG.setLevel(Level.SEVERE);
        final Feed feed = Feed.named(feedName);
        final FeedSettings settings = new FeedSettings(
                feed,
                url == null ? feed.url() : url,
                products,
                channels == null ? feed.channels() : channels,
                duration("--until-idle", untilIdle),
                duration("--duration", duration),
                BackOff.Limits.DEFAULT);
        try (StopSignal stop = StopSignal.install()) {
            record(settings, stop);
        }
        return Program.DONE;
    }

    private static Duration duration(String option, String text) {
        return text == null ? null : Durations.parse(option, text);
    }

    private void record(FeedSettings settings, StopSignal stop) throws InterruptedException {
        final FeedSession recording = new FeedSession(
                settings, Journal.create(directory, JournalFormat.MARKET), Program.version(), this::say);
        stop.onRaise(() -> recording.stop("signal"));
        if (stop.isRaised()) {
            recording.stop("signal");
        }
        final ScheduledExecutorService status = startStatusLine(recording);
        final String reason;
        try {
            reason = recording.run();
        } finally {
            status.shutdownNow();
        }
        say("recorded " + recording.messages() + " messages, " + recording.messageBytes() + " bytes to " + directory
                + " (" + reason + ")");
        if (json) {
            System.out.println(Program.toJson(report(recording, reason)));
        }
    }

    private Map<String, Object> report(FeedSession recording, String reason) {
        final Map<String, Object> report = new LinkedHashMap<>();
        report.put("journal", directory.toString());
        report.put("reason", reason);
        report.put("messages", recording.messages());
        report.put("bytes", recording.messageBytes());
        report.put("connections", recording.connections());
        return report;
    }

    private void say(String line) {
        System.err.println((watched ? CLEAR_LINE : "") + line);
    }

    private ScheduledExecutorService startStatusLine(FeedSession recording) {
        final ScheduledExecutorService status = Executors.newSingleThreadScheduledExecutor(task -> {
            final Thread thread = new Thread(task, "status-line");
            thread.setDaemon(true);
            return thread;
        });
        if (watched) {
            final long[] before = {0};
            final Runnable print = () -> {
                final long messages = recording.messages();
                System.err.print(CLEAR_LINE + recording.state() + ": " + messages + " messages, "
                        + (messages - before[0]) * 1000 / STATUS_INTERVAL_MS + "/s, " + recording.messageBytes()
                        + " bytes");
                System.err.flush();
                before[0] = messages;
            };
            final var unused =
                    status.scheduleAtFixedRate(print, STATUS_INTERVAL_MS, STATUS_INTERVAL_MS, TimeUnit.MILLISECONDS);
        }
        return status;
    }
}
