package org.aegishydra.trader.scribe;

import java.io.IOException;
import java.io.PrintStream;
import java.io.UncheckedIOException;
import java.io.Writer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.locks.LockSupport;
import org.aegishydra.core.journal.JournalTailer;
import org.aegishydra.core.journal.RecordHeader;
import org.aegishydra.core.journal.RecordKind;
import org.aegishydra.core.run.DecisionRecord;
import org.aegishydra.core.run.DecisionType;
import org.aegishydra.core.run.RunFolder;
import org.aegishydra.core.run.SpikeRecord;
import org.aegishydra.core.run.StepBatch;
import org.aegishydra.core.run.StepRecord;
import org.agrona.DirectBuffer;

/**
 * Writes everything of a run that people read: a thread of its own that tails the run's journals, so that no text, no
 * file and no garbage of it stands in the trader's way. It may fall behind; nothing is lost, since the journals keep it.
 *
 * <p>A spike's record follows its step's, with the complete times; so a step's row waits until the next record is read or
 * the journal has been quiet for {@link #QUIET_NS}.
 */
public final class Scribe implements AutoCloseable {
    private static final long QUIET_NS = 20_000_000L;
    private static final long IDLE_NS = 1_000_000L;
    private static final long STATE_INTERVAL_NS = 1_000_000_000L;
    private static final int RECORDS_PER_POLL = 1024;

    private final RunFolder run;
    private final long lastOldStep;
    private final PaperFormat format;
    private final Console console;
    private final Map<String, ProductFiles> products = new TreeMap<>();
    private final DecisionRecord decision = new DecisionRecord();
    private final StepRecord step = new StepRecord();
    private final SpikeRecord spike = new SpikeRecord();
    private final StepRecord waiting = new StepRecord();
    private final StringBuilder text = new StringBuilder();
    private final Thread thread = new Thread(this::run, "scribe");
    private boolean hasWaiting;
    private long waitingSinceNs;
    private JournalTailer decisions;
    private JournalTailer steps;
    private Writer spikes;
    private boolean spikesToFlush;
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
        this.run = run;
        this.lastOldStep = lastOldStep;
        this.format = new PaperFormat(initialCapital, feeBps);
        this.console = new Console(output, format);
    }

    /** Starts the thread. */
    public Scribe start() {
        thread.setDaemon(true);
        thread.start();
        return this;
    }

    private void run() {
        try {
            long lastStateNs = System.nanoTime();
            boolean lastRound = false;
            while (true) {
                final int work = poll();
                final long nowNs = System.nanoTime();
                if (nowNs - lastStateNs > STATE_INTERVAL_NS) {
                    products.values().forEach(ProductFiles::writeState);
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
        } finally {
            closeTailers();
        }
    }

    private void rest(long nowNs) {
        if (hasWaiting && (finishing || nowNs - waitingSinceNs > QUIET_NS)) {
            writeWaiting();
        }
        products.values().forEach(ProductFiles::flush);
        flushSpikes();
        console.flush();
        LockSupport.parkNanos(IDLE_NS);
    }

    private int poll() {
        if (decisions == null
                && org.aegishydra.core.journal.Journal.exists(run.directory().resolve("decisions"))) {
            decisions = run.decisions().tailer();
        }
        if (steps == null && run.hasSteps()) {
            steps = run.steps().tailer();
        }
        int work = 0;
        if (decisions != null) {
            work += decisions.poll(this::onDecision, RECORDS_PER_POLL);
        }
        if (steps != null) {
            work += steps.poll(this::onSteps, RECORDS_PER_POLL);
        }
        return work;
    }

    private void onDecision(RecordHeader header, DirectBuffer buffer, int offset, int length) {
        if (header.kind() == RecordKind.DECISION) {
            decision.wrap(buffer, offset);
            if (decision.type() == DecisionType.FILL) {
                product(decision.productId()).fill(decision);
            }
        }
    }

    private void onSteps(RecordHeader header, DirectBuffer buffer, int offset, int length) {
        if (header.kind() == RecordKind.SPIKE) {
            onSpike(spike.wrap(buffer, offset));
        } else {
            StepBatch.forEach(buffer, offset, length, step, this::onStep);
        }
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
        writeSpike(slow);
    }

    private void writeWaiting() {
        if (hasWaiting) {
            hasWaiting = false;
            final String productId = waiting.productId();
            product(productId).step(waiting);
            if (waiting.step() > lastOldStep) {
                console.step(waiting, productId);
            }
        }
    }

    private ProductFiles product(String productId) {
        ProductFiles files = products.get(productId);
        if (files == null) {
            files = new ProductFiles(run.product(productId), format);
            products.put(productId, files);
        }
        return files;
    }

    private void writeSpike(SpikeRecord slow) {
        if (slow.step().step() > lastOldStep) {
            console.spike(slow.step());
        }
        try {
            if (spikes == null) {
                spikes = Files.newBufferedWriter(run.spikes(), StandardCharsets.UTF_8);
            }
            text.setLength(0);
            SpikeJson.append(text, slow);
            spikes.append(text);
            spikesToFlush = true;
        } catch (final IOException e) {
            throw new UncheckedIOException("cannot write " + run.spikes(), e);
        }
    }

    private void flushSpikes() {
        if (spikesToFlush) {
            spikesToFlush = false;
            try {
                spikes.flush();
            } catch (final IOException e) {
                throw new UncheckedIOException("cannot write " + run.spikes(), e);
            }
        }
    }

    private void closeFiles() {
        writeWaiting();
        products.values().forEach(ProductFiles::close);
        console.flush();
        if (spikes != null) {
            try {
                spikes.close();
            } catch (final IOException e) {
                throw new UncheckedIOException("cannot write " + run.spikes(), e);
            }
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
