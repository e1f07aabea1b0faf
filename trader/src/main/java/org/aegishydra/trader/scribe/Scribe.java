package org.aegishydra.trader.scribe;

import java.io.PrintStream;
import java.nio.ByteBuffer;
import java.util.Arrays;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.locks.LockSupport;
import java.util.function.Consumer;
import org.aegishydra.core.journal.JournalTailer;
import org.aegishydra.core.journal.RecordHandler;
import org.aegishydra.core.journal.RecordHeader;
import org.aegishydra.core.journal.RecordKind;
import org.aegishydra.core.run.DecisionRecord;
import org.aegishydra.core.run.DecisionType;
import org.aegishydra.core.run.ProductNames;
import org.aegishydra.core.run.RunFolder;
import org.aegishydra.core.run.SpikeRecord;
import org.aegishydra.core.run.StepBatch;
import org.aegishydra.core.run.StepRecord;
import org.agrona.DirectBuffer;

/**
 * Writes everything of a run that people read: a thread of its own that tails the run's journals, so that no text and no
 * file stands in the trader's way. It may fall behind, as far as the disk holds the journals; nothing is lost, since they
 * keep it. It allocates nothing for a step or a decision, so that no garbage of it can stop the trader either; the state of
 * each second, the lines for the console and the looks at the end of the journals cost it a few hundred bytes each.
 *
 * <p>A spike's record follows its step's, with the time of what followed the step; so a step's row waits until the next record is read or
 * the journal has been quiet for {@link #QUIET_NS}.
 */
public final class Scribe implements AutoCloseable {
    private static final long QUIET_NS = 20_000_000L;
    private static final long IDLE_NS = 1_000_000L;
    private static final long STATE_INTERVAL_NS = 1_000_000_000L;

    /** How often it is looked whether a journal is there by now. */
    private static final long LOOK_INTERVAL_NS = 20_000_000L;

    private static final int RECORDS_PER_POLL = 64;

    private final RunFolder run;
    private final long lastOldStep;
    private final PaperFormat format;
    private final Console console;
    private final OutputFile.Opener opener;
    private final ByteBuffer block = ByteBuffer.allocateDirect(TextFile.BLOCK_CHARS);
    private final ProductNames names = new ProductNames();

    /** By the product's number; null of a product that had no row. */
    private ProductFiles[] products = {};

    private final TextFile spikes;
    private final DecisionRecord decision = new DecisionRecord();
    private final StepRecord step = new StepRecord();
    private final SpikeRecord spike = new SpikeRecord();
    private final StepRecord waiting = new StepRecord();
    private final RecordHandler decisionHandler = this::onDecision;
    private final RecordHandler stepHandler = this::onSteps;
    private final Consumer<StepRecord> stepConsumer = this::onStep;
    private final Thread thread = new Thread(this::run, "scribe");
    private final AtomicLong handledDecisions = new AtomicLong();
    private final AtomicLong handledStepRecords = new AtomicLong();
    private final AtomicLong stateDumps = new AtomicLong();
    private boolean hasWaiting;
    private long waitingSinceNs;
    private JournalTailer decisions;
    private JournalTailer steps;
    private long lastLookNs = System.nanoTime() - LOOK_INTERVAL_NS;
    private volatile boolean finishing;
    private volatile Throwable failure;

    /**
     * A scribe for a run that is about to start, or to be resumed: its files are written anew from the journals.
     *
     * @param lastOldStep the last step that was recorded before the run was resumed, of which no line is shown again; 0 if it
     *     is new.
     * @param output where status and spike lines go, or null for nowhere.
     */
    public Scribe(RunFolder run, long lastOldStep, double initialCapital, double feeBps, PrintStream output) {
        this(run, lastOldStep, initialCapital, feeBps, output, OutputFile::open);
    }

    /** The same, which writes its files as it is told. */
    public Scribe(
            RunFolder run,
            long lastOldStep,
            double initialCapital,
            double feeBps,
            PrintStream output,
            OutputFile.Opener opener) {
        this.run = run;
        this.lastOldStep = lastOldStep;
        this.format = new PaperFormat(initialCapital, feeBps);
        this.console = new Console(output, format);
        this.opener = opener;
        this.spikes = new TextFile(run.spikes(), opener, block);
    }

    /** Starts the thread. */
    public Scribe start() {
        thread.setDaemon(true);
        thread.start();
        return this;
    }

    /** The last record of the decisions that was handled; may be asked by any thread. */
    public long handledDecisions() {
        return handledDecisions.get();
    }

    /** The last record of the steps, of which each holds several, that was handled; may be asked by any thread. */
    public long handledStepRecords() {
        return handledStepRecords.get();
    }

    /** How often a product's state was written; may be asked by any thread. */
    public long stateDumps() {
        return stateDumps.get();
    }

    /** The thread that writes, for who measures it. */
    public long threadId() {
        return thread.getId();
    }

