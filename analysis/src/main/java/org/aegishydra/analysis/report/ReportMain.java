package org.aegishydra.analysis.report;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import org.aegishydra.core.command.Program;
import org.aegishydra.core.command.UsageException;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** {@code aegis report}: draws one or more verifications as one HTML page. Reads nothing but their {@code verification.json}. */
@Command(
        name = "aegis report",
        mixinStandardHelpOptions = true,
        description = "Draws verifications as one HTML page. The page needs no network and no other file.",
        footer = {
            "",
            "Prints the page's path. Exit code: 0 written, 1 the page cannot be written, 2 wrong usage.",
            "",
            "Examples:",
            "  aegis verify --journal journal --out runs/verify && aegis report runs/verify",
            "  aegis report runs/monday runs/tuesday --html both.html"
        })
public final class ReportMain implements Callable<Integer> {
    private static final String DEFAULT_NAME = "report.html";

    @Parameters(
            arity = "1..*",
            paramLabel = "RUN",
            description = "Folders that `aegis verify --out` wrote; each one is a part of the page.")
    private List<Path> runs;

    @Option(
            names = "--html",
            paramLabel = "FILE",
            description = "The page; default: " + DEFAULT_NAME + " in the first folder. An older one is replaced.")
    private Path html;

    @Option(names = "--json", description = "Tells what was written as one JSON object.")
    private boolean json;

    public static void main(String[] args) {
        Program.main(new ReportMain(), args);
    }

    @Override
    public Integer call() throws IOException {
        final List<VerificationFile> verifications = new ArrayList<>();
        long leftBytes = VerificationFile.LARGEST_BYTES;
        for (final Path run : runs) {
            final VerificationFile verification = VerificationFile.read(run, leftBytes);
            leftBytes -= verification.bytes();
            verifications.add(verification);
        }
        final Path file = html == null ? runs.get(0).resolve(DEFAULT_NAME) : html;
        final Path directory = file.toAbsolutePath().getParent();
        if (directory == null || !Files.isDirectory(directory) || Files.isDirectory(file)) {
            throw new UsageException("--html " + file + ": must name a file in a directory that is there");
        }
        final byte[] page = ReportPage.of(verifications).getBytes(StandardCharsets.UTF_8);
        Files.write(file, page);
        System.out.println(json ? Program.toJson(told(file, page.length, verifications)) : file.toString());
        return Program.DONE;
    }

    private static Map<String, Object> told(Path file, int bytes, List<VerificationFile> verifications) {
        final List<Map<String, Object>> drawn = new ArrayList<>();
        for (final VerificationFile verification : verifications) {
            final Map<String, Object> run = new LinkedHashMap<>();
            run.put("folder", verification.folder().toString());
            run.put("reference", verification.reference());
            run.put("variants", verification.variants());
            run.put("missing", verification.missingBySection());
            drawn.add(run);
        }
        final Map<String, Object> report = new LinkedHashMap<>();
        report.put("html", file.toString());
        report.put("bytes", bytes);
        report.put("runs", drawn);
        return report;
    }
}
