package org.aegishydra.jmh.trader;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Locale;
import java.util.concurrent.locks.LockSupport;
import org.HdrHistogram.Histogram;
import org.aegishydra.core.journal.RecordHandler;
import org.aegishydra.core.journal.RecordSource;
import org.aegishydra.core.latency.LatencyRecorder;
import org.aegishydra.core.run.RunFolder;
import org.aegishydra.jmh.journal.RecordedMarket;
import org.aegishydra.trader.ControlSource;
import org.aegishydra.trader.DecisionJournal;
import org.aegishydra.trader.EngineSeams;
import org.aegishydra.trader.StepJournal;
import org.aegishydra.trader.TradingEngine;
import org.aegishydra.trader.scribe.OutputFile;
import org.aegishydra.trader.scribe.Scribe;

/**
 * A program: trades recorded messages at a steady pace, with a scribe whose writes are blocked for ten seconds in every other
 * round, and prints how late each message was done against when it was due. Arguments: rounds, messages a second.
 */
public final class BlockedScribeMain {
    private static final long NS_PER_SECOND = 1_000_000_000L;
    private static final int SECONDS = 12;
    private static final long BLOCK_FROM_NS = NS_PER_SECOND;
    private static final long BLOCK_TO_NS = 11 * NS_PER_SECOND;
    private static final long LOOK_NS = 1_000_000L;

    private volatile boolean blocked;
    private volatile boolean wasHeldBack;

    private BlockedScribeMain() {}

    public static void main(String[] args) throws IOException {
        final int rounds = Integer.parseInt(args[0]);
        final int rate = Integer.parseInt(args[1]);
        final RecordedMarket market = new RecordedMarket();
        market.messages = rate * SECONDS;
        market.open();
        System.out.println("writes      p50 us   p99 us  p99.9 us   max us   rows of steps");
        for (int i = 0; i < rounds; i++) {
            new BlockedScribeMain().round(market, rate, false);
            new BlockedScribeMain().round(market, rate, true);
        }
        market.close();
    }

    private void round(RecordedMarket market, int rate, boolean block) throws IOException {
        final Path directory = RecordedMarket.scratch();
        final RunFolder folder = new RunFolder(directory);
        final Histogram lateness = new Histogram(60 * NS_PER_SECOND, 3);
        final long steps;
        try (DecisionJournal decisions = new DecisionJournal(folder.newDecisions());
                StepJournal stepJournal = new StepJournal(folder.newSteps(), 1)) {
            final TradingEngine engine = new TradingEngine(
                    TradedMarket.settings(1),
                    new OneByOne(market.source()),
                    ControlSource.NONE,
                    decisions,
                    EngineSeams.standard(stepJournal),
                    new LatencyRecorder());
            try (Scribe scribe = new Scribe(folder, 0, 100, 0, null, this::open)) {
                scribe.start();
                market.rewind();
                pace(engine, rate, block, lateness);
                blocked = false;
                stepJournal.onIdle();
            }
            steps = engine.steps();
        }
        if (block && !wasHeldBack) {
            throw new IllegalStateException("the scribe had nothing to write while its writes were blocked");
        }
        long rows = 0;
        for (final String product : new String[] {"BTC-USD", "ETH-USD"}) {
            final Path log = folder.product(product).resolve("paper_log.csv");
            rows += Files.exists(log) ? Files.readAllLines(log).size() : 0;
        }
        System.out.printf(
                Locale.ROOT,
                "%-8s %9.1f %8.1f %9.1f %8.1f   %d of %d%n",
                block ? "blocked" : "free",
                lateness.getValueAtPercentile(50) / 1e3,
                lateness.getValueAtPercentile(99) / 1e3,
                lateness.getValueAtPercentile(99.9) / 1e3,
                lateness.getMaxValue() / 1e3,
                rows,
                steps);
        RecordedMarket.deleteAll(directory);
    }

    /** The records, one a poll. */
    private record OneByOne(RecordSource records) implements RecordSource {
        @Override
        public int poll(RecordHandler handler, int limit) {
            return records.poll(handler, 1);
        }

        @Override
        public void close() {
            // They are the market's.
        }
    }

    private void pace(TradingEngine engine, int rate, boolean block, Histogram lateness) {
        final long intervalNs = NS_PER_SECOND / rate;
        final long beginNs = System.nanoTime();
        for (long i = 0; i < (long) rate * SECONDS; i++) {
            final long dueNs = beginNs + i * intervalNs;
            while (System.nanoTime() < dueNs) {
                Thread.onSpinWait();
            }
            final long sinceNs = dueNs - beginNs;
            blocked = block && sinceNs > BLOCK_FROM_NS && sinceNs < BLOCK_TO_NS;
            engine.doWork();
            lateness.recordValue(Math.min(System.nanoTime() - dueNs, 59 * NS_PER_SECOND));
        }
    }

    private OutputFile open(Path file) throws IOException {
        final OutputFile opened = OutputFile.open(file);
        return new OutputFile() {
            @Override
            public void write(ByteBuffer bytes) throws IOException {
                while (blocked && bytes.hasRemaining()) {
                    wasHeldBack = true;
                    LockSupport.parkNanos(LOOK_NS);
                }
                opened.write(bytes);
            }

            @Override
            public void close() throws IOException {
                opened.close();
            }
        };
    }
}
