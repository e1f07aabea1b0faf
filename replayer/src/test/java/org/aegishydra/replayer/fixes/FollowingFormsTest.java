package org.aegishydra.replayer.fixes;

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
import org.aegishydra.core.journal.Journal;
import org.aegishydra.core.journal.JournalFormat;
import org.aegishydra.core.run.FeedWriter;
import org.aegishydra.core.run.SwingingMarket;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Whatever form each part has: a run decides alike and leaves the same rows, trades and state. */
class FollowingFormsTest {
    private static final ObjectMapper JSON = new ObjectMapper();

    /** As many as that every form writes its log, state and trades several times. */
    private static final int MESSAGES = 2300;

    @TempDir
    static Path directory;

    private static Journal journal;
    private static FormRun aegis;

    @BeforeAll
    static void record() {
        journal = Journal.create(directory.resolve("market"), JournalFormat.RUN);
        try (FeedWriter feed = new FeedWriter(journal).connect()) {
            final SwingingMarket btc = new SwingingMarket(feed, "BTC-USD", 1).snapshot();
            final SwingingMarket eth = new SwingingMarket(feed, "ETH-USD", 2).snapshot();
            for (int i = 0; i < MESSAGES / 2; i++) {
                btc.run(1);
                eth.run(1);
            }
        }
        aegis = FormRun.of(journal, "aegis", directory.resolve("aegis"));
        assertTrue(aegis.decisions().fills() > 100);
        assertEquals(MESSAGES + 2, aegis.steps());
    }

    private static Path file(FormRun run, String product, String name) {
        return run.folder().product(product).resolve(name);
    }

    private static List<String> withoutLatency(FormRun run, String product) throws IOException {
        final List<String> rows = new ArrayList<>();
        for (final String row : Files.readAllLines(file(run, product, "paper_log.csv"))) {
            rows.add(row.substring(0, row.lastIndexOf(',')));
        }
        return rows;
    }

    private static JsonNode state(FormRun run, String product) throws IOException {
        final JsonNode state =
                JSON.readTree(file(run, product, "paper_state.json").toFile());
        state.forEach(row -> ((ObjectNode) row).remove("latency"));
        return state;
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "legacy",
                "seed",
                "legacy+1",
                "legacy+2",
                "legacy+3",
                "legacy+4",
                "legacy+5",
                "legacy+6",
                "legacy+7",
                "legacy+8",
                "aegis-1",
                "aegis-2",
                "aegis-3",
                "aegis-4",
                "aegis-6",
                "aegis-7",
                "aegis-8"
            })
    void shouldDecideAlikeAndWriteTheSameRows(String variant) throws IOException {
        final FormRun run = FormRun.of(journal, variant, directory.resolve(variant));
        assertEquals(aegis.digest(), run.digest());
        assertEquals(aegis.decisions(), run.decisions());
        assertEquals(aegis.steps(), run.steps());
        assertEquals(aegis.kinds(), run.kinds());
        assertEquals(0, run.backlog());
        for (final String product : List.of("BTC-USD", "ETH-USD")) {
            assertEquals(withoutLatency(aegis, product), withoutLatency(run, product));
            assertEquals(
                    -1,
                    Files.mismatch(file(aegis, product, "paper_trades.csv"), file(run, product, "paper_trades.csv")));
            assertEquals(state(aegis, product), state(run, product));
        }
    }
}
