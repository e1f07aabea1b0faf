package org.aegishydra.recorder.archive;

import java.io.IOException;
import java.nio.file.Path;
import java.util.concurrent.Callable;
import org.aegishydra.core.command.ByteSizes;
import org.aegishydra.core.command.Program;
import org.aegishydra.core.command.StopSignal;
import org.aegishydra.core.command.UsageException;
import org.aegishydra.core.journal.Journal;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/** {@code aegis archive}: closed cycles as compressed archives, and how much of a journal is kept. */
@Command(
        name = "aegis archive",
        mixinStandardHelpOptions = true,
        sortOptions = false,
        description = {
            "Compresses the cycle files of a journal that are closed, reads each archive back, and removes what need not"
                    + " be kept. Every command reads an archived day as it reads a recorded one.",
            "",
            "A run takes what is left to do and ends: run it from cron, beside a recorder or not."
        },
        footer = {
            "",
            "Examples:",
            "  aegis archive --journal journal --delete-originals --keep-size 500GiB",
            "  aegis archive --journal journal --verify-only",
            "  zstd -dc journal/20261122F.records.zst | sha256sum      is raw_sha256 in 20261122F.manifest.json"
        })
public final class ArchiveMain implements Callable<Integer> {
    @Option(names = "--journal", required = true, paramLabel = "DIR", description = "The journal.")
    private Path journalPath;

    @Option(
            names = "--level",
            defaultValue = "3",
            paramLabel = "N",
            description = "How hard zstd tries, 1 to 22 (default: ${DEFAULT-VALUE}).")
    private int level;

    @Option(
            names = "--delete-originals",
            description = "Delete each cycle file whose archive was read back and holds the same.")
    private boolean deleteOriginals;

    @Option(
            names = "--keep-days",
            paramLabel = "N",
            description = "Remove all but the newest N days that were recorded, archived or not.")
    private Long keepDays;

    @Option(
            names = "--keep-size",
            paramLabel = "SIZE",
            description = "Remove the oldest days until the journal takes no more room than this, for example 500GiB.")
    private String keepSize;

    @Option(names = "--verify-only", description = "Check the archives that are there, and change nothing.")
    private boolean verifyOnly;

    @Option(names = "--json", description = "Print the report as one JSON object.")
    private boolean json;

    /** Runs the program and ends the process. */
    public static void main(String[] args) {
        Program.main(new ArchiveMain(), args);
    }

    @Override
    public Integer call() throws IOException {
        final ArchiveSettings settings = new ArchiveSettings(
                journalPath,
                level,
                deleteOriginals,
                keepDays == null ? ArchiveSettings.ALL : keepDays,
                keepSize == null ? ArchiveSettings.ALL : ByteSizes.parse("--keep-size", keepSize));
        if (verifyOnly && (deleteOriginals || keepDays != null || keepSize != null)) {
            throw new UsageException("--verify-only changes nothing: leave "
                    + (deleteOriginals ? "--delete-originals" : keepDays != null ? "--keep-days" : "--keep-size")
                    + " away");
        }
        final Journal journal = Journal.open(journalPath);
        try (StopSignal stop = StopSignal.install()) {
            final ArchiveReport report = verifyOnly
                    ? new ArchiveVerification(journalPath, stop::isRaised).run()
                    : new Archiving(settings, journal, stop::isRaised).run();
            System.err.println(report.toText());
            if (json) {
                System.out.println(Program.toJson(report));
            }
            return report.whole() ? Program.DONE : Program.FAILED;
        }
    }
}
