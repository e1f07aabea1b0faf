package org.aegishydra.replayer;

import java.io.IOException;
import java.io.PrintWriter;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.function.Consumer;
import java.util.stream.Stream;
import org.aegishydra.core.command.Durations;
import org.aegishydra.core.command.Program;
import org.aegishydra.core.command.StopSignal;
import org.aegishydra.core.command.UsageException;
import org.aegishydra.core.journal.Journal;
import org.aegishydra.replayer.server.MarketServer;
import org.aegishydra.replayer.server.ServeAddress;
import org.aegishydra.replayer.server.ServeSettings;
import org.aegishydra.replayer.server.StartPosition;
import org.aegishydra.replayer.synthetic.SyntheticProduct;
import org.aegishydra.replayer.synthetic.SyntheticSettings;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** {@code aegis serve}: a journal or a synthetic market as a Coinbase-compatible WebSocket server. */
@Command(
        name = "aegis serve",
        mixinStandardHelpOptions = true,
        description = {
            "Serves a journal or a synthetic market to Coinbase clients, which need no key.",
            "A journal starts for every client when that one subscribes, and goes on for it whatever became of the"
                    + " recorder's connections; a synthetic market opens with the first subscription and is the same for"
                    + " all clients. Whoever subscribes later gets the books as they are then."
        },
        footer = {
            "",
            "Example: aegis serve --synthetic --product BTC-USD,ETH-USD --port 8765 --pace 1x --duration 60s",
            "         aegis serve --journal /data/coinbase --port 8765 --pace max --once",
            "         aegis serve --journal /data/coinbase --from 2026-11-22T14:30:00Z --pace 10x"
        })
public final class ServeMain implements Callable<Integer> {
    /** The environment variable with the key store's password. */
    static final String TLS_PASSWORD = "AEGIS_TLS_PASSWORD";

    @Spec
    private CommandSpec spec;

    @Option(names = "--journal", paramLabel = "DIR", description = "Serve this journal.")
    private Path journalDirectory;

    @Option(names = "--synthetic", description = "Serve a synthetic market instead.")
    private boolean synthetic;

    @Option(
            names = "--port",
            defaultValue = "8765",
            description = "Port to listen on; 0 takes any free one; default ${DEFAULT-VALUE}.")
    private int port;

    @Option(
            names = "--bind",
            defaultValue = ServeAddress.LOOPBACK,
            paramLabel = "ADDRESS",
            description = "Address to listen on; default ${DEFAULT-VALUE}, this host only. Whoever reaches another one"
                    + " is served: there is no authentication.")
    private String bind;

    @Option(
            names = "--tls-key-store",
            paramLabel = "FILE",
            description = "Serve wss:// with the key and certificate of this PKCS#12 or JKS file. Its password is taken"
                    + " from the environment, " + TLS_PASSWORD + ", or from --tls-password-file.")
    private Path tlsKeyStore;

    @Option(names = "--tls-password-file", paramLabel = "FILE", description = "Holds the password in its first line.")
    private Path tlsPasswordFile;

    @Option(
            names = "--from",
            paramLabel = "RECORD|TIME",
            description = "Journal: begin at this record or UTC time of a day, with its books as they are then;"
                    + " default: the first record.")
    private String from;

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
        final ServeSettings settings =
                ServeSettings.of(address(), Pace.parse(pace).speed(), durationNs(), once);
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

    private ServeAddress address() {
        if (tlsKeyStore == null) {
            return new ServeAddress(bind, port, null);
        }
        return new ServeAddress(bind, port, ServeAddress.tls(tlsKeyStore.toFile(), tlsPassword()));
    }

    private char[] tlsPassword() {
        if (tlsPasswordFile == null) {
            final String password = System.getenv(TLS_PASSWORD);
            if (password == null) {
                throw new UsageException("--tls-key-store " + tlsKeyStore + ": needs its password, in " + TLS_PASSWORD
                        + " or --tls-password-file FILE");
            }
            return password.toCharArray();
        }
        try (Stream<String> lines = Files.lines(tlsPasswordFile)) {
            return lines.findFirst().orElse("").toCharArray();
        } catch (final IOException | UncheckedIOException e) {
            throw new UsageException("--tls-password-file " + tlsPasswordFile + ": cannot be read");
        }
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
            final Journal journal = Journal.open(journalDirectory);
            final StartPosition start = from == null ? StartPosition.BEGINNING : StartPosition.of(journal, from);
            return MarketServer.of(journal, start, settings, log);
        }
        if (from != null) {
            throw new UsageException("--from " + from + ": a synthetic market has no position to begin at");
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
            throw new UsageException("--port " + port + ": cannot listen on " + bind + ":" + port + " ("
                    + e.getMessage() + "); name a free port, or 0 for any, and an address of this host");
        }
    }
}
