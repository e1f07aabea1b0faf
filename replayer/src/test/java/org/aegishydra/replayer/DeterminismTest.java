package org.aegishydra.replayer;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import org.aegishydra.core.command.JvmFlags;
import org.aegishydra.core.journal.Journal;
import org.aegishydra.core.journal.JournalAppender;
import org.aegishydra.core.journal.JournalFormat;
import org.aegishydra.core.run.RunSummary;
import org.aegishydra.recorder.ImportMain;
import org.aegishydra.recorder.RecordMain;
import org.aegishydra.replayer.synthetic.SyntheticProduct;
import org.aegishydra.replayer.synthetic.SyntheticRecording;
import org.aegishydra.replayer.synthetic.SyntheticSettings;
import org.aegishydra.trader.TradeMain;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * One digest, whatever plays the day: how often, how fast, on which Java, with which heap and collector, through another
 * journal, live. Each run is a JVM of its own. {@code -Daegis.determinism=long} plays a synthetic hour and more of
 * everything; give {@code -Daegis.child.limit.seconds=1200} with it.
 */
class DeterminismTest {
    private static final boolean LONG = "long".equals(System.getProperty("aegis.determinism"));
    private static final int RUNS_AT_MAX = LONG ? 20 : 2;
    private static final double MARKET_SECONDS = LONG ? 3600 : 60;

    /** Longer than a busy machine stands still. */
    private static final String IDLE = "6s";

    private static final int LEAST_DECISIONS = LONG ? 1_000 : 500;

    private static final List<OwnJvm> JVMS = List.of(
            OwnJvm.with("Serial, 96 MB", "-XX:+UseSerialGC", "-Xmx96m"),
            OwnJvm.with("G1, 512 MB", "-XX:+UseG1GC", "-Xmx512m"),
            OwnJvm.with("ZGC, 512 MB", "-XX:+UseZGC", "-Xmx512m"),
            OwnJvm.with("Epsilon, 1 GB", "-XX:+UnlockExperimentalVMOptions", "-XX:+UseEpsilonGC", "-Xmx1g"));

    @TempDir
    static Path directory;

    private static Path synthetic;
    private int runs;

    @BeforeAll
    static void makeMarket() {
        synthetic = directory.resolve("synthetic");
        try (JournalAppender appender =
                Journal.create(synthetic, JournalFormat.MARKET).appender()) {
            new SyntheticRecording(
                            appender,
                            new SyntheticSettings(
                                    7,
                                    List.of(SyntheticProduct.parse("BTC-USD"), SyntheticProduct.parse("ETH-USD")),
                                    1_786_276_800_000_000_000L,
                                    (long) (MARKET_SECONDS * 1e9),
                                    200,
                                    5_000))
                    .write("test", ns -> {}, () -> false);
        }
    }

    /** The capture of a real feed as a journal, where it is beside the checkout. */
    private static Path capture() {
        final Path file =
                JvmFlags.aegisHome().toAbsolutePath().resolve("../shared/data/advanced-trade-2026-08-09.jsonl.gz");
        assumeTrue(file.toFile().exists(), () -> "no capture at " + file);
        final Path journal = directory.resolve("capture");
        if (!Journal.exists(journal)) {
            final ProgramRun imported =
                    ProgramRun.of(new ImportMain(), file.toString(), "--journal", journal.toString());
            assertEquals(0, imported.exitCode(), imported.errors());
        }
        return journal;
    }

    private RunSummary replay(Path journal, OwnJvm jvm, String... options) throws Exception {
        final Path run = directory.resolve("run" + System.nanoTime());
        final List<String> arguments =
                new ArrayList<>(List.of("--journal", journal.toString(), "--out", run.toString(), "--steps", "none"));
        arguments.addAll(BusyTrading.OPTIONS);
        arguments.addAll(BusyTrading.TIMELY);
        arguments.addAll(List.of(options));
        try (ChildJvm replayer = ChildJvm.start(directory, jvm, ReplayMain.class, arguments.toArray(String[]::new))) {
            assertEquals(0, replayer.exitCode(), replayer.errors());
        }
        return RunSummary.read(run.resolve("summary.json"));
    }

    private void assertSame(String what, RunSummary expected, RunSummary found) {
        runs++;
        System.out.printf(
                Locale.ROOT,
                "%-14s digest %s  %s%n",
                what,
                found.digest().value(),
                Path.of(found.journal()).getFileName());
        assertEquals(expected.digest(), found.digest(), what);
        assertEquals(expected.decisions(), found.decisions(), what);
        assertEquals(expected.products(), found.products(), what);
    }

    private static void assertDecidesEnough(RunSummary run) {
        final RunSummary.Decisions counts = run.decisions();
        System.out.println(Path.of(run.journal()).getFileName() + ": " + counts);
        assertTrue(
                counts.total() >= LEAST_DECISIONS
                        && counts.entries() > 10
                        && counts.exits() > 10
                        && counts.partialFills() > 0
                        && !counts.refusals().isEmpty(),
                counts::toString);
    }

