package org.aegishydra.replayer.verify;

import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.channels.FileChannel;
import java.nio.channels.OverlappingFileLockException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.util.Locale;
import java.util.stream.Stream;
import org.aegishydra.core.command.Program;
import org.aegishydra.core.command.UsageException;
import org.aegishydra.core.run.RunFolder;
import org.aegishydra.replayer.trial.Trial;
import org.aegishydra.trader.TemporaryFolder;

/**
 * What a verification keeps, so that it can be stopped and continued:
 *
 * <pre>
 *   question.json                  what is asked; a folder is continued only by the same question
 *   schedule.json                  how long and how often is tried
 *   baseline.json                  what the trials are checked against, if they are
 *   trials/0001-legacy.json        one a trial, whole or not there
 *   runs/legacy/DIGEST/decisions/  a run's decisions of each variant, one for each digest it had, to find where two differ
 *   verification.json              what came out, for `aegis report` and for scripts
 *   legacy.hlog                    histograms by variant, in HdrHistogram's log format
 *   trial/                         what the trial that runs writes; gone when it ends
 *   lock                           held by the process whose trials these are
 * </pre>
 */
final class VerificationFolder implements AutoCloseable {
    private static final String DECISIONS = "decisions";
    private static final String LOCK = "lock";
    private static final ObjectMapper JSON = new ObjectMapper();

    private final Path directory;
    private final FileChannel lock;

    private VerificationFolder(Path directory, FileChannel lock) {
        this.directory = directory;
        this.lock = lock;
    }

    /**
     * A new folder, or one with trials of the same question.
     *
     * @throws UsageException if it holds something else, or another process works on it.
     */
    static VerificationFolder open(Path directory, Question question) {
        try {
            final boolean begun = Files.exists(directory.resolve("question.json"));
            if (!begun && Files.exists(directory) && !isEmpty(directory)) {
                throw new UsageException(
                        "--out " + directory + " holds something else: name a new folder, or one to go on with");
            }
            Files.createDirectories(directory);
            final VerificationFolder folder = new VerificationFolder(directory, locked(directory));
            try {
                folder.ask(question);
                return folder;
            } catch (final IOException | RuntimeException e) {
                folder.close();
                throw e;
            }
        } catch (final IOException e) {
            throw new UncheckedIOException("cannot use folder " + directory, e);
        }
    }

    private static boolean isEmpty(Path directory) throws IOException {
        try (Stream<Path> files = Files.list(directory)) {
            // A process that was killed before it had asked anything leaves its lock.
            return files.allMatch(file -> file.endsWith(LOCK));
        }
    }

    private static FileChannel locked(Path directory) throws IOException {
        final FileChannel channel =
                FileChannel.open(directory.resolve(LOCK), StandardOpenOption.CREATE, StandardOpenOption.WRITE);
        boolean locked;
        try {
            locked = channel.tryLock() != null;
        } catch (final OverlappingFileLockException heldByThisProcess) {
            locked = false;
        }
        if (!locked) {
            channel.close();
            throw new UsageException("--out " + directory
                    + ": another verification is at work there; wait for it, or name another folder");
        }
        return channel;
    }

    private void ask(Question question) throws IOException {
        final Path file = directory.resolve("question.json");
        if (!Files.exists(file)) {
            write(file, Program.toJson(question));
        } else if (!isJson(file, Program.toJson(question))) {
            throw new UsageException("--out " + directory + " holds a verification of something else (other variants, "
                    + "range, settings or build): name a new folder, or repeat its options to go on");
        }
        Files.createDirectories(trials());
    }

    @Override
    public void close() {
        try {
            lock.close();
        } catch (final IOException e) {
            throw new UncheckedIOException("cannot release " + directory.resolve(LOCK), e);
        }
    }

    private Path trials() {
        return directory.resolve("trials");
    }

    Path directory() {
        return directory;
    }

    /** The schedule that was made, or null. */
    Schedule schedule() {
        final Path file = directory.resolve("schedule.json");
        return Files.exists(file) ? read(file, Schedule.class) : null;
    }

