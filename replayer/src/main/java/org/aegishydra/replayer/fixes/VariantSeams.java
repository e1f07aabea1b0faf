package org.aegishydra.replayer.fixes;

import java.io.PrintStream;
import java.util.function.Supplier;
import org.aegishydra.core.book.LadderOrderBook;
import org.aegishydra.core.book.OrderBook;
import org.aegishydra.core.coinbase.Decoders;
import org.aegishydra.core.run.RunFolder;
import org.aegishydra.trader.EngineSeams;
import org.aegishydra.trader.StepJournal;
import org.aegishydra.trader.StepObserver;
import org.aegishydra.trader.TradingSettings;
import org.aegishydra.trader.scribe.PaperFormat;
import org.aegishydra.trader.scribe.Scribe;

/**
 * The engine's parts in the forms of a variant, over one run's folder, and the scribe where the variant leaves the writing to
 * one: it is part of the machine's load then. To be closed after the run's decisions. Used by the trading thread.
 */
public final class VariantSeams implements AutoCloseable {
    private final EngineSeams engine;
    private final Scribe scribe;

    /**
     * The parts for a run that writes into a folder.
     *
     * @param console where status and spike lines go.
     */
    public VariantSeams(
            Variant variant, TradingSettings settings, RunFolder folder, FixPeriods periods, PrintStream console) {
        final StepObserver observer = observer(variant, settings, folder, periods);
        engine = new EngineSeams(Decoders::of, books(variant, periods), observer);
        scribe = variant.form(LatencyFix.DISK_IO) == FixForm.AEGIS
                ? new Scribe(folder, 0, settings.capital(), settings.feeBps(), console).start()
                : null;
    }

    /** What the engine is made of. */
    public EngineSeams engine() {
        return engine;
    }

    /** How many of the run's records wait for who writes what people read; may be asked by any thread. */
    public long backlog() {
        return 0;
    }

    private static Supplier<OrderBook> books(Variant variant, FixPeriods periods) {
        return switch (variant.form(LatencyFix.HEAP_CLEANUP)) {
            case BEFORE -> () -> new HeapOrderBook(0);
            case SEED -> () -> new HeapOrderBook(periods.cleanupUpdates());
            case AEGIS -> LadderOrderBook::new;
        };
    }

    private static StepObserver observer(
            Variant variant, TradingSettings settings, RunFolder folder, FixPeriods periods) {
        final PaperFormat format = new PaperFormat(settings.capital(), settings.feeBps());
        return switch (variant.form(LatencyFix.DISK_IO)) {
            case BEFORE -> new InlineRows(folder, format, new SynchronousWrites(), periods.logLines());
            case SEED -> new InlineRows(folder, format, new BackgroundWrites(), periods.seedLogLines());
            case AEGIS -> new StepJournal(folder.newSteps(), settings.stepInterval());
        };
    }

    @Override
    public void close() {
        try {
            engine.observer().close();
        } finally {
            if (scribe != null) {
                scribe.close();
            }
        }
    }
}
