package org.aegishydra.analysis;

import java.io.BufferedOutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import org.aegishydra.analysis.statistics.MarketFigures;
import org.aegishydra.analysis.statistics.MarketStatistics;
import org.aegishydra.analysis.statistics.StatisticsText;
import org.aegishydra.core.command.Program;
import org.aegishydra.core.command.Progress;
import org.aegishydra.core.command.UsageException;
import org.aegishydra.core.journal.Journal;
import org.aegishydra.core.journal.JournalException;
import org.aegishydra.core.journal.RecordHandler;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** {@code aegis inspect}: what a journal holds, and whether it is whole. Only reads; a recorder may go on meanwhile. */
@Command(
        name = "aegis inspect",
        mixinStandardHelpOptions = true,
        description = "Tells what a journal holds, and whether it is whole.",
        footer = {
            "",
            "Exit code: 0 no damage found, 1 damaged, 2 wrong usage.",
            "",
            "Examples:",
            "  aegis inspect --journal journal --verify --gaps",
            "  aegis inspect --journal journal --books --json",
            "  aegis inspect --journal journal --dump --from 1000 --limit 20",
            "  aegis inspect --journal journal --statistics --beside data/synthetic"
        })
public final class InspectMain implements Callable<Integer> {
    @Spec
    private CommandSpec spec;

    @Option(names = "--journal", required = true, paramLabel = "DIR", description = "The journal's directory.")
    private Path directory;

    @Option(names = "--verify", description = "Checks every payload against its CRC-32C, beside the record sequence.")
    private boolean verify;

    @Option(names = "--books", description = "Tells the books at the end.")
    private boolean books;

    @Option(
            names = "--gaps",
            description =
                    "Tells what is missing: holes in the feed's sequence numbers and in the trade ids, losses that"
                            + " the recorder noted, the longest silence; and where one connection took over from"
                            + " another, which is no gap. Lists the first " + GapFinder.LIST_LIMIT
                            + " of a sort and counts the rest.")
    private boolean gaps;

    @Option(
            names = "--dump",
            description = "Prints the records instead, one a line: sequence, receive time, kind, dialect, connection,"
                    + " payload length in bytes, payload (the first " + RecordDump.WIDTH + " characters).")
    private boolean dump;

    @Option(names = "--from", paramLabel = "SEQ", description = "With --dump: the first record to print; default: 1.")
    private Long from;

    @Option(names = "--limit", paramLabel = "N", description = "With --dump: the most records to print; default: all.")
    private Long limit;

    @Option(names = "--full", description = "With --dump: prints payloads whole.")
    private boolean full;

    @Option(
            names = "--statistics",
            description = "Tells instead how the market behaves: rates, bursts, updates, distances from the touch,"
                    + " spreads, message sizes.")
    private boolean statistics;

    @Option(
            names = "--beside",
            split = ",",
            paramLabel = "DIR",
            description = "With --statistics: other journals, a column each.")
    private List<Path> beside = List.of();

    @Option(names = "--json", description = "Reports as one JSON object.")
    private boolean json;

    public static void main(String[] args) {
        Program.main(new InspectMain(), args);
    }

    @Override
    public Integer call() {
        final InspectSettings settings = settings();
        if (settings.statistics()) {
            return statistics(settings);
        }
        final List<CycleFile> files = cycleFiles(settings.journal(), "--journal");
        final JournalReading reading = new JournalReading(Journal.open(settings.journal()), settings.verify());
        final PrintStream out =
                new PrintStream(new BufferedOutputStream(System.out, 1 << 16), false, StandardCharsets.UTF_8);
        try {
            if (settings.dump() != null) {
                dump(reading, settings.dump(), out);
            } else {
                report(reading, settings, files, out);
            }
        } finally {
            out.flush();
        }
        return exitCode(reading);
    }

    private int exitCode(JournalReading reading) {
        if (reading.damage() != null) {
            spec.commandLine().getErr().println(spec.name() + ": " + reading.damage());
            return Program.FAILED;
        }
        return Program.DONE;
    }

    private int statistics(InspectSettings settings) {
        final List<Path> journals = settings.statisticsOf();
        journals.forEach(journal -> cycleFiles(journal, journal.equals(settings.journal()) ? "--journal" : "--beside"));
        int exitCode = Program.DONE;
        final List<MarketFigures> figures = new ArrayList<>();
        for (final Path journal : journals) {
            final JournalReading reading = new JournalReading(Journal.open(journal), settings.verify());
            final MarketStatistics market = new MarketStatistics();
            readAll(reading, market);
            figures.add(market.figures(journal.toString()));
            exitCode = Math.max(exitCode, exitCode(reading));
        }
        final PrintStream out = new PrintStream(System.out, true, StandardCharsets.UTF_8);
        out.println(settings.json() ? Program.toJson(Map.of("journals", figures)) : StatisticsText.of(figures));
        return exitCode;
    }

    private static void readAll(JournalReading reading, RecordHandler handler) {
        reading.findEnd();
        try (Progress progress = new Progress("inspect", reading.endSequence(), "records")) {
            reading.read(1, Long.MAX_VALUE, handler, lastSequence -> {
                progress.advanceTo(lastSequence);
                return true;
            });
        }
    }

    private InspectSettings settings() {
        if (!dump) {
            // What the environment or a properties file sets is for other runs too, and does not count.
            for (final String option : List.of("--from", "--limit", "--full")) {
                if (spec.commandLine().getParseResult().hasMatchedOption(option)) {
                    throw new UsageException(option + " says which records to print: give --dump too");
                }
            }
        }
        return new InspectSettings(
                directory,
                verify,
                books,
                gaps,
                json,
                dump
                        ? new InspectSettings.Dump(
                                from == null ? 1 : from, limit == null ? Long.MAX_VALUE : limit, full)
                        : null,
                statistics,
                beside);
    }

    private static List<CycleFile> cycleFiles(Path journal, String option) {
        final List<CycleFile> files = Files.isDirectory(journal) ? CycleFile.in(journal) : List.of();
        if (files.isEmpty()) {
            throw new UsageException(option + " " + journal
                    + ": holds no journal; name the directory that `aegis record`, `import` or `synth` wrote");
        }
        if (!Journal.exists(journal)) {
            throw new JournalException("journal " + journal + ": its metadata file is missing beside "
                    + files.get(0).name() + ", so that it cannot be opened");
        }
        return files;
    }

    private static void dump(JournalReading reading, InspectSettings.Dump dump, PrintStream out) {
        final boolean found =
                reading.read(dump.fromSequence(), dump.limit(), new RecordDump(out, dump.full()), lastSequence -> {
                    out.flush();
                    // Whoever reads the lines may have had enough of them.
                    return !System.out.checkError();
                });
        if (!found && reading.damage() == null) {
            throw new UsageException("--from " + dump.fromSequence() + ": the journal ends before that record");
        }
    }

    private static void report(
            JournalReading reading, InspectSettings settings, List<CycleFile> files, PrintStream out) {
        final JournalSurvey survey = new JournalSurvey(settings.gaps());
        readAll(reading, survey);
        final boolean damaged = reading.damage() != null;
        final JournalReport report = new JournalReport(
                settings.journal().toString(),
                damaged ? Boolean.FALSE : settings.verify() ? Boolean.TRUE : null,
                reading.damage(),
                settings.verify(),
                survey.records(),
                survey.messages(),
                survey.products(),
                files,
                settings.books() ? survey.books() : null,
                survey.gaps());
        out.println(settings.json() ? Program.toJson(report) : ReportText.of(report));
    }
}