    /**
     * Keeps a schedule, or the same one with more or fewer rounds.
     *
     * @throws UsageException if there are trials of another pace or length, which would pass for trials of this one.
     */
    void keep(Schedule schedule) {
        final Schedule kept = schedule();
        if (kept == null ? hasTrials() : !kept.playsAs(schedule)) {
            throw new UsageException("--out " + directory + ": its trials were played "
                    + (kept == null ? "in a way that is not known" : kept.played()) + ", not " + schedule.played()
                    + " as asked for: repeat their options, or name a new folder");
        }
        write(directory.resolve("schedule.json"), Program.toJson(schedule));
    }

    /**
     * Begins a check of a baseline, or goes on with it.
     *
     * @throws UsageException if there are trials that no check of this baseline began: it may be made of them.
     */
    void check(Baseline baseline) {
        final Path file = directory.resolve("baseline.json");
        final String checked = Program.toJson(baseline);
        if (Files.exists(file) ? !isJson(file, checked) : hasTrials()) {
            throw new UsageException(
                    "--out " + directory + " holds trials that were not begun by a check of this baseline, "
                            + "which may be made of them: name a new folder");
        }
        write(file, checked);
    }

    private boolean hasTrials() {
        try (Stream<Path> trials = Files.list(trials())) {
            return trials.findAny().isPresent();
        } catch (final IOException e) {
            throw new UncheckedIOException("cannot read " + trials(), e);
        }
    }

    private static boolean isJson(Path file, String json) {
        try {
            return JSON.readTree(file.toFile()).equals(JSON.readTree(json));
        } catch (final IOException e) {
            throw new UncheckedIOException("cannot read " + file, e);
        }
    }

    private Path file(Question.Contender contender, int round) {
        return trials().resolve(String.format(Locale.ROOT, "%04d-%s.json", round, contender.name()));
    }

    /** A trial that was run, or null. */
    Trial trial(Question.Contender contender, int round) {
        final Path file = file(contender, round);
        return Files.exists(file) ? read(file, Trial.class) : null;
    }

    void keep(Question.Contender contender, Trial trial) {
        write(file(contender, trial.round()), Program.toJson(trial));
    }

    /** A run of a contender's with this digest, of which only the decisions are kept. */
    RunFolder run(String contender, String digest) {
        return new RunFolder(directory.resolve("runs").resolve(contender).resolve(digest));
    }

    /** An empty folder for what a trial writes, on the same file system; deleted when it is closed. */
    TemporaryFolder scratch() throws IOException {
        final TemporaryFolder scratch = new TemporaryFolder(directory.resolve("trial"));
        if (Files.exists(scratch.path())) {
            // Of a verification that was killed.
            scratch.close();
        }
        Files.createDirectory(scratch.path());
        return scratch;
    }

    /** Takes the decisions of a trial's run over, unless those of another one with its digest are there. */
    void keepDecisions(Trial trial, RunFolder measured) throws IOException {
        final Path kept = run(trial.variant(), trial.digest()).directory().resolve(DECISIONS);
        if (!Files.exists(kept)) {
            Files.createDirectories(kept.getParent());
            Files.move(measured.directory().resolve(DECISIONS), kept, StandardCopyOption.ATOMIC_MOVE);
        }
    }

    /** Writes what came out. */
    Path write(String name, String text) {
        final Path file = directory.resolve(name);
        write(file, text);
        return file;
    }

    private void write(Path file, String text) {
        final Path unfinished = file.resolveSibling(file.getFileName() + ".unfinished");
        try {
            Files.writeString(unfinished, text + "\n");
            Files.move(unfinished, file, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
        } catch (final IOException e) {
            throw new UncheckedIOException("cannot write " + file, e);
        }
    }

    private static <T> T read(Path file, Class<T> type) {
        try {
            return JSON.readValue(file.toFile(), type);
        } catch (final IOException e) {
            throw new UsageException(
                    file + " cannot be read (" + e.getMessage() + "): remove it, and it is tried again");
        }
    }
}
