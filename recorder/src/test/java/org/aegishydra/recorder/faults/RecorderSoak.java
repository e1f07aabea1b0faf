package org.aegishydra.recorder.faults;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import org.aegishydra.core.journal.Dialect;
import org.aegishydra.core.journal.RecordKind;

/**
 * A recorder under load for a long time, with faults every few seconds: what was sent and what is in the journal agree
 * message by message, each cycle file stands alone, and the recorder does not grow.
 *
 * <pre>
 *   java @jvm.flags -Daegis.home=. -cp CLASSPATH org.aegishydra.recorder.faults.RecorderSoak DIRECTORY 60m [SEED]
 * </pre>
 */
public final class RecorderSoak {
    private static final List<String> PRODUCTS =
            List.of("BTC-USD", "ETH-USD", "SOL-USD", "XRP-USD", "DOGE-USD", "ADA-USD", "LTC-USD", "LINK-USD");
    private static final int PRODUCTS_PER_CONNECTION = 2;
    private static final int MESSAGES_PER_SECOND = 2000;
    private static final int DEEP_LEVELS = 23_000;
    private static final long SAMPLE_INTERVAL_MS = 15_000;
    private static final long BOOK_INTERVAL_MS = 120_000;
    private static final long STEP_MS = 20;

    private final Path directory;
    private final Duration duration;
    private final Duration faultInterval;
    private final long seed;
    private final Consumer<String> progress;

    /**
     * A soak that is yet to run.
     *
     * @param directory takes the journal and what was sent: about 10 GB an hour.
     * @param faultInterval the mean time between two faults.
     */
    public RecorderSoak(
            Path directory, Duration duration, Duration faultInterval, long seed, Consumer<String> progress) {
        this.directory = directory;
        this.duration = duration;
        this.faultInterval = faultInterval;
        this.seed = seed;
        this.progress = progress;
    }

    /** The long form. */
    public static void main(String[] args) throws Exception {
        final Path directory = Files.createDirectories(Path.of(args[0]));
        final long minutes = Long.parseLong(args[1].replace("m", ""));
        final long seed = args.length > 2 ? Long.parseLong(args[2]) : System.nanoTime();
        final Map<String, Object> report = new RecorderSoak(
                        directory, Duration.ofMinutes(minutes), Duration.ofSeconds(5), seed, System.err::println)
                .run();
        report.forEach((name, value) -> System.out.println(name + ": " + value));
    }

    /**
     * Runs it.
     *
     * @return figures for people.
     */
    public Map<String, Object> run() throws IOException, InterruptedException {
        final boolean many = knows("--products-per-connection");
        final boolean stalls = knows("--stall-after");
        final Set<LoadFault> faults = EnumSet.allOf(LoadFault.class);
        if (!stalls) {
            faults.remove(LoadFault.SILENCE);
        }
        final LoadSettings settings = LoadSettings.of(Dialect.ADVANCED_TRADE, PRODUCTS, MESSAGES_PER_SECOND)
                .withDeepLevels(DEEP_LEVELS)
                .withSeed(seed)
                .withFaults(faults, faultInterval);
        final Path journal = directory.resolve("journal");
        final Map<String, Object> report;
        try (LoadFeed feed = new LoadFeed(settings, directory.resolve("sent"));
                TailingReader reader = new TailingReader(journal, feed);
                RecorderProcess recorder =
                        RecorderProcess.start(directory, List.of(), arguments(journal, feed, many, stalls))) {
            report = soak(feed, reader, recorder);
        }
        report.put("books compared at the ends of cycles", CycleReplay.compareAll(journal, directory.resolve("alone")));
        report.put("cycle files", MarketJournals.cycleFiles(journal).size());
        return report;
    }

    private boolean knows(String option) throws IOException, InterruptedException {
        return RecorderProcess.knows(directory, option);
    }

