package org.aegishydra.trader;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.aegishydra.core.journal.Journal;
import org.aegishydra.core.journal.JournalFormat;
import org.aegishydra.core.journal.RecordKind;
import org.aegishydra.core.run.DecisionType;
import org.aegishydra.core.run.FeedWriter;
import org.aegishydra.core.run.RunSummary;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A run over a recording with losses: nothing is traded on a book that missed something, and the summary says for how long. */
class BlindRunTest {
    private static final String BTC = "BTC-USD";
    private static final String ETH = "ETH-USD";
    private static final String[] BOOK = {"bid 100.01 50", "offer 100.03 50"};

    @TempDir
    Path directory;

    private EngineRun run() {
        final Journal market = Journal.create(directory.resolve("market"), JournalFormat.RUN);
        try (FeedWriter feed = new FeedWriter(market).connect()) {
            feed.snapshot(BTC, BOOK).snapshot(ETH, BOOK);
            feed.afterMs(10).update(BTC, "bid 100.01 51").update(ETH, "bid 100.01 51");
            feed.afterMs(10).fact(RecordKind.GAP, Map.of("channel", "l2_data", "expected", 9, "got", 11));
            feed.afterMs(100).update(BTC, "bid 100.01 52").update(ETH, "bid 100.01 52");
            feed.afterMs(400).snapshot(BTC, BOOK);
            feed.afterMs(500).update(ETH, "bid 100.01 53").update(BTC, "bid 100.01 53");
            feed.afterMs(10).disconnect();
            feed.afterMs(240).reconnect().snapshot(ETH, BOOK).snapshot(BTC, BOOK);
            feed.afterMs(10).update(BTC, "bid 100.01 54");
            feed.afterMs(10).disconnect();
            feed.afterMs(1_000).reconnect();
        }
        return EngineRun.over(
                market,
                directory.resolve("run"),
                EngineRun.settings(
                        "--strategy",
                        EagerStrategy.class.getName(),
                        "--set",
                        "limit=1000",
                        "--max-orders-per-second",
                        "1000",
                        "--max-position-value",
                        "1e9",
                        "--max-feed-latency-ms",
                        "1000"));
    }

    @Test
    void shouldSayForHowLongEachBookWasBlind() {
        final RunSummary summary = run().summary();
        final List<RunSummary.ProductResult> products = summary.products();
        assertEquals(BTC, products.get(0).product());
        // 500 ms from the gap to its snapshot, 240 ms without a connection, and the last second.
        assertEquals(1.740, products.get(0).blindSeconds(), 1e-9);
        assertEquals(3, products.get(0).blindPeriods());
        // From the gap to the second connection, and the last second.
        assertEquals(2.250, products.get(1).blindSeconds(), 1e-9);
        assertEquals(2, products.get(1).blindPeriods());
        assertTrue(SummaryText.of(summary).contains("book waiting for a snapshot, blind for 1.740 s (3×)"));
    }

    @Test
    void shouldRefuseWhatAStrategyWantsOnABlindBookAndOnNoOther() {
        final List<String> decisions = run().decisions(
                        decision -> decision.type() == DecisionType.ORDER || decision.type() == DecisionType.REFUSAL
                                ? decision.type() + " " + decision.productId() + " " + decision.reason()
                                : "");
        assertEquals(
                List.of(
                        "ORDER BTC-USD NONE",
                        "ORDER ETH-USD NONE",
                        "ORDER BTC-USD NONE",
                        "ORDER ETH-USD NONE",
                        "REFUSAL BTC-USD BOOK_NOT_LIVE",
                        "REFUSAL ETH-USD BOOK_NOT_LIVE",
                        "ORDER BTC-USD NONE",
                        "REFUSAL ETH-USD BOOK_NOT_LIVE",
                        "ORDER BTC-USD NONE",
                        "ORDER ETH-USD NONE",
                        "ORDER BTC-USD NONE",
                        "ORDER BTC-USD NONE"),
                decisions.stream().filter(decision -> !decision.isEmpty()).toList());
    }
}
