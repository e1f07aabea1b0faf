package org.aegishydra.replayer.fixes;

import java.io.PrintStream;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.function.Function;
import java.util.function.LongSupplier;
import java.util.function.Supplier;
import org.aegishydra.core.book.LadderOrderBook;
import org.aegishydra.core.book.OrderBook;
import org.aegishydra.core.coinbase.Decoders;
import org.aegishydra.core.coinbase.MessageDecoder;
import org.aegishydra.core.coinbase.ProductTable;
import org.aegishydra.core.journal.Dialect;
import org.aegishydra.core.run.RunFolder;
import org.aegishydra.trader.EngineSeams;
import org.aegishydra.trader.StepJournal;
import org.aegishydra.trader.StepObserver;
import org.aegishydra.trader.TradingSettings;
import org.aegishydra.trader.scribe.PaperFormat;
import org.aegishydra.trader.scribe.Scribe;
import org.agrona.CloseHelper;

/**
 * The engine's parts in the forms of a variant, over one run's folder, and the scribe where the variant leaves the writing to
 * one: it is part of the machine's load then. To be closed after the run's decisions. Used by the trading thread, but for
 * {@link #backlog()}.
 *
 * <p>Some fixes meet in one place, so that one's form leaves no room for another's:
 *
 * <ul>
 *   <li>Fix 5 moves the dump of the state, and with fix 1's aegis form there is none inline: {@code legacy+1} dumps nothing.
 *       Its own aegis form is that of fix 1, so a dump that is still inline takes the form seed, every 503 steps
 *       ({@code legacy+5}, {@code aegis-1}).
 *   <li>Rows that are made inline need a timestamp: fix 3's aegis form is seed's there, formatted once
 *       ({@code legacy+3}, {@code aegis-1}). Where no row is, the form before formats two that nobody reads
 *       ({@code aegis-3}, {@code legacy+1}).
 *   <li>Fix 6's aegis form leaves the status line to the scribe: {@code legacy+6} and {@code aegis-1}, which have none,
 *       print no status line. Where another form prints it inline, the scribe prints nothing: its lines about spikes are in
 *       {@code spikes.jsonl} only.
 *   <li>Fix 7's aegis form writes a record of fixed layout to {@code steps/}: with rows that are made inline, the journal
 *       holds the spikes and no steps, and nobody makes lines of them ({@code legacy+7}, {@code aegis-1}).
 * </ul>
 */
public final class VariantSeams implements AutoCloseable {
    /** A locale that groups digits, the same on every machine. */
    private static final Locale STATUS_LOCALE = Locale.US;

    private static final int SPIKES_ONLY = 0;

    private final Variant variant;
    private final TradingSettings settings;
    private final FixPeriods periods;
    private final PrintStream console;
    private final PaperFormat format;
    private final HeapCleanups cleanups = new HeapCleanups();
    private final List<AutoCloseable> inClosingOrder = new ArrayList<>();
    private final EngineSeams engine;
    private LongSupplier backlog = () -> 0;

    /**
     * The parts for a run that writes into a folder.
     *
     * @param console where status and spike lines go; each is flushed.
     */
    public VariantSeams(
            Variant variant, TradingSettings settings, RunFolder folder, FixPeriods periods, PrintStream console) {
        this.variant = variant;
        this.settings = settings;
        this.periods = periods;
        this.console = console;
        this.format = new PaperFormat(settings.capital(), settings.feeBps());
        engine = new EngineSeams(decoders(), books(), observer(folder));
    }

    /** What the engine is made of. */
    public EngineSeams engine() {
        return engine;
    }

    /**
     * How much waits for who writes what people read: records of {@code steps/} for the scribe, writes for the I/O threads; 0
     * if the trading thread writes itself. May be asked by any thread. The scribe reads {@code decisions/}, which grows by
     * little, in the same rounds.
     */
    public long backlog() {
        return backlog.getAsLong();
    }

    private Function<ProductTable, Function<Dialect, MessageDecoder>> decoders() {
        return switch (variant.form(LatencyFix.BYTE_PATH)) {
            case BEFORE -> TextDecoder::of;
            case SEED -> ByteMatchDecoder::of;
            case AEGIS -> Decoders::of;
        };
    }

