package org.aegishydra.trader;

import java.io.IOException;
import java.lang.management.GarbageCollectorMXBean;
import java.lang.management.ManagementFactory;
import java.lang.management.MemoryUsage;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.aegishydra.core.board.BoardException;
import org.aegishydra.core.board.EntryWriter;
import org.aegishydra.core.board.TraderBoard;
import org.aegishydra.core.board.TraderFigure;
import org.aegishydra.core.board.TraderState;
import org.aegishydra.trader.scribe.Backlog;
import org.aegishydra.trader.scribe.Scribe;

/**
 * Shows a live run on the status board that the recorder of its journal keeps, from a thread of its own: neither the trading
 * thread nor the scribe waits for it, and the run does not depend on it. Where there is no board (no recorder has run, or it
 * is of another version), it looks again now and then and says nothing.
 */
final class TraderStatus implements AutoCloseable {
    private static final long LOOK_INTERVAL_MS = 100;
    private static final int LOOKS_PER_PUBLICATION = 5;
    private static final int LOOKS_PER_TRY = 50;
    /** Opening a board takes seconds in a fresh JVM; a run that ends meanwhile still shows its end. */
    private static final long CLOSE_LIMIT_MS = 10_000;

    private static final long PAGE_BYTES = 4096;
    private static final Path MEMORY = Path.of("/proc/self/statm");

    private final Path journal;
    private final String text;
    private final EngineProgress progress;
    private final DecisionJournal decisions;
    private final StepJournal steps;
    private final Scribe scribe;
    private final long lagLimitNs;
    private final Backlog decisionBacklog = new Backlog();
    private final Backlog stepBacklog = new Backlog();
    private final CountDownLatch ended = new CountDownLatch(1);
    private final Thread thread = new Thread(this::run, "trader-status");
    private TraderBoard board;
    private long lagNs;

    TraderStatus(
            Path journal,
            String text,
            EngineProgress progress,
            DecisionJournal decisions,
            StepJournal steps,
            Scribe scribe,
            Duration lagLimit) {
        this.journal = journal;
        this.text = text;
        this.progress = progress;
        this.decisions = decisions;
        this.steps = steps;
        this.scribe = scribe;
        this.lagLimitNs = lagLimit.toNanos();
        thread.setDaemon(true);
    }

    TraderStatus start() {
        thread.start();
        return this;
    }

    private void run() {
        try {
            int look = 0;
            do {
                final long nowNs = System.nanoTime();
                lagNs = Math.max(
                        decisionBacklog.look(nowNs, decisions.writtenRecords(), scribe.handledDecisions()),
                        stepBacklog.look(nowNs, steps.writtenRecords(), scribe.handledStepRecords()));
                if (look++ % (board == null ? LOOKS_PER_TRY : LOOKS_PER_PUBLICATION) == 0) {
                    publish(TraderState.TRADING);
                }
            } while (!ended.await(LOOK_INTERVAL_MS, TimeUnit.MILLISECONDS));
            if (board != null) {
                publish(TraderState.STOPPED);
            }
        } catch (final InterruptedException e) {
            Thread.currentThread().interrupt();
        } finally {
            closeBoard();
        }
    }

    private void publish(TraderState state) {
        try {
            if (board == null) {
                board = new TraderBoard(journal);
            }
            board.publish(entry -> fill(entry, state));
        } catch (final BoardException e) {
            closeBoard();
        }
    }

    private void closeBoard() {
        if (board != null) {
            board.close();
            board = null;
        }
    }

    private void fill(EntryWriter<TraderFigure> entry, TraderState state) {
        final long writtenDecisions = decisions.writtenRecords();
        entry.text(text)
                .set(TraderFigure.STATE, state)
                .set(TraderFigure.PRODUCTS, progress.products())
                .set(TraderFigure.RECORDS, progress.records())
                .set(TraderFigure.LAST_RECORD_SEQUENCE, progress.lastSequence())
                .set(TraderFigure.STEPS, progress.steps())
                .set(TraderFigure.SPIKES, progress.spikes())
                .set(TraderFigure.DECISION_RECORDS, writtenDecisions)
                .set(TraderFigure.SCRIBE_DECISIONS_BEHIND, Math.max(0, writtenDecisions - scribe.handledDecisions()))
                .set(
                        TraderFigure.SCRIBE_STEP_RECORDS_BEHIND,
                        Math.max(0, steps.writtenRecords() - scribe.handledStepRecords()))
                .set(TraderFigure.SCRIBE_LAG_NS, lagNs)
                .set(TraderFigure.SCRIBE_LAG_LIMIT_NS, lagLimitNs);
        memory(entry);
    }

    private static void memory(EntryWriter<TraderFigure> entry) {
        final MemoryUsage heap = ManagementFactory.getMemoryMXBean().getHeapMemoryUsage();
        long collections = 0;
        long collectionMs = 0;
        for (final GarbageCollectorMXBean collector : ManagementFactory.getGarbageCollectorMXBeans()) {
            collections += Math.max(0, collector.getCollectionCount());
            collectionMs += Math.max(0, collector.getCollectionTime());
        }
        entry.set(TraderFigure.HEAP_USED_BYTES, heap.getUsed())
                .set(TraderFigure.HEAP_MAX_BYTES, heap.getMax())
                .set(TraderFigure.COLLECTIONS, collections)
                .set(TraderFigure.COLLECTION_TIME_MS, collectionMs);
        try {
            final String[] pages = Files.readString(MEMORY).split(" ", 3);
            entry.set(TraderFigure.RESIDENT_BYTES, Long.parseLong(pages[1]) * PAGE_BYTES);
        } catch (final IOException e) {
            // Not on this system: it stays unknown.
        }
    }

    /** Shows the end, if anything was shown. */
    @Override
    public void close() {
        ended.countDown();
        try {
            thread.join(CLOSE_LIMIT_MS);
        } catch (final InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
