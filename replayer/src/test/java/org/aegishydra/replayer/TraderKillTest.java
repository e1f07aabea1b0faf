package org.aegishydra.replayer;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;
import org.aegishydra.core.journal.Journal;
import org.aegishydra.core.journal.JournalAppender;
import org.aegishydra.core.journal.JournalFormat;
import org.aegishydra.core.run.RunFolder;
import org.aegishydra.core.run.RunSummary;
import org.aegishydra.replayer.synthetic.SyntheticProduct;
import org.aegishydra.replayer.synthetic.SyntheticRecording;
import org.aegishydra.replayer.synthetic.SyntheticSettings;
import org.aegishydra.trader.TradeMain;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * A trader in a JVM of its own is killed with SIGKILL at random moments while it trades, and goes on with
 * {@code --from checkpoint}: at the end each decision is there once, as if it had never been killed.
 * {@code -Daegis.trader.kills=50} sets how often, {@code -Daegis.seed=…} the seed of the moments.
 */
class TraderKillTest {
    private static final int KILLS = Integer.getInteger("aegis.trader.kills", 3);
    private static final long SEED = Long.getLong("aegis.seed", System.nanoTime());

    /** Often, so that checkpoints are killed in the making too. */
    private static final String CHECKPOINT_EVERY = "20ms";

    private static final int LONGEST_LIFE_MS = 200;

    /** So much that no machine has traded all of it before the last kill. */
    private static final long SECONDS_PER_KILL = 150;

    @TempDir
    Path directory;

    @Test
    void shouldDecideEachThingOnceHoweverOftenItIsKilled() throws Exception {
        final SplittableRandom random = new SplittableRandom(SEED);
        final Path market = directory.resolve("market");
        try (JournalAppender appender =
                Journal.create(market, JournalFormat.MARKET).appender()) {
            new SyntheticRecording(appender, settings()).write("test", ns -> {}, () -> false);
        }
        final RunFolder run = new RunFolder(directory.resolve("run"));
        int withoutAnother = 0;
        int decided = 0;
        for (int kill = 0; kill < KILLS; kill++) {
            try (ChildJvm trader = trade("--checkpoint-every", CHECKPOINT_EVERY)) {
                trader.await("the start", () -> trader.errors().contains("trading "));
                if (random.nextBoolean()) {
                    // Else one that goes on from the first record might never come to where it was.
                    trader.await("a checkpoint", run.checkpoint()::exists);
                }
                Thread.sleep(random.nextInt(LONGEST_LIFE_MS));
                // Closing it kills it.
            }
            final int before = decided;
            decided = run.hasRun() ? DecisionBytes.of(run).size() : 0;
            withoutAnother += decided == before ? 1 : 0;
            if (random.nextInt(5) == 0) {
                // The next one goes on from the first record, and may be killed while it repeats.
                Files.deleteIfExists(run.checkpoint().path());
            }
        }
        final int atTheLastKill = decided;
        try (ChildJvm trader = trade("--until-idle", "500ms")) {
            assertEquals(0, trader.exitCode(), trader.errors());
        }
        System.out.println("killed " + KILLS + " times (seed " + SEED + "), " + withoutAnother
                + " of them before it had come to another decision; " + atTheLastKill + " of "
                + DecisionBytes.of(run).size() + " decisions were taken by then");
        assertTrue(atTheLastKill < DecisionBytes.of(run).size(), "it was to be killed while it traded");
        compareWithReplay(market, run);
    }

    private static SyntheticSettings settings() {
        return new SyntheticSettings(
                17,
                List.of(SyntheticProduct.parse("BTC-USD"), SyntheticProduct.parse("ETH-USD")),
                1_786_276_800_000_000_000L,
                SECONDS_PER_KILL * 1_000_000_000L * (KILLS + 2),
                200,
                1_000);
    }

    private ChildJvm trade(String... options) throws IOException {
        final List<String> arguments = new ArrayList<>(List.of(
                "--journal",
                directory.resolve("market").toString(),
                "--out",
                directory.resolve("run").toString(),
                "--from",
                "checkpoint"));
        arguments.addAll(BusyTrading.OPTIONS);
        arguments.addAll(BusyTrading.TIMELY);
        arguments.addAll(List.of(options));
        return ChildJvm.start(directory, TradeMain.class, arguments.toArray(String[]::new));
    }

    private void compareWithReplay(Path market, RunFolder run) throws IOException {
        final Path replayed = directory.resolve("replayed");
        final List<String> arguments =
                new ArrayList<>(List.of("--journal", market.toString(), "--out", replayed.toString()));
        arguments.addAll(BusyTrading.OPTIONS);
        arguments.addAll(BusyTrading.TIMELY);
        final ProgramRun replay = ProgramRun.of(new ReplayMain(), arguments.toArray(String[]::new));
        assertEquals(0, replay.exitCode(), replay.errors());
        final RunSummary expected = RunSummary.read(replayed.resolve("summary.json"));
        final RunSummary found = RunSummary.read(run.summary());
        assertEquals(expected.digest(), found.digest());
        assertEquals(expected.decisions(), found.decisions());
        assertEquals(expected.products(), found.products());
        assertEquals(expected.steps(), found.steps());
        final List<String> expectedBytes = DecisionBytes.of(new RunFolder(replayed));
        final List<String> foundBytes = DecisionBytes.of(run);
        for (int i = 0; i < Math.min(expectedBytes.size(), foundBytes.size()); i++) {
            assertEquals(expectedBytes.get(i), foundBytes.get(i), "decision " + i);
        }
        assertEquals(expectedBytes.size(), foundBytes.size());
        assertTrue(expected.decisions().entries() > 20, expected.decisions()::toString);
        for (final String product : List.of("BTC-USD", "ETH-USD")) {
            assertEquals(withoutLatency(replayed, product), withoutLatency(run.directory(), product));
        }
    }

    /** The rows of the log, each step once, without the last column. */
    private static List<String> withoutLatency(Path run, String product) throws IOException {
        return Files.readAllLines(run.resolve(product).resolve("paper_log.csv")).stream()
                .map(row -> row.substring(0, row.lastIndexOf(',')))
                .toList();
    }
}
