package org.aegishydra.trader;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import org.aegishydra.core.journal.Journal;
import org.aegishydra.core.journal.JournalFormat;
import org.aegishydra.core.journal.JournalTailer;
import org.aegishydra.core.run.FeedWriter;
import org.aegishydra.core.run.RunFolder;
import org.aegishydra.core.run.SwingingMarket;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class PopulatedRunTest {
    private static final long PATIENCE_NS = TimeUnit.SECONDS.toNanos(60);

    @TempDir
    Path directory;

    @Test
    void shouldHaveThePagesOfItsJournalsBroughtInAndDecideTheSame() {
        final Journal market = Journal.create(directory.resolve("market"), JournalFormat.RUN);
        try (FeedWriter feed = new FeedWriter(market).connect()) {
            new SwingingMarket(feed, "BTC-USD", 1).snapshot().run(400);
        }
        final TradingSettings settings = EngineRun.settings(EngineRun.BUSY);
        final EngineRun plain = EngineRun.over(market, directory.resolve("plain"), settings);
        final List<String> said = new CopyOnWriteArrayList<>();
        final RunFolder folder = RunFolder.create(directory.resolve("populated"));
        try (JournalTailer tailer = market.tailer();
                TradingRun run = new TradingRun(folder, settings, tailer, ControlSource.NONE, null)) {
            run.populateAhead(said::add);
            int handled;
            do {
                handled = run.engine().doWork();
            } while (handled > 0);
            final long deadlineNs = System.nanoTime() + PATIENCE_NS;
            // Steps are written when there is nothing else to do.
            run.checkpoint();
            while (!run.isPopulatedAhead() && said.isEmpty()) {
                assertTrue(System.nanoTime() - deadlineNs < 0, "nothing is populated");
                LockSupport.parkNanos(1_000_000);
            }
            assumeTrue(said.isEmpty(), () -> "this kernel cannot: " + said);
            final EngineRun populated = new EngineRun(folder, run.finish("live", "live", "market", "end of test"));
            assertEquals(plain.decisionBytes(), populated.decisionBytes());
            assertEquals(plain.summary().digest(), populated.summary().digest());
        }
    }
}
