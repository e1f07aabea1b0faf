package org.aegishydra.trader;

import java.io.IOException;
import java.nio.file.Path;
import org.aegishydra.core.journal.Journal;
import org.aegishydra.core.journal.JournalFormat;
import org.aegishydra.core.run.RunFolder;

/**
 * Runs the engine before the first live record, so that this one finds compiled code and a heap that has its size:
 * whole runs, with journals, scribe and checkpoints, over the beginning of the journal again and again, or over a
 * made-up market where the journal has little. They write to a temporary folder, which is deleted, and their engines
 * are dropped: a run's own begins with nothing.
 */
final class WarmUp {
    /** A pass over fewer records would be about beginning and ending a run. */
    private static final long SHORTEST_PASS_RECORDS = 5_000;

    private static final String SOME_PRODUCT = "BTC-USD";

    private final TradingSettings settings;
    private final long records;
    private final Path folder;
    private long handled;
    private long decisions;
    private int passes;

    private WarmUp(TradingSettings settings, long records, Path folder) {
        this.settings = settings;
        this.records = records;
        this.folder = folder;
    }

    /**
     * What was run.
     *
     * @param records that were handled.
     * @param decisions that they led to.
     */
    record Outcome(long records, long decisions) {}

    /**
     * Runs until so many records were handled.
     *
     * @param journal where the first ones come from.
     * @throws IOException if the temporary folder cannot be made.
     */
    static Outcome run(TradingSettings settings, Journal journal, long records) throws IOException {
        try (TemporaryFolder folder = TemporaryFolder.create("aegis-warm-up-")) {
            final WarmUp warmUp = new WarmUp(settings, records, folder.path());
            warmUp.run(journal);
            // What the passes leave behind is not to be collected while there is something to trade.
            System.gc();
            return new Outcome(warmUp.handled, warmUp.decisions);
        }
    }

    private void run(Journal journal) {
        Journal source = journal;
        long pass = pass(source);
        if (pass < Math.min(SHORTEST_PASS_RECORDS, records)) {
            source = Journal.create(folder.resolve("market"), JournalFormat.RUN);
            final String product = settings.products().isEmpty()
                    ? SOME_PRODUCT
                    : settings.products().get(0);
            WarmUpMarket.write(source, product, (int) SHORTEST_PASS_RECORDS);
        }
        while (handled < records && pass > 0) {
            pass = pass(source);
        }
    }

    /** One run from the source's first record on. Returns how many records it handled. */
    private long pass(Journal source) {
        final RunFolder runFolder = RunFolder.create(folder.resolve("pass" + ++passes));
        try (LiveTail tail = new LiveTail(source.tailer());
                TradingRun run = new TradingRun(runFolder, settings, tail, ControlSource.NONE, null)) {
            final TradingEngine engine = run.engine();
            int work;
            do {
                work = engine.doWork();
            } while (work > 0 && handled + engine.recordCount() < records);
            run.checkpoint();
            run.finish("warm-up", "max", source.directory().toString(), "warmed up");
            handled += engine.recordCount();
            decisions += run.decisionCount();
            return engine.recordCount();
        }
    }
}
