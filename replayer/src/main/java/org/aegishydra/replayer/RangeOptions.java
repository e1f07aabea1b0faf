package org.aegishydra.replayer;

import java.nio.file.Path;
import org.aegishydra.core.command.UsageException;
import org.aegishydra.core.journal.Journal;
import picocli.CommandLine.Option;

/** The options of every command that plays a recorded range. Filled by picocli. */
public final class RangeOptions {
    @Option(names = "--journal", required = true, paramLabel = "DIR", description = "The recording.")
    private Path journalPath;

    @Option(names = "--day", paramLabel = "DATE", description = "One UTC day of it (default: all of it).")
    private String day;

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
    public Journal journal() {
        return Journal.open(journalPath);
    }

    /** The range that is asked for. */
    public ReplayRange range() {
        return ReplayRange.of(journal(), day, records);
    }

    /** For a command that has its range from elsewhere. */
    void refuseRange(String because) {
        if (day != null || records != null) {
            throw new UsageException(
                    because + "; leave out " + (day != null ? "--day " + day : "--records " + records));
        }
    }
}
