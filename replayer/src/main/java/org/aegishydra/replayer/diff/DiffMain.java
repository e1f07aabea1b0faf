package org.aegishydra.replayer.diff;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.Callable;
import org.aegishydra.core.command.Program;
import org.aegishydra.core.journal.JournalException;
import org.aegishydra.core.journal.Recording;
import org.aegishydra.core.run.RunFolder;
import org.aegishydra.core.run.RunSummary;
import org.aegishydra.trader.RecordedRun;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** {@code aegis diff}: the first decision at which two runs differ. */
@Command(
        name = "aegis diff",
        mixinStandardHelpOptions = true,
        sortOptions = false,
        description = "Compares the decisions and books of two runs, live or replayed, over the records that both have "
                + "handled. Where they differ it shows the first decision that does, the record that led to it, and the "
                + "books before and after it. Exit code 1 if they differ.",
        footer = {"", "Example:", "  aegis diff runs/live runs/replayed"})
public final class DiffMain implements Callable<Integer> {
    @Parameters(index = "0", paramLabel = "RUN", description = "A run's folder.")
    private Path firstPath;

    @Parameters(index = "1", paramLabel = "RUN", description = "Another run's folder.")
    private Path secondPath;

    @Option(
            names = "--journal",
            paramLabel = "DIR",
            description = "The recording that both have traded (default: what their summaries name).")
    private Path journalPath;

    @Option(names = "--json", description = "Print the result as JSON on standard output.")
    private boolean json;

    /** Runs the program. */
    public static void main(String[] args) {
        Program.main(new DiffMain(), args);
    }

    @Override
    public Integer call() {
        final RunFolder first = RunFolder.open(firstPath);
        final RunFolder second = RunFolder.open(secondPath);
        final RunComparison comparison = RunComparison.of(first, second);
        final RunComparison.DecisionDifference parted = comparison.decisions();
        final RunComparison.BookDifference books = comparison.books();
        final DiffReport report = new DiffReport(
                comparison.isSame(),
                comparison.lastSequence(),
                comparison.sameDecisions(),
                comparison.sameMarks(),
                side(first, comparison.first(), parted, true),
                side(second, comparison.second(), parted, false),
                parted == null ? null : parted.marketSequence(),
                books == null ? null : books.afterSequence(),
                books == null ? null : books.upToSequence());
        if (json) {
            System.out.println(Program.toJson(report));
        } else {
            System.out.print(report.toText());
        }
        return comparison.isSame() ? Program.DONE : Program.FAILED;
    }

    private DiffReport.Side side(
            RunFolder folder, RecordedRun run, RunComparison.DecisionDifference parted, boolean isFirst) {
        Taken taken = null;
        List<String> steps = List.of();
        MarketMoment moment = null;
        if (parted != null) {
            taken = isFirst ? parted.first() : parted.second();
            final long sequence = parted.marketSequence();
            steps = LastSteps.upTo(folder, sequence, parted.productId());
            moment = moment(folder, run, sequence, parted.productId());
        }
        return new DiffReport.Side(
                folder.directory().toString(),
                run.firstSequence(),
                run.lastSequence(),
                run.settings().decisionKey(),
                taken == null ? null : taken.toText(),
                moment == null ? null : moment.record(),
                moment == null ? null : moment.text(),
                moment == null ? null : moment.before(),
                moment == null ? null : moment.after(),
                steps);
    }

    /** The market as the run saw it; null, and said so, if its recording is not at hand. */
    private MarketMoment moment(RunFolder folder, RecordedRun run, long sequence, String productId) {
        Path path = journalPath;
        if (path == null && Files.exists(folder.summary())) {
            path = Path.of(RunSummary.read(folder.summary()).journal());
        }
        if (path == null) {
            System.err.println(folder.directory() + " has no summary that names its recording: give --journal DIR");
            return null;
        }
        try {
            final MarketMoment moment = MarketMoment.at(Recording.open(path), run.firstSequence(), sequence, productId);
            if (moment == null) {
                System.err.println(path + " does not hold record " + sequence + ": give --journal DIR");
            }
            return moment;
        } catch (final JournalException e) {
            System.err.println("the market of " + folder.directory() + " is not shown: " + e.getMessage());
            return null;
        }
    }
}
