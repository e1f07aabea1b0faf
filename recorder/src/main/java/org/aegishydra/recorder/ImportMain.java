package org.aegishydra.recorder;

import java.io.FilterInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.function.LongConsumer;
import org.aegishydra.core.command.Program;
import org.aegishydra.core.command.Progress;
import org.aegishydra.core.command.StopSignal;
import org.aegishydra.core.command.UsageException;
import org.aegishydra.core.journal.Dialect;
import org.aegishydra.recorder.capture.CaptureFormat;
import org.aegishydra.recorder.capture.CaptureImport;
import org.aegishydra.recorder.capture.ImportReport;
import org.aegishydra.recorder.capture.ImportSettings;
import org.aegishydra.recorder.feed.Feed;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** {@code aegis import}: other people's captures into a journal. */
@Command(
        name = "aegis import",
        mixinStandardHelpOptions = true,
        description = {
            "Writes captures of Coinbase's feeds into a journal, byte for byte.",
            "",
            "A capture holds one message a line, with receive times in a .ts file beside it or without, or is one of"
                    + " cryptofeed's (text lines, or records), plain or compressed by gzip or zstd."
        },
        footer = {"", "Example:", "  aegis import monday.jsonl.gz --journal monday --repeat 10"})
public final class ImportMain implements Callable<Integer> {
    private static final long MIB = 1 << 20;

    @Parameters(paramLabel = "FILE", arity = "1..*", description = "Captures, in the order of their time.")
    private List<Path> files;

    @Option(
            names = "--journal",
            required = true,
            paramLabel = "DIR",
            description = "The journal to write to; made if it is not there.")
    private Path journal;

    @Option(
            names = "--repeat",
            defaultValue = "1",
            paramLabel = "N",
            description = {
                "Write the captures N times: the first time as they are, then without snapshots, with sequence"
                        + " numbers, trade ids and times moved on."
            })
    private int repeat;

    @Option(
            names = "--feed",
            paramLabel = "FEED",
            description = "advanced-trade or exchange; by default told from the messages.")
    private String feed;

    @Option(
            names = "--format",
            paramLabel = "FORMAT",
            description = "lines, cryptofeed or cryptofeed-records; by default told from the files.")
    private String format;

    @Option(names = "--json", description = "Print the report as one JSON object.")
    private boolean json;

    /** Runs the program and ends the process. */
    public static void main(String[] args) {
        Program.main(new ImportMain(), args);
    }

    @Override
    public Integer call() throws IOException {
        final Dialect dialect = feed == null ? null : Feed.named(feed).dialect();
        final ImportSettings settings = new ImportSettings(files, journal, dialect, formatNamed(format), repeat);
        try (StopSignal stop = StopSignal.install()) {
            final ImportReport report = run(settings, stop);
            System.err.println(report.toText());
            if (json) {
                System.out.println(Program.toJson(report));
            }
            return report.complete() ? Program.DONE : Program.FAILED;
        }
    }

    private static ImportReport run(ImportSettings settings, StopSignal stop) throws IOException {
        long bytes = 0;
        for (final Path file : settings.files()) {
            bytes += Files.size(file);
        }
        try (Progress progress = new Progress("import", bytes * settings.repeat() / MIB, "MiB")) {
            final long[] done = {0};
            final LongConsumer advance = read -> {
                done[0] += read;
                progress.advanceTo(done[0] / MIB);
            };
            return new CaptureImport(settings, Program.version(), stop::isRaised, in -> new CountedStream(in, advance))
                    .run();
        }
    }

    private static CaptureFormat formatNamed(String name) {
        if (name == null) {
            return null;
        }
        for (final CaptureFormat candidate : CaptureFormat.values()) {
            if (candidate.optionName().equals(name)) {
                return candidate;
            }
        }
        throw new UsageException("--format is " + name + ": give " + java.util.Arrays.toString(CaptureFormat.values()));
    }

    /** Says how much of a file was read. */
    private static final class CountedStream extends FilterInputStream {
        private final LongConsumer bytesRead;

        CountedStream(InputStream in, LongConsumer bytesRead) {
            super(in);
            this.bytesRead = bytesRead;
        }

        @Override
        public int read() throws IOException {
            final int value = super.read();
            bytesRead.accept(value < 0 ? 0 : 1);
            return value;
        }

        @Override
        public int read(byte[] target, int offset, int length) throws IOException {
            final int read = super.read(target, offset, length);
            bytesRead.accept(Math.max(0, read));
            return read;
        }
    }
}
