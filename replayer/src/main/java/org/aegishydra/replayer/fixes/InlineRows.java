package org.aegishydra.replayer.fixes;

import java.util.HashMap;
import java.util.Map;
import org.aegishydra.core.run.DecisionRecord;
import org.aegishydra.core.run.DecisionType;
import org.aegishydra.core.run.StepOperation;
import org.aegishydra.core.run.StepRecord;
import org.aegishydra.trader.scribe.PaperFormat;

/**
 * Fix 1 before and seed: the trading thread formats each row of the log, and sends a product's log out every so many lines of
 * it and each trade as it is made. The two forms differ in the number of lines and in who writes. With one product a line is a
 * step; with several, the steps in which a log goes out have no period of their own.
 */
final class InlineRows extends StepWork {
    private final ProductFolders folders;
    private final PaperFormat format;
    private final RowTimestamps timestamps;
    private final FileWrites writes;
    private final int linesPerWrite;
    private final Map<String, Log> logs = new HashMap<>();
    private long operations;

    InlineRows(
            ProductFolders folders,
            PaperFormat format,
            RowTimestamps timestamps,
            FileWrites writes,
            int linesPerWrite) {
        this.folders = folders;
        this.format = format;
        this.timestamps = timestamps;
        this.writes = writes;
        this.linesPerWrite = linesPerWrite;
    }

    /** The rows of one product that were not sent out yet. */
    private static final class Log {
        private StringBuilder text = new StringBuilder();
        private int lines;
    }

    @Override
    public void onDecision(DecisionRecord decision) {
        if (decision.type() == DecisionType.FILL) {
            final StringBuilder row = new StringBuilder();
            format.tradeRow(row, decision);
            writes.append(folders.of(decision.productId()).resolve("paper_trades.csv"), row);
            operations |= StepOperation.TRADE_WRITE.bit();
        }
    }

    @Override
    public long onStep(StepRecord step) {
        final String productId = step.productId();
        final Log log = logs.computeIfAbsent(productId, id -> new Log());
        format.logRow(log.text, timestamps.ofLogRow(step.eventTimeNs()), step);
        if (++log.lines == linesPerWrite) {
            send(productId, log);
            operations |= StepOperation.CSV_FLUSH.bit();
        }
        final long done = operations;
        operations = 0;
        return done;
    }

    private void send(String productId, Log log) {
        writes.append(folders.of(productId).resolve("paper_log.csv"), log.text);
        log.text = new StringBuilder();
        log.lines = 0;
    }

    @Override
    public void close() {
        logs.forEach(this::send);
    }
}
