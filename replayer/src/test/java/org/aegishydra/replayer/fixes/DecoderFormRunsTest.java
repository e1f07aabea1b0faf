package org.aegishydra.replayer.fixes;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.aegishydra.core.coinbase.MessageKind;
import org.aegishydra.core.command.JvmFlags;
import org.aegishydra.core.journal.Journal;
import org.aegishydra.core.journal.JournalAppender;
import org.aegishydra.core.journal.JournalFormat;
import org.aegishydra.core.run.FeedWriter;
import org.aegishydra.core.run.SwingingMarket;
import org.aegishydra.recorder.ImportMain;
import org.aegishydra.replayer.ProgramRun;
import org.aegishydra.replayer.synthetic.SyntheticProduct;
import org.aegishydra.replayer.synthetic.SyntheticRecording;
import org.aegishydra.replayer.synthetic.SyntheticSettings;
import org.aegishydra.trader.TradingSettings;
import org.aegishydra.trader.paper.RiskSettings;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Whole runs by the forms of fix 8: the same decisions on whatever a feed sends in its usual form. */
class DecoderFormRunsTest {
    private static final long START_NS = 1_786_276_800_000_000_000L;
    private static final long SECOND_NS = 1_000_000_000L;

    @TempDir
    Path directory;

    /** With these, the synthetic market and the captures bring decisions. */
    private static TradingSettings busy() {
        return new TradingSettings(
                "order-flow",
                Map.of(
                        "threshold-bps",
                        "0",
                        "reach-bps",
                        "2",
                        "hold-ms",
                        "0",
                        "exit-bps",
                        "1",
                        "order-value",
                        "100000"),
                1,
                1_000_000,
                0,
                0.2,
                new RiskSettings(20, 20, 1_000_000),
                List.of(),
                1,
                5,
                false);
    }

    private void shouldDecideAlike(Journal journal, long leastDecisions) {
        final FormRun aegis = FormRun.of(journal, "aegis", directory.resolve("aegis"), busy());
        assertTrue(
                aegis.decisions().total() >= leastDecisions,
                () -> aegis.decisions().toString());
        assertEquals(0L, aegis.kinds().get(MessageKind.MALFORMED));
        for (final String variant : List.of("legacy", "legacy+8", "aegis-8", "seed")) {
            final FormRun run = FormRun.of(journal, variant, directory.resolve(variant), busy());
            assertEquals(aegis.digest(), run.digest(), variant);
            assertEquals(aegis.decisions(), run.decisions(), variant);
            assertEquals(aegis.kinds(), run.kinds(), variant);
        }
    }

    @Test
    void shouldDecideAlikeOnTheSyntheticMarket() {
        final Journal journal = Journal.create(directory.resolve("market"), JournalFormat.MARKET);
        try (JournalAppender appender = journal.appender()) {
            new SyntheticRecording(
                            appender,
                            new SyntheticSettings(
                                    7,
                                    List.of(SyntheticProduct.parse("BTC-USD"), SyntheticProduct.parse("ETH-USD")),
                                    START_NS,
                                    20 * SECOND_NS,
                                    200,
                                    1_000))
                    .write("test", ns -> {}, () -> false);
        }
        shouldDecideAlike(journal, 50);
    }

    @ParameterizedTest
    @ValueSource(strings = {"advanced-trade-2026-08-09.jsonl.gz", "exchange-2021-04-17.cryptofeed.gz"})
    void shouldDecideAlikeOnACapture(String name) {
        final Path file =
                JvmFlags.aegisHome().toAbsolutePath().resolve("../shared/data").resolve(name);
        assumeTrue(Files.exists(file), () -> "no capture at " + file);
        final Path journal = directory.resolve("market");
        final ProgramRun imported = ProgramRun.of(new ImportMain(), file.toString(), "--journal", journal.toString());
        assertEquals(0, imported.exitCode(), imported.errors());
        shouldDecideAlike(Journal.open(journal), 10);
    }

    /** The feed may put a space where it has put none so far; a JSON reader does not care. */
    @Test
    void shouldDecideOtherwiseInSeedWhenAMessageIsSkipped() {
        final Journal journal = Journal.create(directory.resolve("market"), JournalFormat.RUN);
        try (FeedWriter feed = new FeedWriter(journal).connect()) {
            final SwingingMarket market =
                    new SwingingMarket(feed, "BTC-USD", 1).snapshot().run(100);
            feed.raw(
                            "{\"channel\": \"l2_data\",\"timestamp\":\"2026-08-09T12:00:01.0Z\",\"sequence_num\":101,"
                                    + "\"events\":[{\"type\":\"update\",\"product_id\":\"BTC-USD\",\"updates\":[{\"side\":\"bid\","
                                    + "\"event_time\":\"2026-08-09T12:00:01.0Z\",\"price_level\":\"95\",\"new_quantity\":\"1\"}]}]}")
                    .loseOneMessage();
            market.run(300);
        }
        final FormRun aegis = FormRun.of(journal, "aegis", directory.resolve("aegis"));
        final FormRun before = FormRun.of(journal, "legacy", directory.resolve("legacy"));
        final FormRun seed = FormRun.of(journal, "seed", directory.resolve("seed"));
        assertEquals(aegis.digest(), before.digest());
        assertEquals(0L, aegis.kinds().get(MessageKind.UNKNOWN));
        assertEquals(1L, seed.kinds().get(MessageKind.UNKNOWN));
        assertNotEquals(aegis.digest(), seed.digest());
        assertTrue(
                seed.decisions().fills() < aegis.decisions().fills(),
                "the hole in the sequence blinds the book from the next message on");
    }
}
