package org.aegishydra.analysis.top;

import java.io.IOException;
import java.nio.file.Path;
import java.util.concurrent.Callable;
import org.aegishydra.core.board.BoardReading;
import org.aegishydra.core.board.BoardView;
import org.aegishydra.core.board.Liveness;
import org.aegishydra.core.board.StatusBoard;
import org.aegishydra.core.command.Durations;
import org.aegishydra.core.command.Program;
import org.aegishydra.core.command.StopSignal;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** {@code aegis top}: the figures of a running recorder and of the traders of its journal, live. Only reads. */
@Command(
        name = "aegis top",
        mixinStandardHelpOptions = true,
        description = "Shows a running recorder, and the traders of its journal, live; q or Ctrl-C ends it.",
        footer = {
            "",
            "Without a terminal, or with --once, it prints one table and ends.",
            "Exit code: 0 done, 1 there is no board, or the recorder is gone or silent, 2 wrong usage.",
            "",
            "Examples:",
            "  aegis top --journal journal",
            "  aegis top --journal journal --json"
        })
public final class TopMain implements Callable<Integer> {
    @Spec
    private CommandSpec spec;

    @Option(names = "--journal", required = true, paramLabel = "DIR", description = "The journal that is recorded.")
    private Path directory;

    @Option(
            names = "--interval",
            defaultValue = "1s",
            paramLabel = "TIME",
            description = "Between two readings, over which rates are taken; default: 1s.")
    private String interval;

    @Option(names = "--once", description = "Prints one table, after one interval, and ends.")
    private boolean once;

    @Option(names = "--json", description = "Prints one JSON object, after one interval, and ends.")
    private boolean json;

    public static void main(String[] args) {
        Program.main(new TopMain(), args);
    }

    @Override
    public Integer call() throws IOException, InterruptedException {
        final TopSettings settings = new TopSettings(directory, Durations.parse("--interval", interval));
        try (BoardView view = StatusBoard.open(settings.journal())) {
            if (once || json || !TopScreen.isThere()) {
                return print(settings, view);
            }
            return show(settings, view);
        }
    }

    private int print(TopSettings settings, BoardView view) throws InterruptedException {
        BoardReading before = null;
        BoardReading now = view.read();
        if (now.liveness() == Liveness.LIVE || now.liveness() == Liveness.SILENT) {
            before = now;
            Thread.sleep(settings.interval().toMillis());
            now = view.read();
        }
        final TopReport report = new TopReport(settings.journal(), now, before);
        System.out.println(json ? Program.toJson(report.toJson()) : String.join("\n", TopText.of(report)));
        if (report.isWell()) {
            return Program.DONE;
        }
        final String remedy = now.liveness() == Liveness.SILENT
                ? ": see what it says, and whether the host is stalled"
                : ": start it again with `aegis record --journal " + settings.journal() + "`";
        spec.commandLine().getErr().println(spec.name() + ": " + TopText.health(report) + remedy);
        return Program.FAILED;
    }

    private static int show(TopSettings settings, BoardView view) throws IOException {
        try (StopSignal stop = StopSignal.install();
                TopScreen screen = new TopScreen()) {
            BoardReading before = null;
            do {
                final BoardReading now = view.read();
                screen.show(TopText.of(new TopReport(settings.journal(), now, before)), "q ends");
                before = now;
            } while (screen.await(settings.interval(), stop));
        }
        return Program.DONE;
    }
}
