package org.aegishydra.core.run;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Locale;
import java.util.Set;
import java.util.stream.Stream;
import org.aegishydra.core.checkpoint.CheckpointFile;
import org.aegishydra.core.command.UsageException;
import org.aegishydra.core.journal.Journal;
import org.aegishydra.core.journal.JournalFormat;

/**
 * The folder of one run of the trading engine, live or replayed.
 *
 * <pre>
 *   decisions/            journal: every order, fill, refusal, cancellation and control, and a mark every 10,000 records
 *   steps/                journal: every step, or every n-th, and every spike
 *   PRODUCT/paper_log.csv, paper_trades.csv, paper_state.json
 *   latency.hlog          histograms by stage, in HdrHistogram's log format
 *   spikes.jsonl          every spike
 *   summary.json          settings, range, counts, digest, figures, machine
 *   checkpoint            the state of a live run, from which it can be resumed
 * </pre>
 *
 * @param directory the folder.
 */
public record RunFolder(Path directory) {
    /** A run's journals take no room ahead of what is written while the disk has less than this. */
    public static final long KEEP_FREE_BYTES = 256L << 20;

    private static final String DECISIONS = "decisions";

    private static final Set<String> OWN_NAMES = Set.of(
            DECISIONS,
            "steps",
            "latency.hlog",
            "spikes.jsonl",
            "stalls.jsonl",
            "summary.json",
            "checkpoint",
            "checkpoint.new",
            "KILL");

    /**
     * An empty folder for a new run.
     *
     * @throws UsageException if it holds something.
     */
    public static RunFolder create(Path directory) {
        try {
            Files.createDirectories(directory);
            try (Stream<Path> files = Files.list(directory)) {
                if (files.findAny().isPresent()) {
                    throw new UsageException(
                            "--out " + directory + " is not empty: name a new folder, a run is never overwritten");
                }
            }
        } catch (final FileAlreadyExistsException e) {
            throw new UsageException("--out " + directory + " is a file: name a new folder");
        } catch (final IOException e) {
            throw new UncheckedIOException("cannot make the run's folder " + directory, e);
        }
        return new RunFolder(directory);
    }

    /**
     * The folder of a run that is to go on, or a new one if there is none yet.
     *
     * @throws UsageException if it holds something else.
     */
    public static RunFolder createOrResume(Path directory) {
        return Files.isDirectory(directory.resolve(DECISIONS)) ? new RunFolder(directory) : create(directory);
    }

    /** The folder of an existing run. */
    public static RunFolder open(Path directory) {
        if (!new RunFolder(directory).hasRun()) {
            throw new UsageException(
                    directory + " holds no run: name the folder that `aegis trade` or `replay` wrote with --out");
        }
        return new RunFolder(directory);
    }

    /** Whether there is a run already, which can be resumed. */
    public boolean hasRun() {
        return Journal.exists(directory.resolve(DECISIONS));
    }

    /** The journal of decisions, controls and marks, to be written. */
    public Journal newDecisions() {
        return Journal.create(directory.resolve(DECISIONS), JournalFormat.RUN);
    }

    /** The journal of decisions, controls and marks, to be read. */
    public Journal decisions() {
        return Journal.open(directory.resolve(DECISIONS), JournalFormat.RUN);
    }

    /** The journal of steps and spikes, to be written. */
    public Journal newSteps() {
        return Journal.create(directory.resolve("steps"), JournalFormat.RUN);
    }

    /** The journal of steps and spikes, to be read. */
    public Journal steps() {
        return Journal.open(directory.resolve("steps"), JournalFormat.RUN);
    }

    /** Whether a steps journal is there by now. */
    public boolean hasSteps() {
        return Journal.exists(directory.resolve("steps"));
    }

    /**
     * The folder of a product's files. A feed names products as it likes: a name that is no plain file name, or is one of
     * the run's own, is changed so that it is neither, and still no other product's.
     */
    public Path product(String productId) {
        final boolean taken = OWN_NAMES.contains(productId) || productId.startsWith(".");
        final StringBuilder name = new StringBuilder();
        for (final byte each : productId.getBytes(StandardCharsets.UTF_8)) {
            final boolean plain = each == '-' || each == '_' || each == '.' || Character.isLetterOrDigit(each);
            if (plain && !(taken && name.isEmpty())) {
                name.append((char) each);
            } else {
                name.append(String.format(Locale.ROOT, "%%%02X", each));
            }
        }
        return directory.resolve(name.toString());
    }

    public Path latencyLog() {
        return directory.resolve("latency.hlog");
    }

    public Path spikes() {
        return directory.resolve("spikes.jsonl");
    }

    /** What the platform did to the trading thread, see {@link org.aegishydra.core.latency.StallWindow}. */
    public Path stalls() {
        return directory.resolve("stalls.jsonl");
    }

    public CheckpointFile checkpoint() {
        return new CheckpointFile(directory.resolve("checkpoint"));
    }

    /** Removes the summary, if there is one, of a run that goes on. */
    public void deleteSummary() {
        try {
            Files.deleteIfExists(summary());
        } catch (final IOException e) {
            throw new UncheckedIOException("cannot remove " + summary(), e);
        }
    }

    public Path summary() {
        return directory.resolve("summary.json");
    }
}
