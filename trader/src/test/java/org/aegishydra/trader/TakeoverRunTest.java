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
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A run over a recording in which one connection replaces another. */
class TakeoverRunTest {
    private static final String BTC = "BTC-USD";
    private static final String[] BOOK = {"bid 100.01 1.5", "offer 100.03 50"};

    @TempDir
    Path directory;

    private Journal overlap() {
        final Journal market = Journal.create(directory.resolve("market"), JournalFormat.RUN);
        try (FeedWriter feed = new FeedWriter(market).connect()) {
            feed.snapshot(BTC, BOOK); // record 3
            feed.afterMs(10).trade(BTC, 1, "BUY", "100.02", "1");
            feed.afterMs(10).reconnect().snapshot(BTC, BOOK);
            feed.afterMs(10).trade(BTC, 2, "BUY", "100.02", "1").trade(BTC, 3, "BUY", "100.02", "1");
            feed.on(1).trade(BTC, 2, "BUY", "100.02", "1"); // record 9
            feed.on(2).update(BTC, "bid 100.01 2.5");
            feed.fact(RecordKind.TAKEOVER, Map.of("products", List.of(BTC), "from_record", 11));
            feed.afterMs(10).on(1).trade(BTC, 3, "BUY", "100.02", "1").update(BTC, "bid 100.01 2.5");
            feed.disconnect();
            feed.afterMs(10).on(2).update(BTC, "bid 100.01 3.5"); // record 15
        }
        return market;
    }

    private EngineRun run(Journal market, String name) {
        return EngineRun.over(
                market,
                directory.resolve(name),
                EngineRun.settings(
                        "--strategy",
                        TapeStrategy.class.getName(),
                        "--max-orders-per-second",
                        "1000",
                        "--max-position-value",
                        "1e9"));
    }

    @Test
    void shouldTellTheStrategyEachTradeOnceAndStepOnlyOnMessagesOfTheAuthoritativeConnection() {
        final EngineRun run = run(overlap(), "run");
        assertEquals(4, run.summary().steps());
        assertEquals(
                List.of("2 4", "3 9", "4 15"),
                run
                        .decisions(decision -> decision.type() == DecisionType.FILL
                                ? decision.step() + " " + decision.marketSequence()
                                : "")
                        .stream()
                        .filter(fill -> !fill.isEmpty())
                        .toList());
        assertTrue(run.summary().products().get(0).live());
    }

    @Test
    void shouldDecideTheSameAgain() {
        final Journal market = overlap();
        final EngineRun first = run(market, "first");
        final EngineRun second = run(market, "second");
        assertEquals(first.decisionBytes(), second.decisionBytes());
        assertEquals(first.summary().digest(), second.summary().digest());
    }
}
