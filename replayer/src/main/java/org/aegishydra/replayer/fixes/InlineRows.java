package org.aegishydra.replayer.fixes;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.HashMap;
import java.util.Map;
import org.aegishydra.core.run.DecisionRecord;
import org.aegishydra.core.run.DecisionType;
import org.aegishydra.core.run.RunFolder;
import org.aegishydra.core.run.StepOperation;
import org.aegishydra.core.run.StepRecord;
import org.aegishydra.trader.StepObserver;
import org.aegishydra.trader.scribe.PaperFormat;

/**
 * Fix 1 before and seed: the trading thread formats every row itself, sends the log out every so many lines, the last
 * {@link #STATE_ROWS} rows as JSON every {@link #STATE_INTERVAL_STEPS} steps, and each trade as it is made. The two forms
 * differ in the log's interval and in who writes. Used by the trading thread.
 */
final class InlineRows implements StepObserver {
    /** Lines of the log between two writes, before. */
    static final int BEFORE_LOG_INTERVAL_LINES = 100;

    /** Lines of the log between two writes, seed. */
    static final int SEED_LOG_INTERVAL_LINES = 1000;

    /** Steps between two dumps of the state. */
    static final int STATE_INTERVAL_STEPS = 500;

    /** Rows that the state holds. */
    static final int STATE_ROWS = 1000;

    private final RunFolder run;
    private final PaperFormat format;
    private final FileWrites writes;
    private final int logIntervalLines;
    private final Map<String, ProductRows> products = new HashMap<>();
    private long operations;

    InlineRows(RunFolder run, PaperFormat format, FileWrites writes, int logIntervalLines) {
        this.run = run;
        this.format = format;
        this.writes = writes;
        this.logIntervalLines = logIntervalLines;
    }

    /** The rows of one product that were not sent out yet, and the last ones for the state. */
    private static final class ProductRows {
        private final Path directory;
        private final Deque<String> state = new ArrayDeque<>();
        private StringBuilder log = new StringBuilder();
        private int logLines;
        private long steps;

        private ProductRows(Path directory) {
            this.directory = directory;
            try {
                Files.createDirectories(directory);
            } catch (final IOException e) {
                throw new UncheckedIOException("cannot write to " + directory, e);
            }
        }
    }

    private ProductRows product(String id) {
        return products.computeIfAbsent(id, name -> new ProductRows(run.product(name)));
    }

    @Override
    public void onDecision(DecisionRecord decision) {
        if (decision.type() == DecisionType.FILL) {
            final StringBuilder row = new StringBuilder();
            format.tradeRow(row, decision);
            writes.append(product(decision.productId()).directory.resolve("paper_trades.csv"), row);
            operations |= StepOperation.TRADE_WRITE.bit();
        }
    }

    @Override
    public boolean follows(long step) {
        return true;
    }

    @Override
    public long onStep(StepRecord step) {
        final ProductRows rows = product(step.productId());
        format.logRow(rows.log, step);
        rows.logLines++;
        final StringBuilder object = new StringBuilder();
        format.stateObject(object, step);
        rows.state.addLast(object.toString());
        if (rows.state.size() > STATE_ROWS) {
            rows.state.removeFirst();
        }
        if (rows.logLines == logIntervalLines) {
            sendLog(rows);
            operations |= StepOperation.CSV_FLUSH.bit();
        }
        if (++rows.steps % STATE_INTERVAL_STEPS == 0) {
            sendState(rows);
            operations |= StepOperation.JSON_DUMP.bit();
        }
        final long done = operations;
        operations = 0;
        return done;
    }

    private void sendLog(ProductRows rows) {
        writes.append(rows.directory.resolve("paper_log.csv"), rows.log);
        rows.log = new StringBuilder();
        rows.logLines = 0;
    }

    private void sendState(ProductRows rows) {
        writes.replace(rows.directory.resolve("paper_state.json"), rows.state);
    }

    @Override
    public void onSpike(StepRecord step, long followNs) {
        // Detection is a fix of its own; a trial counts spikes from outside.
    }

    @Override
    public void onIdle() {
        // Nothing is put off.
    }

    @Override
    public void close() {
        for (final ProductRows rows : products.values()) {
            sendLog(rows);
            sendState(rows);
        }
        writes.close();
    }
}
