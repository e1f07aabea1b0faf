package org.aegishydra.replayer.verify;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
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
 *   question.json            what is asked; a folder is continued only by the same question
 *   schedule.json            how long and how often is tried
 *   trials/0001-legacy.json  one a trial, whole or not there
 *   runs/legacy/decisions/   a run's decisions of each variant, to find where two differ
 *   verification.json        what came out, for `aegis report` and for scripts
 *   legacy.hlog              histograms by variant, in HdrHistogram's log format
 * </pre>
 */
final class VerificationFolder {
    private static final String DECISIONS = "decisions";
    private static final ObjectMapper JSON = new ObjectMapper();

    private final Path directory;

    private VerificationFolder(Path directory) {
        this.directory = directory;
    }

    /**
     * A new folder, or one with trials of the same question.
     *
     * @throws UsageException if it holds something else.
     */
    static VerificationFolder open(Path directory, Question question) {
        final VerificationFolder folder = new VerificationFolder(directory);
        try {
            Files.createDirectories(folder.trials());
            final JsonNode asked = JSON.readTree(Program.toJson(question));
            final Path file = directory.resolve("question.json");
            if (!Files.exists(file)) {
                try (Stream<Path> files = Files.list(directory)) {
                    if (files.count() > 1) {
                        throw new UsageException("--out " + directory
                                + " holds something else: name a new folder, or one to go on with");
                    }
                }
                folder.write(file, Program.toJson(question));
            } else if (!JSON.readTree(file.toFile()).equals(asked)) {
                throw new UsageException(
                        "--out " + directory + " holds a verification of something else (other variants, "
                                + "range, settings or build): name a new folder, or repeat its options to go on");
            }
        } catch (final IOException e) {
            throw new UncheckedIOException("cannot use folder " + directory, e);
        }
        return folder;
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

    void keep(Schedule schedule) {
        write(directory.resolve("schedule.json"), Program.toJson(schedule));
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

    /** A run of a contender, of which only the decisions are kept. */
    RunFolder run(Question.Contender contender) {
        return new RunFolder(directory.resolve("runs").resolve(contender.name()));
    }

    /** An empty folder for what a trial writes, on the same file system; deleted when it is closed. */
    TemporaryFolder scratch() throws IOException {
        return new TemporaryFolder(Files.createTempDirectory(directory, "trial-"));
    }

    /** Takes the decisions of a contender's run over, unless those of another one are there. */
    void keepDecisions(Question.Contender contender, RunFolder measured) throws IOException {
        final Path kept = run(contender).directory().resolve(DECISIONS);
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
