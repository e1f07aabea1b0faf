package org.aegishydra.replayer.demo;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.LocalDateTime;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import org.aegishydra.core.command.Durations;
import org.aegishydra.core.command.JvmFlags;
import org.aegishydra.core.command.Program;
import org.aegishydra.core.latency.LatencyFigures;
import org.aegishydra.core.run.RunFolder;
import org.aegishydra.core.run.RunSummary;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/** {@code aegis demo}: the whole system on one machine, with a check at the end. */
@Command(
        name = "aegis demo",
        mixinStandardHelpOptions = true,
        sortOptions = false,
        description =
                "Shows the whole way on this machine alone, in about a minute: a synthetic Coinbase on loopback, a "
                        + "recorder, a live trader, each in a JVM of its own; then a replay of the live run, which must take "
                        + "the same decisions. Exit code 1 if it does not.",
        footer = {"", "Example:", "  aegis demo --duration 20s --out /tmp/demo"})
public final class DemoMain implements Callable<Integer> {
    private static final int START_LIMIT_SECONDS = 30;
    private static final int END_LIMIT_SECONDS = 60;
    private static final int MIN_DECISIONS = 200;
    private static final String PRODUCTS = "BTC-USD,ETH-USD";

    /**
     * Chosen so that a short demo sees everything: orders larger than the touch, an order rate that is reached, a
     * position limit, and thresholds that the synthetic market crosses often.
     */
    private static final List<String> TRADER_SETTINGS = List.of(
            "--capital=100000",
            "--fee-bps=0.5",
            "--max-orders-per-second=4",
            "--max-feed-latency-ms=20",
            "--max-position-value=50000",
            "--set=order-value=20000",
            "--set=reach-bps=10",
            "--set=threshold-bps=0.5",
            "--set=exit-bps=1",
            "--set=hold-ms=50",
            "--set=levels=5");

    @Option(
            names = "--duration",
            defaultValue = "20s",
            paramLabel = "TIME",
            description = "How long is recorded and traded live (default: ${DEFAULT-VALUE}).")
    private String duration;

    @Option(
            names = "--out",
            paramLabel = "DIR",
            description = "A new folder for everything (default: aegis-demo/ and the time).")
    private Path out;

    /** Runs the program. */
    public static void main(String[] args) {
        Program.main(new DemoMain(), args);
    }

    @Override
    public Integer call() throws IOException, InterruptedException {
        final long liveMs = Durations.parse("--duration", duration).toMillis();
        final Path home = JvmFlags.aegisHome();
        final Path directory =
                RunFolder.create(out != null ? out : defaultDirectory()).directory();
        try {
            live(home, directory, liveMs);
            replay(home, directory);
            return check(directory);
        } catch (final DemoFailedException e) {
            System.err.println("aegis demo: " + e.getMessage());
            return Program.FAILED;
        }
    }

    private static Path defaultDirectory() {
        final String time = DateTimeFormatter.ofPattern("yyyyMMdd-HHmmss").format(LocalDateTime.now(ZoneOffset.UTC));
        return Path.of("aegis-demo", time);
    }

    private static void live(Path home, Path directory, long liveMs) throws IOException, InterruptedException {
        try (ChildProgram exchange = ChildProgram.start(
                home, directory, "exchange", List.of("serve", "--synthetic", "--port=0", "--rate=400", "--seed=42"))) {
            final String ready = exchange.awaitLine("serving ws://", START_LIMIT_SECONDS);
            final String url = ready.substring(ready.indexOf("ws://")).trim();
            say("a synthetic Coinbase serves %s (process %d)", url, exchange.pid());
            recordAndTrade(home, directory, url, liveMs);
            exchange.stop();
        }
    }

