package org.aegishydra.replayer;

import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.function.Consumer;
import org.aegishydra.core.command.Durations;
import org.aegishydra.core.command.Program;
import org.aegishydra.core.command.StopSignal;
import org.aegishydra.core.command.UsageException;
import org.aegishydra.core.journal.Journal;
import org.aegishydra.replayer.server.MarketServer;
import org.aegishydra.replayer.server.ServeSettings;
import org.aegishydra.replayer.synthetic.SyntheticProduct;
import org.aegishydra.replayer.synthetic.SyntheticSettings;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** {@code aegis serve}: a journal or a synthetic market as a Coinbase-compatible WebSocket server on loopback. */
@Command(
        name = "aegis serve",
        mixinStandardHelpOptions = true,
        description = {
            "Serves a journal or a synthetic market to Coinbase clients, on the loopback interface.",
            "A journal starts at its beginning for every client; a synthetic market opens with the first subscription,"
                    + " is the same for all clients, and gives late ones its books as they are."
        },
        footer = {
            "",
            "Example: aegis serve --synthetic --product BTC-USD,ETH-USD --port 8765 --pace 1x --duration 60s",
            "         aegis serve --journal /data/coinbase --port 8765 --pace max --once"
        })
public final class ServeMain implements Callable<Integer> {
    @Spec
    private CommandSpec spec;

    @Option(names = "--journal", paramLabel = "DIR", description = "Serve this journal.")
    private Path journalDirectory;

    @Option(names = "--synthetic", description = "Serve a synthetic market instead.")
    private boolean synthetic;

    @Option(
            names = "--port",
            defaultValue = "8765",
            description = "Port on 127.0.0.1; 0 takes any free one; default ${DEFAULT-VALUE}.")
    private int port;

    @Option(
            names = "--pace",
            defaultValue = "1x",
            paramLabel = "1x|Nx|max",
            description = "Real time, a multiple of it, or as fast as clients read; default ${DEFAULT-VALUE}.")
    private String pace;

    @Option(
            names = "--duration",
            paramLabel = "TIME",
            description = "Event time after which the stream ends, as 60s; default: never, or the journal's end.")
    private String duration;

    @Option(names = "--once", description = "Exit when the first client that subscribed was served.")
    private boolean once;

    @Option(
            names = "--seed",
            defaultValue = "42",
            description = "Synthetic: seed of all random numbers; default ${DEFAULT-VALUE}.")
    private long seed;

    @Option(
            names = "--product",
            split = ",",
            defaultValue = "BTC-USD,ETH-USD",
            paramLabel = "NAME[=PRICE]",
            description =
                    "Synthetic: products; unknown ones with a start price, as ABC-USD=12.34; default ${DEFAULT-VALUE}.")
    private List<String> products;

    @Option(
            names = "--rate",
            defaultValue = "200",
            paramLabel = "MSG_PER_S",
            description = "Synthetic: mean messages a second over all products; default ${DEFAULT-VALUE}.")
    private double messagesPerSecond;

    @Option(
            names = "--levels",
            defaultValue = "5000",
            description = "Synthetic: price levels of each side of a book; default ${DEFAULT-VALUE}.")
    private int levelsPerSide;

    public static void main(String[] args) {
        Program.main(new ServeMain(), args);
    }

    @Override
    public Integer call() throws InterruptedException {
        final ServeSettings settings = ServeSettings.of(port, Pace.parse(pace).speed(), durationNs(), once);
        final PrintWriter out = spec.commandLine().getOut();
        final PrintWriter err = spec.commandLine().getErr();
        try (StopSignal stop = StopSignal.install()) {
            final MarketServer server = server(settings, err::println);
            try (server) {
                stop.onRaise(server::stop);
                start(server);
                out.println("serving " + server.url());
                out.flush();
                if (!stop.isRaised()) {
                    server.awaitEnd();
                }
            }
            err.println("served " + server.served() + " clients, " + server.sentMessages() + " messages");
            err.flush();
        }
        return Program.DONE;
    }

    private long durationNs() {
        if (duration == null) {
            return Long.MAX_VALUE;
        }
        final Duration given = Durations.parse("--duration", duration);
        return given.compareTo(Duration.ofNanos(Long.MAX_VALUE)) < 0 ? given.toNanos() : Long.MAX_VALUE;
    }

    private MarketServer server(ServeSettings settings, Consumer<String> log) {
        if (synthetic && spec.commandLine().getParseResult().hasMatchedOption("--journal")) {
            throw new UsageException("--journal and --synthetic: give one of them");
        }
        if (!synthetic) {
            if (journalDirectory == null) {
                throw new UsageException("nothing to serve: give --journal DIR or --synthetic");
            }
            return MarketServer.of(Journal.open(journalDirectory), settings, log);
        }
        return MarketServer.of(
                new SyntheticSettings(
                        seed,
                        products.stream().map(SyntheticProduct::parse).toList(),
                        0,
                        SyntheticSettings.UNENDING,
                        messagesPerSecond,
                        levelsPerSide),
                settings,
                log);
    }

    private void start(MarketServer server) {
        try {
            server.start();
        } catch (final IOException e) {
            throw new UsageException("--port " + port + ": cannot listen on 127.0.0.1:" + port + " (" + e.getMessage()
                    + "); name a free port, or 0 for any");
        }
    }
}
