package org.aegishydra.replayer;

import java.io.PrintWriter;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import org.aegishydra.core.command.Program;
import org.aegishydra.core.command.Progress;
import org.aegishydra.core.command.StopSignal;
import org.aegishydra.core.command.UsageException;
import org.aegishydra.core.journal.Journal;
import org.aegishydra.core.journal.JournalAppender;
import org.aegishydra.core.journal.JournalFormat;
import org.aegishydra.replayer.synthetic.RecordingFaults;
import org.aegishydra.replayer.synthetic.SyntheticProduct;
import org.aegishydra.replayer.synthetic.SyntheticRecording;
import org.aegishydra.replayer.synthetic.SyntheticSettings;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** {@code aegis synth}: a synthetic market as a journal. */
@Command(
        name = "aegis synth",
        mixinStandardHelpOptions = true,
        description = "Writes a seeded synthetic Coinbase market into a journal, as if it had been recorded.",
        footer = {
            "",
            "Example: aegis synth --journal /tmp/market --minutes 30 --seed 42 --product BTC-USD,ETH-USD --gaps 3"
        })
public final class SynthMain implements Callable<Integer> {
    private static final long NS_PER_SECOND = 1_000_000_000L;
    private static final double MAX_MINUTES = 60 * 24 * 31;

    @Spec
    private CommandSpec spec;

    @Option(names = "--journal", required = true, paramLabel = "DIR", description = "A new or empty directory.")
    private Path journalDirectory;

    @Option(names = "--minutes", defaultValue = "5", description = "Event time to make; default ${DEFAULT-VALUE}.")
    private double minutes;

    @Option(
            names = "--seed",
            defaultValue = "42",
            description = "Seed of all random numbers; default ${DEFAULT-VALUE}.")
    private long seed;

    @Option(
            names = "--product",
            split = ",",
            defaultValue = "BTC-USD,ETH-USD",
            paramLabel = "NAME[=PRICE]",
            description = "Products; unknown ones with a start price, as ABC-USD=12.34; default ${DEFAULT-VALUE}.")
    private List<String> products;

    @Option(
            names = "--rate",
            defaultValue = "200",
            paramLabel = "MSG_PER_S",
            description = "Mean messages a second over all products; default ${DEFAULT-VALUE}.")
    private double messagesPerSecond;

    @Option(
            names = "--levels",
            defaultValue = "0",
            description = "Price levels of each side of a book; default: as many as at Coinbase, BTC-USD 18764 bids and"
                    + " 27236 asks, others 6935 and 16399.")
    private int levelsPerSide;

    @Option(
            names = "--drift-bps-per-minute",
            defaultValue = "0",
            paramLabel = "BPS",
            description = "How fast prices drift, below 0 downwards; default ${DEFAULT-VALUE}: they come back.")
    private double driftBpsPerMinute;

    @Option(
            names = "--gaps",
            defaultValue = "0",
            paramLabel = "N",
            description = "Losses of messages, after each of which another connection takes over; default:"
                    + " ${DEFAULT-VALUE}.")
    private int gaps;

    @Option(
            names = "--disconnects",
            defaultValue = "0",
            paramLabel = "N",
            description = "Ends of the connection, after each of which it comes back; default: ${DEFAULT-VALUE}.")
    private int disconnects;

    @Option(
            names = "--bad-messages",
            defaultValue = "0",
            paramLabel = "N",
            description = "Messages of an unknown channel, with a number that does not fit, or cut off, in turn; the"
                    + " exchange ends the connection after one that is cut off; default: ${DEFAULT-VALUE}.")
    private int badMessages;

    @Option(
            names = "--start",
            defaultValue = "2026-01-05T00:00:00Z",
            description = "Event time of the first message (UTC); default ${DEFAULT-VALUE}.")
    private String start;

    @Option(names = "--json", description = "A report as one JSON object on standard output.")
    private boolean json;

    public static void main(String[] args) {
        Program.main(new SynthMain(), args);
    }

    @Override
    public Integer call() {
        final SyntheticSettings settings = settings();
        final RecordingFaults faults = new RecordingFaults(gaps, disconnects, badMessages);
        faults.check(settings);
        if (Journal.exists(journalDirectory)) {
            throw new UsageException(
                    "--journal " + journalDirectory + ": holds a journal already; name a new or an empty directory");
        }
        final long startedNs = System.nanoTime();
        try (StopSignal stop = StopSignal.install()) {
            final SyntheticRecording.Report report;
            final Journal journal = Journal.create(journalDirectory, JournalFormat.MARKET);
            try (JournalAppender appender = journal.appender();
                    Progress progress = new Progress("synth", settings.durationNs() / NS_PER_SECOND, "s")) {
                report = new SyntheticRecording(appender, settings, faults)
                        .write(
                                Program.version(),
                                eventTimeNs -> progress.advanceTo(eventTimeNs / NS_PER_SECOND),
                                stop::isRaised);
            }
            print(report, settings, (System.nanoTime() - startedNs) / 1e9);
        }
        return Program.DONE;
    }

    private SyntheticSettings settings() {
        if (!(minutes > 0 && minutes <= MAX_MINUTES)) {
            throw new UsageException("--minutes " + minutes + ": must be over 0 and at most " + (long) MAX_MINUTES);
        }
        final Instant startTime;
        try {
            startTime = Instant.parse(start);
        } catch (final java.time.format.DateTimeParseException e) {
            throw new UsageException("--start " + start + ": must be a time like 2026-01-05T00:00:00Z");
        }
        return new SyntheticSettings(
                seed,
                products.stream().map(SyntheticProduct::parse).toList(),
                ChronoUnit.NANOS.between(Instant.EPOCH, startTime),
                Duration.ofMillis(Math.round(minutes * 60_000)).toNanos(),
                messagesPerSecond,
                levelsPerSide,
                driftBpsPerMinute);
    }

    private void print(SyntheticRecording.Report report, SyntheticSettings settings, double seconds) {
        final PrintWriter out = spec.commandLine().getOut();
        if (json) {
            final Map<String, Object> fields = new LinkedHashMap<>();
            fields.put("journal", journalDirectory.toString());
            fields.put("seed", settings.seed());
            fields.put(
                    "products",
                    settings.products().stream().map(SyntheticProduct::id).toList());
            fields.put("records", report.records());
            fields.put("message_count", report.messageCount());
            fields.put("messages", report.messages());
            fields.put("message_bytes", report.messageBytes());
            fields.put("largest_message_bytes", report.largestMessageBytes());
            fields.put("gaps", report.faults().gaps());
            fields.put("disconnects", report.faults().disconnects());
            fields.put("bad_messages", report.faults().badMessages());
            fields.put("first_event_time", report.firstEventTime());
            fields.put("last_event_time", report.lastEventTime());
            fields.put("messages_sha256", report.sha256());
            fields.put("complete", report.complete());
            fields.put("seconds", seconds);
            out.println(Program.toJson(fields));
            out.flush();
        } else {
            final PrintWriter err = spec.commandLine().getErr();
            err.printf(
                    "%s %d messages (%.1f MB) from %s to %s in %.1f s, %s%n",
                    report.complete() ? "wrote" : "interrupted, kept",
                    report.messageCount(),
                    report.messageBytes() / 1e6,
                    report.firstEventTime(),
                    report.lastEventTime(),
                    seconds,
                    journalDirectory);
            err.flush();
        }
    }
}
