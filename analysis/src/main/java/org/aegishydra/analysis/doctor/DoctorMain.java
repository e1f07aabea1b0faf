package org.aegishydra.analysis.doctor;

import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.concurrent.TimeUnit;
import org.aegishydra.analysis.text.TextTable;
import org.aegishydra.core.board.BoardException;
import org.aegishydra.core.board.BoardView;
import org.aegishydra.core.board.EntryReading;
import org.aegishydra.core.board.RecorderFigure;
import org.aegishydra.core.board.StatusBoard;
import org.aegishydra.core.command.Program;
import org.aegishydra.core.command.UsageException;
import org.aegishydra.core.journal.DiskGuard;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/** {@code aegis doctor}: whether this host is fit to record and to measure, and what to do about it. Only reads. */
@Command(
        name = "aegis doctor",
        mixinStandardHelpOptions = true,
        description = "Tells whether this host is fit, and what to do about it. Changes nothing.",
        footer = {
            "",
            "States: ok; note (worth knowing); warning (costs latency, or data one day); bad (loses data or makes",
            "figures wrong); unknown (could not be told).",
            "Exit code: 0 nothing is bad, 1 something is, 2 wrong usage.",
            "",
            "Examples:",
            "  aegis doctor --journal journal",
            "  aegis doctor --json"
        })
public final class DoctorMain implements Callable<Integer> {
    private static final long LONGEST_ANSWER_S = 5;
    private static final int LARGEST_ANSWER_BYTES = 1 << 16;

    @Option(
            names = "--journal",
            paramLabel = "DIR",
            description =
                    "Where a journal is or will be: checks its disk too. The reserve is that of the recorder whose"
                            + " status board is there, else 5 GB.")
    private Path journal;

    @Option(names = "--json", description = "Reports as one JSON object.")
    private boolean json;

    public static void main(String[] args) {
        Program.main(new DoctorMain(), args);
    }

    @Override
    public Integer call() throws IOException {
        final Host host = new Host(Path.of("/"), DoctorMain::answer);
        final List<Check> checks = new ArrayList<>(ClockChecks.of(host));
        checks.addAll(CpuChecks.of(host, Runtime.getRuntime().availableProcessors()));
        checks.addAll(MemoryChecks.of(host));
        checks.addAll(SystemChecks.of(
                host,
                Runtime.version().feature(),
                System.getProperty("java.vm.name") + " " + Runtime.version(),
                ManagementFactory.getRuntimeMXBean().getInputArguments()));
        if (journal != null) {
            final Path place = existing(journal);
            checks.addAll(JournalChecks.of(
                    host, place.toString(), Files.getFileStore(place).getUsableSpace(), reserveBytes(journal)));
        }
        System.out.println(json ? Program.toJson(toJson(checks)) : text(checks));
        return isFit(checks) ? Program.DONE : Program.FAILED;
    }

    static boolean isFit(List<Check> checks) {
        return checks.stream().noneMatch(check -> check.state() == Check.State.BAD);
    }

    /** The journal's directory, or the nearest one above it that is there already; links are followed. */
    static Path existing(Path directory) throws IOException {
        Path place = directory.toAbsolutePath();
        while (Files.notExists(place) && place.getParent() != null) {
            place = place.getParent();
        }
        if (!Files.isDirectory(place)) {
            throw new UsageException("--journal " + directory + ": " + place + " is no directory");
        }
        return place.toRealPath();
    }

    /** What the recorder of this journal said last, or else what a recorder keeps by default. */
    static long reserveBytes(Path journal) {
        try (BoardView view = StatusBoard.open(journal)) {
            final EntryReading<RecorderFigure> recorder = view.read().recorder();
            return recorder.has(RecorderFigure.DISK_RESERVE_BYTES)
                    ? recorder.get(RecorderFigure.DISK_RESERVE_BYTES)
                    : DiskGuard.of(journal, null).reserveBytes();
        } catch (final BoardException none) {
            return DiskGuard.of(journal, null).reserveBytes();
        }
    }

    /** Another program's standard output; empty if it is not there, fails or takes too long. */
    static Optional<String> answer(List<String> command) {
        try {
            final Process process = new ProcessBuilder(command)
                    .redirectError(ProcessBuilder.Redirect.DISCARD)
                    .start();
            process.getOutputStream().close();
            final boolean ended = process.waitFor(LONGEST_ANSWER_S, TimeUnit.SECONDS);
            if (!ended) {
                process.destroyForcibly();
            }
            return ended && process.exitValue() == 0
                    ? Optional.of(new String(
                            process.getInputStream().readNBytes(LARGEST_ANSWER_BYTES), StandardCharsets.UTF_8))
                    : Optional.empty();
        } catch (final IOException notThere) {
            return Optional.empty();
        } catch (final InterruptedException e) {
            Thread.currentThread().interrupt();
            return Optional.empty();
        }
    }

    private static String text(List<Check> checks) {
        final List<String[]> rows = new ArrayList<>();
        for (final Check check : checks) {
            final boolean bad = check.state() == Check.State.BAD;
            rows.add(new String[] {
                bad ? "BAD" : check.state().word(), check.name().replace('_', ' '), check.found(), check.remedy()
            });
        }
        final long bad = checks.stream()
                .filter(check -> check.state() == Check.State.BAD)
                .count();
        return TextTable.of(
                bad == 0
                        ? "This host is fit; nothing is bad"
                        : (bad == 1 ? "1 of these is BAD" : bad + " of these are BAD"),
                rows,
                "state",
                "what",
                "found",
                "what to do");
    }

    private static Map<String, Object> toJson(List<Check> checks) {
        final List<Map<String, Object>> list = new ArrayList<>();
        for (final Check check : checks) {
            final Map<String, Object> entry = new LinkedHashMap<>();
            entry.put("name", check.name());
            entry.put("state", check.state().word());
            entry.put("found", check.found());
            entry.put("remedy", check.remedy().isEmpty() ? null : check.remedy());
            list.add(entry);
        }
        final Map<String, Object> report = new LinkedHashMap<>();
        report.put("fit", isFit(checks));
        report.put("checks", list);
        return report;
    }
}