    private static void recordAndTrade(Path home, Path directory, String url, long liveMs)
            throws IOException, InterruptedException {
        final String journal = directory.resolve("journal").toString();
        final List<String> trade = new ArrayList<>(List.of(
                "trade",
                "--journal",
                journal,
                "--out",
                directory.resolve("live").toString()));
        trade.addAll(TRADER_SETTINGS);
        trade.add("--until-idle=2s");
        try (ChildProgram recorder = ChildProgram.start(
                        home,
                        directory,
                        "recorder",
                        List.of("record", "--product", PRODUCTS, "--url", url, "--journal", journal));
                ChildProgram trader = ChildProgram.start(home, directory, "trader", trade)) {
            recorder.awaitLine("recording", START_LIMIT_SECONDS);
            say("a recorder writes %s (process %d)", journal, recorder.pid());
            trader.awaitLine("trading", START_LIMIT_SECONDS);
            say("a trader tails it and trades on paper (process %d), for %.0f s …", trader.pid(), liveMs / 1e3);
            Thread.sleep(liveMs);
            recorder.stop();
            say("the recorder has stopped; the trader ends when the journal is quiet");
            trader.awaitEnd(END_LIMIT_SECONDS);
        }
    }

    private static void replay(Path home, Path directory) throws IOException, InterruptedException {
        say("a replayer repeats the live run from the journal …");
        try (ChildProgram replayer = ChildProgram.start(
                home,
                directory,
                "replayer",
                List.of(
                        "replay",
                        "--journal",
                        directory.resolve("journal").toString(),
                        "--run",
                        directory.resolve("live").toString(),
                        "--out",
                        directory.resolve("replay").toString()))) {
            final int exitCode = replayer.awaitExitCode(END_LIMIT_SECONDS);
            if (exitCode != Program.DONE
                    && !Files.exists(directory.resolve("replay").resolve("summary.json"))) {
                throw new DemoFailedException(
                        "replayer ended with exit code " + exitCode + ", see " + directory.resolve("replayer.log"));
            }
        }
    }

    /** What the two runs must show, or the demo has shown nothing. */
    private static int check(Path directory) {
        final RunSummary live = RunSummary.read(directory.resolve("live").resolve("summary.json"));
        final RunSummary replay = RunSummary.read(directory.resolve("replay").resolve("summary.json"));
        final RunSummary.Decisions decisions = live.decisions();
        final long refusals = decisions.refusals().values().stream()
                .mapToLong(Long::longValue)
                .sum();
        say("");
        say(
                "live:   %d records, %d steps, %d decisions: %d entries, %d exits, %d refusals, %d orders over several levels",
                live.range().records(),
                live.steps(),
                decisions.total(),
                decisions.entries(),
                decisions.exits(),
                refusals,
                decisions.multiLevelOrders());
        final LatencyFigures reaction = live.latency().get("Receive");
        if (reaction != null) {
            say(
                    "        reception to decision: p50 %.1f µs, p99 %.1f µs, max %.1f µs (a cold JVM's first second included; the machine's own noise: p99 %.1f µs)",
                    reaction.p50Ns() / 1e3,
                    reaction.p99Ns() / 1e3,
                    reaction.maxNs() / 1e3,
                    live.noiseFloor().p99Ns() / 1e3);
        }
        say("        digest %s", live.digest().value());
        say(
                "replay: %d records, %d decisions",
                replay.range().records(), replay.decisions().total());
        say("        digest %s", replay.digest().value());
        final boolean enough = decisions.total() >= MIN_DECISIONS
                && decisions.entries() > 0
                && decisions.exits() > 0
                && refusals > 0
                && decisions.multiLevelOrders() > 0;
        final boolean equal = live.digest().value().equals(replay.digest().value());
        say("");
        say(
                equal
                        ? "The replay took the same decisions and has the same books."
                        : "THE REPLAY DIFFERS FROM THE LIVE RUN.");
        if (!enough) {
            say("But the run decided too little to prove anything: try --duration 40s.");
        }
        say("Everything is in %s: journal/, live/, replay/ and the programs' logs.", directory);
        say("Next: ./aegis inspect --journal %s/journal --verify", directory);
        return equal && enough ? Program.DONE : Program.FAILED;
    }

    private static void say(String format, Object... values) {
        System.out.println(String.format(java.util.Locale.ROOT, format, values));
    }
}
