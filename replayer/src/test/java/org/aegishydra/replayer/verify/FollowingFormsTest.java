package org.aegishydra.replayer.verify;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.aegishydra.core.journal.Journal;
import org.aegishydra.core.journal.JournalFormat;
import org.aegishydra.core.run.FeedWriter;
import org.aegishydra.core.run.SwingingMarket;
import org.aegishydra.replayer.Pace;
import org.aegishydra.replayer.ReplayRange;
import org.aegishydra.replayer.ReplaySession;
import org.aegishydra.replayer.Waiting;
import org.aegishydra.trader.TradingSettings;
import org.aegishydra.trader.paper.RiskSettings;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Whoever writes the rows of a run, inline or beside it: the rows are the same. */
class FollowingFormsTest {
    private static final ObjectMapper JSON = new ObjectMapper();

    /** As many as that every form writes its log, state and trades several times. */
    private static final int MESSAGES = 2300;

    @TempDir
    Path directory;

    private Journal journal;

    @BeforeEach
    void record() {
        journal = Journal.create(directory.resolve("market"), JournalFormat.RUN);
        try (FeedWriter feed = new FeedWriter(journal).connect()) {
            final SwingingMarket btc = new SwingingMarket(feed, "BTC-USD", 1).snapshot();
            final SwingingMarket eth = new SwingingMarket(feed, "ETH-USD", 2).snapshot();
            for (int i = 0; i < MESSAGES / 2; i++) {
                btc.run(1);
                eth.run(1);
            }
        }
    }

    static TradingSettings settings() {
        return new TradingSettings(
                "order-flow",
                Map.of("order-value", "1500", "hold-ms", "50"),
                1,
                100_000,
                0,
                3,
                new RiskSettings(6, 5, 10_000),
                List.of(),
                1,
                5,
                false);
    }

    private Trial run(String variant) {
        try (ReplaySession session = new ReplaySession(
                journal.tailer(), new ReplayRange(1, Long.MAX_VALUE / 2), Pace.MAX, Waiting.SPIN, () -> false)) {
            return VariantEngine.run(Variant.parse(variant), settings(), session, directory.resolve(variant));
        }
    }

    private List<String> withoutLatency(String variant, String product) throws IOException {
        final List<String> rows = new ArrayList<>();
        for (final String row : Files.readAllLines(file(variant, product, "paper_log.csv"))) {
            rows.add(row.substring(0, row.lastIndexOf(',')));
        }
        return rows;
    }

    private Path file(String variant, String product, String name) {
        return directory.resolve(variant).resolve(product).resolve(name);
    }

    private JsonNode state(String variant, String product) throws IOException {
        final JsonNode state =
                JSON.readTree(file(variant, product, "paper_state.json").toFile());
        state.forEach(row -> ((ObjectNode) row).remove("latency"));
        return state;
    }

    @Test
    void shouldWriteTheSameRowsInEveryForm() throws IOException {
        final Trial aegis = run("aegis");
        assertTrue(aegis.decisions().fills() > 100);
        for (final String variant : List.of("legacy", "seed", "aegis-1", "legacy+1", "legacy+4", "aegis-4")) {
            final Trial trial = run(variant);
            assertEquals(aegis.digest(), trial.digest(), variant);
            assertEquals(aegis.decisions(), trial.decisions(), variant);
            assertEquals(MESSAGES + 2, trial.loop().count(), variant);
            for (final String product : List.of("BTC-USD", "ETH-USD")) {
                assertTrue(withoutLatency("aegis", product).equals(withoutLatency(variant, product)), variant);
                assertEquals(
                        -1,
                        Files.mismatch(
                                file("aegis", product, "paper_trades.csv"), file(variant, product, "paper_trades.csv")),
                        variant);
                assertTrue(state("aegis", product).equals(state(variant, product)), variant);
            }
        }
    }
}