    private void run() {
        try {
            long lastStateNs = System.nanoTime();
            boolean lastRound = false;
            while (true) {
                final int work = poll();
                final long nowNs = System.nanoTime();
                if (nowNs - lastStateNs > STATE_INTERVAL_NS) {
                    writeStates();
                    lastStateNs = nowNs;
                }
                if (work == 0) {
                    if (lastRound) {
                        break;
                    }
                    lastRound = finishing;
                    rest(nowNs);
                }
            }
            closeFiles();
        } catch (final RuntimeException | Error e) {
            // An error, too: a full disk under mapped memory is one.
            failure = e;
            closeFilesAfter(e);
        } finally {
            closeTailers();
        }
    }

    private void rest(long nowNs) {
        if (hasWaiting && (finishing || nowNs - waitingSinceNs > QUIET_NS)) {
            writeWaiting();
        }
        for (final ProductFiles files : products) {
            if (files != null) {
                files.flush();
            }
        }
        if (spikes.isOpen()) {
            spikes.flush();
        }
        console.flush();
        LockSupport.parkNanos(IDLE_NS);
    }

    private void writeStates() {
        for (final ProductFiles files : products) {
            if (files != null && files.writeState()) {
                stateDumps.lazySet(stateDumps.get() + 1);
            }
        }
    }

    private int poll() {
        if (decisions == null || steps == null) {
            openWhatIsThere();
        }
        int work = 0;
        if (decisions != null) {
            work += decisions.poll(decisionHandler, RECORDS_PER_POLL);
        }
        if (steps != null) {
            work += steps.poll(stepHandler, RECORDS_PER_POLL);
        }
        return work;
    }

    private void openWhatIsThere() {
        final long nowNs = System.nanoTime();
        if (nowNs - lastLookNs < LOOK_INTERVAL_NS && !finishing) {
            return;
        }
        lastLookNs = nowNs;
        if (decisions == null && run.hasRun()) {
            decisions = run.decisions().tailer();
        }
        if (steps == null && run.hasSteps()) {
            steps = run.steps().tailer();
        }
    }

    private void onDecision(RecordHeader header, DirectBuffer buffer, int offset, int length) {
        if (header.kind() == RecordKind.DECISION) {
            decision.wrap(buffer, offset);
            if (decision.type() == DecisionType.FILL) {
                product(names.indexOf(decision)).fill(decision);
            }
        }
        handledDecisions.lazySet(header.sequence());
    }

    private void onSteps(RecordHeader header, DirectBuffer buffer, int offset, int length) {
        if (header.kind() == RecordKind.SPIKE) {
            onSpike(spike.wrap(buffer, offset));
        } else {
            StepBatch.forEach(buffer, offset, length, step, stepConsumer);
        }
        handledStepRecords.lazySet(header.sequence());
    }

    private void onStep(StepRecord next) {
        writeWaiting();
        waiting.copyOf(next);
        hasWaiting = true;
        waitingSinceNs = System.nanoTime();
    }

    private void onSpike(SpikeRecord slow) {
        if (hasWaiting && waiting.step() == slow.step().step()) {
            waiting.copyOf(slow.step());
        }
        if (slow.step().step() > lastOldStep) {
            console.spike(slow.step());
        }
        if (!spikes.isOpen()) {
            spikes.open();
        }
        SpikeJson.append(spikes.text(), slow, names.name(names.indexOf(slow.step())));
        spikes.rowEnded();
    }

    private void writeWaiting() {
        if (hasWaiting) {
            hasWaiting = false;
            final ProductFiles files = product(names.indexOf(waiting));
            files.step(waiting);
            if (waiting.step() > lastOldStep) {
                console.step(waiting, files.productId());
            }
        }
    }

    /** By the number that {@link #names} gives. */
    private ProductFiles product(int index) {
        if (index >= products.length) {
            products = Arrays.copyOf(products, names.count());
        }
        if (products[index] == null) {
            final String name = names.name(index);
            products[index] = new ProductFiles(name, run.product(name), format, opener, block);
        }
        return products[index];
    }

    private void closeFiles() {
        writeWaiting();
        for (final ProductFiles files : products) {
            if (files != null) {
                files.close();
            }
        }
        console.flush();
        if (spikes.isOpen()) {
            spikes.close();
        }
    }

    /** One file that cannot be written costs no other one its last rows. */
    private void closeFilesAfter(Throwable first) {
        for (final ProductFiles files : products) {
            if (files != null) {
                closeAfter(first, files::close);
            }
        }
        if (spikes.isOpen()) {
            closeAfter(first, spikes::close);
        }
    }

    private static void closeAfter(Throwable first, Runnable close) {
        try {
            close.run();
        } catch (final RuntimeException e) {
            first.addSuppressed(e);
        }
    }

    private void closeTailers() {
        if (decisions != null) {
            decisions.close();
        }
        if (steps != null) {
            steps.close();
        }
    }

    /**
     * Waits until everything that is in the journals by now is written, and ends the thread.
     *
     * @throws RuntimeException if the scribe failed.
     */
    @Override
    public void close() {
        finishing = true;
        try {
            thread.join();
        } catch (final InterruptedException e) {
            Thread.currentThread().interrupt();
        }
        if (failure instanceof Error error) {
            throw error;
        }
        if (failure instanceof RuntimeException exception) {
            throw exception;
        }
    }
}