    private void shouldHaveOneDigest(Path journal, List<String> paces, List<OwnJvm> jvms, String handOverPace)
            throws Exception {
        final RunSummary expected = replay(journal, OwnJvm.HERE);
        assertDecidesEnough(expected);
        for (int i = 1; i < RUNS_AT_MAX; i++) {
            assertSame("max", expected, replay(journal, OwnJvm.HERE));
        }
        for (final String pace : paces) {
            assertSame(pace, expected, replay(journal, OwnJvm.HERE, "--pace", pace));
        }
        for (final OwnJvm jvm : jvms) {
            assertSame(jvm.name(), expected, replay(journal, jvm));
        }
        final OwnJvm later = OwnJvm.ofVersion("25");
        if (later != null) {
            assertSame(later.name(), expected, replay(journal, later));
        }
        assertSame("into, live", expected, tradeWhatIsHandedOver(journal, handOverPace));
        assertTrue(runs >= RUNS_AT_MAX + paces.size() + jvms.size());
    }

    /** One JVM hands the records over into another journal, a second one trades that as it would trade a recorder's. */
    private RunSummary tradeWhatIsHandedOver(Path journal, String pace) throws Exception {
        final Path into = directory.resolve("into" + System.nanoTime());
        final Path run = directory.resolve("run" + System.nanoTime());
        final List<String> arguments =
                new ArrayList<>(List.of("--journal", into.toString(), "--out", run.toString(), "--until-idle", IDLE));
        arguments.addAll(BusyTrading.OPTIONS);
        arguments.addAll(BusyTrading.TIMELY);
        try (ChildJvm trader = ChildJvm.start(directory, TradeMain.class, arguments.toArray(String[]::new))) {
            trader.await("the wait for a journal", () -> trader.errors().contains("waiting for a recorder"));
            try (ChildJvm replayer = ChildJvm.start(
                    directory,
                    ReplayMain.class,
                    "--journal",
                    journal.toString(),
                    "--into",
                    into.toString(),
                    "--pace",
                    pace)) {
                assertEquals(0, replayer.exitCode(), replayer.errors());
            }
            assertEquals(0, trader.exitCode(), trader.errors());
        }
        return RunSummary.read(run.resolve("summary.json"));
    }

    @Test
    void shouldHaveOneDigestOfASyntheticMarket() throws Exception {
        shouldHaveOneDigest(synthetic, LONG ? List.of("100x", "10x") : List.of("30x"), JVMS, LONG ? "20x" : "15x");
    }

    @Test
    void shouldHaveOneDigestOfACapture() throws Exception {
        shouldHaveOneDigest(
                capture(),
                LONG ? List.of("100x", "10x", "1x") : List.of("20x"),
                LONG ? JVMS : List.of(JVMS.get(JVMS.size() - 1)),
                LONG ? "1x" : "10x");
    }

    @Test
    void shouldDecideLiveWhatTheReplayOfTheRecordingDecides() throws Exception {
        liveAgainstReplay(synthetic, LONG ? "10x" : "20x", "BTC-USD,ETH-USD");
    }

    @Test
    void shouldDecideLiveOnACaptureWhatTheReplayOfTheRecordingDecides() throws Exception {
        assumeTrue(LONG, "the synthetic market goes the same way");
        liveAgainstReplay(capture(), "1x", "BTC-USD,ETH-USD");
    }

    /** A server plays the journal, a recorder records it, a trader trades what is recorded: three JVMs, then the replay. */
    private void liveAgainstReplay(Path served, String pace, String products) throws Exception {
        final Path recorded = directory.resolve("recorded" + System.nanoTime());
        final Path run = directory.resolve("live" + System.nanoTime());
        final List<String> trade = new ArrayList<>(
                List.of("--journal", recorded.toString(), "--out", run.toString(), "--until-idle", IDLE));
        trade.addAll(BusyTrading.OPTIONS);
        trade.addAll(BusyTrading.AT_ANY_TIME);
        try (ChildJvm trader = ChildJvm.start(directory, TradeMain.class, trade.toArray(String[]::new));
                ChildJvm server = ChildJvm.start(
                        directory,
                        ServeMain.class,
                        "--journal",
                        served.toString(),
                        "--port",
                        "0",
                        "--pace",
                        pace,
                        "--once")) {
            trader.await("the wait for a journal", () -> trader.errors().contains("waiting for a recorder"));
            server.await("the server", () -> server.output().contains("serving "));
            final String url = server.output().lines().findFirst().orElseThrow().substring("serving ".length());
            try (ChildJvm recorder = ChildJvm.start(
                    directory,
                    RecordMain.class,
                    "--product",
                    products,
                    "--url",
                    url,
                    "--journal",
                    recorded.toString())) {
                assertEquals(0, server.exitCode(), server.errors());
                recorder.terminate();
                assertEquals(0, recorder.exitCode(), recorder.errors());
            }
            assertEquals(0, trader.exitCode(), trader.errors());
        }
        assertDecidesEnough(RunSummary.read(run.resolve("summary.json")));
        try (ChildJvm replayer = ChildJvm.start(
                directory, ReplayMain.class, "--journal", recorded.toString(), "--run", run.toString())) {
            assertEquals(0, replayer.exitCode(), replayer.errors());
            assertTrue(replayer.errors().contains("same digest as"), replayer.errors());
        }
    }
}
