package org.aegishydra.trader.scribe;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import org.aegishydra.core.run.DecisionRecord;
import org.aegishydra.core.run.StepRecord;

/**
 * The three files of one product. Rows are gathered and written in blocks; the state is written to a new file and renamed,
 * so that a reader never sees half of it. To open and rename a file makes some garbage, once for each state; nothing else
 * does. Used by the scribe's thread.
 */
final class ProductFiles implements AutoCloseable {
    /** How many of the last rows the state holds. */
    private static final int STATE_ROWS = 1000;

    private final String productId;
    private final PaperFormat format;
    private final Path statePath;
    private final Path unfinishedStatePath;
    private final TextFile log;
    private final TextFile trades;
    private final TextFile state;
    private final StepRecord[] lastRows = new StepRecord[STATE_ROWS];
    private long rowCount;
    private long rowCountInState;

    ProductFiles(String productId, Path directory, PaperFormat format, OutputFile.Opener opener, ByteBuffer block) {
        this.productId = productId;
        this.format = format;
        this.statePath = directory.resolve("paper_state.json");
        this.unfinishedStatePath = directory.resolve("paper_state.json.new");
        try {
            Files.createDirectories(directory);
        } catch (final IOException e) {
            throw new UncheckedIOException("cannot write to " + directory, e);
        }
        log = new TextFile(directory.resolve("paper_log.csv"), opener, block).open();
        trades = new TextFile(directory.resolve("paper_trades.csv"), opener, block).open();
        state = new TextFile(unfinishedStatePath, opener, block);
        for (int i = 0; i < STATE_ROWS; i++) {
            lastRows[i] = new StepRecord();
        }
    }

    String productId() {
        return productId;
    }

    void step(StepRecord step) {
        format.logRow(log.text(), step);
        log.rowEnded();
        lastRows[(int) (rowCount % STATE_ROWS)].copyOf(step);
        rowCount++;
    }

    void fill(DecisionRecord fill) {
        format.tradeRow(trades.text(), fill);
        trades.rowEnded();
    }

    /** Writes what was gathered. */
    void flush() {
        log.flush();
        trades.flush();
    }

    /** Writes the last rows as JSON, if there are new ones. Returns whether there were. */
    boolean writeState() {
        if (rowCount == rowCountInState) {
            return false;
        }
        rowCountInState = rowCount;
        state.open();
        state.text().append('[');
        final long first = Math.max(0, rowCount - STATE_ROWS);
        for (long row = first; row < rowCount; row++) {
            state.text().append(row == first ? "\n" : ",\n");
            format.stateObject(state.text(), lastRows[(int) (row % STATE_ROWS)]);
            state.rowEnded();
        }
        state.text().append("\n]\n");
        state.close();
        try {
            Files.move(
                    unfinishedStatePath,
                    statePath,
                    StandardCopyOption.ATOMIC_MOVE,
                    StandardCopyOption.REPLACE_EXISTING);
        } catch (final IOException e) {
            throw new UncheckedIOException("cannot write " + statePath, e);
        }
        return true;
    }

    @Override
    public void close() {
        try {
            flush();
            writeState();
        } finally {
            try {
                log.close();
            } finally {
                trades.close();
            }
        }
    }
}
