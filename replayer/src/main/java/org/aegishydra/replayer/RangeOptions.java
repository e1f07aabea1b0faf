package org.aegishydra.replayer;

import java.nio.file.Path;
import org.aegishydra.core.command.UsageException;
import org.aegishydra.core.journal.Recording;
import picocli.CommandLine.Option;

/** The options of every command that plays a recorded range. Filled by picocli. */
public final class RangeOptions {
    @Option(
            names = "--journal",
            required = true,
            paramLabel = "DIR",
            description = "The recording: a journal, or a directory of journals whose times follow each other.")
    private Path journalPath;

    @Option(names = "--day", paramLabel = "DATE", description = "One UTC day of it (default: all of it).")
    private String day;

    @Option(
            names = "--from",
            paramLabel = "TIME",
            description = "From this time on: 2026-11-22T14:30:00Z, or 14:30[:15] (UTC) of the --day.")
    private String from;

    @Option(names = "--to", paramLabel = "TIME", description = "Up to this time, which is not played any more.")
    private String to;

    @Option(
            names = "--records",
            paramLabel = "FIRST-LAST",
            description = "Some records of it, by their sequence (default: all of them).")
    private String records;

    /** The recording's directory. */
    public Path journalPath() {
        return journalPath;
    }

    /** The recording. */
    public Recording recording() {
        return Recording.open(journalPath);
    }

    /** The range that is asked for. */
    public ReplayRange range() {
        return ReplayRange.of(recording(), day, records, from, to);
    }

    /** For a command that has its range from elsewhere. */
    void refuseRange(String because) {
        refuse(because, "--day", day);
        refuse(because, "--records", records);
        refuse(because, "--from", from);
        refuse(because, "--to", to);
    }

    private static void refuse(String because, String option, String value) {
        if (value != null) {
            throw new UsageException(because + "; leave out " + option + " " + value);
        }
    }
}