    private Supplier<OrderBook> books() {
        return switch (variant.form(LatencyFix.HEAP_CLEANUP)) {
            case BEFORE -> HeapOrderBook::withoutCleanup;
            case SEED -> () -> HeapOrderBook.withCleanup(periods.cleanupUpdates(), cleanups::rebuilt);
            case AEGIS -> LadderOrderBook::new;
        };
    }

    /** In the order of the loop that the forms come from: rows, dump, collection, status line. */
    private StepObserver observer(RunFolder folder) {
        final List<StepObserver> works = new ArrayList<>();
        if (variant.form(LatencyFix.DISK_IO) == FixForm.AEGIS) {
            addRecordedRows(works, folder);
        } else {
            addInlineRows(works, folder);
        }
        if (variant.form(LatencyFix.COLLECTION) == FixForm.BEFORE) {
            works.add(new FullCollection(periods.collectSteps()));
        }
        switch (variant.form(LatencyFix.STATUS_LINE)) {
            case BEFORE ->
                works.add(new LocalizedStatusLine(console, STATUS_LOCALE, settings.capital(), periods.statusSteps()));
            case SEED -> works.add(new PlainStatusLine(console, format, periods.seedStatusSteps()));
            case AEGIS -> {
                // The scribe's, if there is one.
            }
        }
        if (variant.form(LatencyFix.HEAP_CLEANUP) == FixForm.SEED) {
            works.add(cleanups);
        }
        final StepObserver observer = StepWorks.of(works);
        inClosingOrder.add(0, observer);
        return observer;
    }

    /** Rows that the scribe makes of the steps' records, which tell of spikes as well. */
    private void addRecordedRows(List<StepObserver> works, RunFolder folder) {
        final StepJournal steps = new StepJournal(folder.newSteps(), settings.stepInterval());
        // As production does.
        steps.populateAhead(System.err::println);
        works.add(variant.form(LatencyFix.DETECTION) == FixForm.BEFORE ? new UndetectedSpikes(steps) : steps);
        if (variant.form(LatencyFix.TIMESTAMP) == FixForm.BEFORE) {
            works.add(new UnreadTimestamps());
        }
        final boolean scribePrints = variant.form(LatencyFix.STATUS_LINE) == FixForm.AEGIS;
        final Scribe scribe =
                new Scribe(folder, 0, settings.capital(), settings.feeBps(), scribePrints ? console : null).start();
        backlog = () -> Math.max(0, steps.writtenRecords() - scribe.handledStepRecords());
        inClosingOrder.add(scribe);
    }

    private void addInlineRows(List<StepObserver> works, RunFolder folder) {
        final boolean beforeRows = variant.form(LatencyFix.DISK_IO) == FixForm.BEFORE;
        final FileWrites writes = beforeRows ? new SynchronousWrites() : new BackgroundWrites();
        final RowTimestamps timestamps = variant.form(LatencyFix.TIMESTAMP) == FixForm.BEFORE
                ? new RowTimestamps.EachFormatted()
                : new RowTimestamps.OnceFormatted();
        final boolean beforeDump = variant.form(LatencyFix.STAGGERING) == FixForm.BEFORE;
        final ProductFolders folders = new ProductFolders(folder);
        works.add(new InlineRows(
                folders, format, timestamps, writes, beforeRows ? periods.logLines() : periods.seedLogLines()));
        works.add(new StateDump(
                folders, format, timestamps, writes, beforeDump ? periods.dumpSteps() : periods.seedDumpSteps()));
        switch (variant.form(LatencyFix.DETECTION)) {
            case BEFORE -> {
                // Nobody looks.
            }
            case SEED -> works.add(new SpikeLines(console));
            case AEGIS -> works.add(new StepJournal(folder.newSteps(), SPIKES_ONLY));
        }
        backlog = writes::waiting;
        inClosingOrder.add(writes);
    }

    @Override
    public void close() {
        CloseHelper.closeAll(inClosingOrder);
    }
}