    private List<String> arguments(Path journal, LoadFeed feed, boolean many, boolean stalls)
            throws IOException, InterruptedException {
        final List<String> arguments = new ArrayList<>(List.of(
                "--product",
                String.join(",", PRODUCTS),
                "--journal",
                journal.toString(),
                "--url",
                feed.url().toString()));
        if (many) {
            arguments.addAll(List.of("--products-per-connection", Integer.toString(PRODUCTS_PER_CONNECTION)));
        }
        if (stalls) {
            arguments.addAll(List.of("--stall-after", "5s"));
        }
        if (knows("--roll")) {
            arguments.addAll(List.of("--roll", duration.toMinutes() >= 15 ? "five-minutely" : "minutely"));
        }
        return arguments;
    }

    private Map<String, Object> soak(LoadFeed feed, TailingReader reader, RecorderProcess recorder)
            throws IOException, InterruptedException {
        awaitRecording(reader, recorder);
        final long startNs = System.nanoTime();
        final RecorderVitals vitals = new RecorderVitals(recorder.pid());
        long sampleAtMs = 0;
        long booksAtMs = BOOK_INTERVAL_MS;
        long nowMs = 0;
        while (nowMs < duration.toMillis()) {
            Thread.sleep(STEP_MS);
            reader.check();
            if (!recorder.isAlive()) {
                throw new AssertionError("the recorder ended, and said: " + recorder.errors());
            }
            nowMs = TimeUnit.NANOSECONDS.toMillis(System.nanoTime() - startNs);
            if (nowMs >= sampleAtMs) {
                sampleAtMs += SAMPLE_INTERVAL_MS;
                progress.accept(nowMs / 1000 + " s: " + feed.messages() + " messages sent, " + reader.messages()
                        + " recorded, " + feed.faults().size() + " faults, "
                        + feed.connections().size() + " connections, " + vitals.sample());
            }
            if (nowMs >= booksAtMs) {
                booksAtMs += BOOK_INTERVAL_MS;
                reader.assertBooksOnceCaughtUp();
            }
        }
        reader.assertBooksOnceCaughtUp();
        recorder.terminate();
        if (recorder.exitCode() != 0) {
            throw new AssertionError("the recorder ended with " + recorder.exitCode() + ": " + recorder.errors());
        }
        vitals.assertFlat();
        return report(feed, reader, vitals, startNs);
    }

    private static Map<String, Object> report(LoadFeed feed, TailingReader reader, RecorderVitals vitals, long startNs)
            throws InterruptedException {
        if (!feed.violations().isEmpty()) {
            throw new AssertionError("Coinbase's rules were broken: " + feed.violations());
        }
        reader.ask(agreement -> {
            agreement.assertComplete();
            return true;
        });
        final Map<String, Object> report = new LinkedHashMap<>();
        report.put("seconds", TimeUnit.NANOSECONDS.toSeconds(System.nanoTime() - startNs));
        report.put("messages sent", feed.messages());
        report.put("messages recorded", reader.messages());
        report.put("faults", feed.faults().size());
        report.put("connections", feed.connections().size());
        for (final RecordKind kind : RecordKind.values()) {
            final long count = reader.count(agreement -> agreement.count(kind));
            if (count > 0) {
                report.put(kind.name(), count);
            }
        }
        report.put("missed heartbeats", reader.count(JournalAgreement::missedHeartbeats));
        report.put("first sample", vitals.samples().get(0));
        report.put("last sample", vitals.samples().get(vitals.samples().size() - 1));
        return report;
    }

    private static void awaitRecording(TailingReader reader, RecorderProcess recorder) throws InterruptedException {
        final long deadlineNs = System.nanoTime() + TimeUnit.MINUTES.toNanos(1);
        while (reader.messages() < 100) {
            reader.check();
            if (!recorder.isAlive() || System.nanoTime() > deadlineNs) {
                throw new AssertionError("the recorder does not record, and said: " + recorder.errors());
            }
            Thread.sleep(STEP_MS);
        }
    }
}
