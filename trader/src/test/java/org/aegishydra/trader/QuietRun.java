package org.aegishydra.trader;

import com.sun.management.ThreadMXBean;
import java.lang.management.GarbageCollectorMXBean;
import java.lang.management.ManagementFactory;
import java.nio.file.Path;
import java.util.concurrent.locks.LockSupport;
import org.aegishydra.core.journal.Journal;
import org.aegishydra.core.journal.JournalFormat;
import org.aegishydra.core.journal.JournalTailer;
import org.aegishydra.core.latency.LatencyRecorder;
import org.aegishydra.core.run.FeedWriter;
import org.aegishydra.core.run.RunFolder;
import org.aegishydra.core.run.SwingingMarket;
import org.aegishydra.trader.scribe.Scribe;

/**
 * A market that is traded by one engine, with decisions, steps and a scribe, while what the two threads allocate is counted.
 * Also a program, for a JVM whose collector collects nothing.
 */
final class QuietRun implements AutoCloseable {
    private static final ThreadMXBean THREADS = (ThreadMXBean) ManagementFactory.getThreadMXBean();

    private final RunFolder folder;
    private final DecisionJournal decisions;
    private final StepJournal steps;
    private final Scribe scribe;
    private final TradingEngine engine;
    private final JournalTailer tailer;

    /**
     * What was counted.
     *
     * @param dumps how often the scribe wrote a product's state, for which it opens and renames a file.
     */
    record Count(long records, long tradingBytes, long scribeBytes, long dumps) {}

    QuietRun(Path market, Path directory) {
        folder = RunFolder.create(directory);
        decisions = new DecisionJournal(folder.newDecisions());
        steps = new StepJournal(folder.newSteps(), 1);
        scribe = new Scribe(folder, 0, 100, 0, null).start();
        tailer = Journal.open(market).tailer();
        engine = new TradingEngine(
                EngineRun.settings(EngineRun.BUSY),
                tailer,
                ControlSource.NONE,
                decisions,
                EngineSeams.standard(steps),
                new LatencyRecorder());
    }

    /** Writes a market of some length. */
    static void write(Path market, int records) {
        try (FeedWriter feed = new FeedWriter(Journal.create(market, JournalFormat.MARKET))) {
            new SwingingMarket(feed.connect(), "BTC-USD", 1).snapshot().run(records);
        }
    }

    /** Handles at least so many records, or all that are left, waits for the scribe, and counts. */
    Count handle(long records) {
        final long trader = Thread.currentThread().getId();
        final long dumpsBefore = scribe.stateDumps();
        final long scribeBefore = THREADS.getThreadAllocatedBytes(scribe.threadId());
        final long recordsBefore = engine.recordCount();
        final long tradingBefore = THREADS.getThreadAllocatedBytes(trader);
        int handled;
        do {
            handled = engine.doWork();
        } while (handled > 0 && engine.recordCount() - recordsBefore < records);
        steps.onIdle();
        final long tradingBytes = THREADS.getThreadAllocatedBytes(trader) - tradingBefore;
        awaitScribe();
        return new Count(
                engine.recordCount() - recordsBefore,
                tradingBytes,
                THREADS.getThreadAllocatedBytes(scribe.threadId()) - scribeBefore,
                scribe.stateDumps() - dumpsBefore);
    }

    private void awaitScribe() {
        while (scribe.handledDecisions() < decisions.writtenRecords()
                || scribe.handledStepRecords() < steps.writtenRecords()) {
            LockSupport.parkNanos(1_000_000);
        }
    }

    long decided() {
        return decisions.counts().total();
    }

    long steps() {
        return engine.steps();
    }

    @Override
    public void close() {
        tailer.close();
        steps.close();
        scribe.close();
        decisions.close();
    }

    /** Trades the market in the directory that the first argument names, in a new run in the second one. */
    public static void main(String[] args) {
        try (QuietRun run = new QuietRun(Path.of(args[0]), Path.of(args[1]))) {
            final Count count = run.handle(Long.MAX_VALUE);
            long collections = 0;
            for (final GarbageCollectorMXBean collector : ManagementFactory.getGarbageCollectorMXBeans()) {
                collections += Math.max(0, collector.getCollectionCount());
            }
            System.out.println("handled " + count.records() + " records in " + run.steps() + " steps with "
                    + run.decided() + " decisions; " + count + "; heap used "
                    + ManagementFactory.getMemoryMXBean().getHeapMemoryUsage().getUsed() + " bytes; " + collections
                    + " collections by "
                    + ManagementFactory.getGarbageCollectorMXBeans().stream()
                            .map(GarbageCollectorMXBean::getName)
                            .toList());
        }
    }
}
