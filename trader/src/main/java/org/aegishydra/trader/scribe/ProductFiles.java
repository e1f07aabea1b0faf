package org.aegishydra.trader.scribe;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.CharBuffer;
import java.nio.channels.FileChannel;
import java.nio.charset.CharsetEncoder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import org.aegishydra.core.run.DecisionRecord;
import org.aegishydra.core.run.StepRecord;

/**
 * The three files of one product. Rows are gathered and written in blocks; the state is written to a new file and renamed,
 * so that a reader never sees half of it. Used by the scribe's thread.
 */
final class ProductFiles implements AutoCloseable {
    /** How many of the last rows the state holds. */
    private static final int STATE_ROWS = 1000;

    private static final int BLOCK_CHARS = 1 << 16;

    private final PaperFormat format;
    private final Path statePath;
    private final FileChannel log;
    private final FileChannel trades;
    private final StringBuilder logRows = new StringBuilder(BLOCK_CHARS + 1024);
    private final StringBuilder tradeRows = new StringBuilder(4096);
    private final StringBuilder stateText = new StringBuilder();
    private final StepRecord[] lastRows = new StepRecord[STATE_ROWS];
    private final CharsetEncoder utf8 = StandardCharsets.UTF_8.newEncoder();
    private final ByteBuffer block = ByteBuffer.allocateDirect(BLOCK_CHARS);
    private long rowCount;
    private long rowCountInState;

    ProductFiles(Path directory, PaperFormat format) {
        this.format = format;
        this.statePath = directory.resolve("paper_state.json");
        try {
            Files.createDirectories(directory);
            log = append(directory.resolve("paper_log.csv"));
            trades = append(directory.resolve("paper_trades.csv"));
        } catch (final IOException e) {
            throw new UncheckedIOException("cannot write to " + directory, e);
        }
        for (int i = 0; i < STATE_ROWS; i++) {
            lastRows[i] = new StepRecord();
        }
    }

    private static FileChannel append(Path file) throws IOException {
        return FileChannel.open(
                file, StandardOpenOption.CREATE, StandardOpenOption.WRITE, StandardOpenOption.TRUNCATE_EXISTING);
    }

    void step(StepRecord step) {
        format.logRow(logRows, step);
        lastRows[(int) (rowCount % STATE_ROWS)].copyOf(step);
        rowCount++;
        if (logRows.length() >= BLOCK_CHARS) {
            write(log, logRows);
        }
    }

    void fill(DecisionRecord fill) {
        format.tradeRow(tradeRows, fill);
        if (tradeRows.length() >= BLOCK_CHARS) {
            write(trades, tradeRows);
        }
    }

    /** Writes what was gathered. */
    void flush() {
        write(log, logRows);
        write(trades, tradeRows);
    }

    /** Writes the last rows as JSON, if there are new ones. */
    void writeState() {
        if (rowCount == rowCountInState) {
            return;
        }
        rowCountInState = rowCount;
        stateText.setLength(0);
        stateText.append('[');
        final long first = Math.max(0, rowCount - STATE_ROWS);
        for (long row = first; row < rowCount; row++) {
            stateText.append(row == first ? "\n" : ",\n");
            format.stateObject(stateText, lastRows[(int) (row % STATE_ROWS)]);
        }
        stateText.append("\n]\n");
        final Path unfinished = statePath.resolveSibling("paper_state.json.new");
        try (FileChannel channel = append(unfinished)) {
            write(channel, stateText);
            Files.move(unfinished, statePath, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
        } catch (final IOException e) {
            throw new UncheckedIOException("cannot write " + statePath, e);
        }
    }

    private void write(FileChannel channel, StringBuilder text) {
        final CharBuffer chars = CharBuffer.wrap(text);
        try {
            while (chars.hasRemaining()) {
                block.clear();
                utf8.reset().encode(chars, block, true);
                block.flip();
                while (block.hasRemaining()) {
                    channel.write(block);
                }
            }
        } catch (final IOException e) {
            throw new UncheckedIOException("cannot write a file of the run", e);
        }
        text.setLength(0);
    }

    @Override
    public void close() {
        flush();
        writeState();
        try {
            log.close();
            trades.close();
        } catch (final IOException e) {
            throw new UncheckedIOException("cannot close a file of the run", e);
        }
    }
}
