package org.aegishydra.replayer.fixes;

import java.util.ArrayDeque;
import java.util.Deque;
import java.util.HashMap;
import java.util.Map;
import org.aegishydra.core.run.StepOperation;
import org.aegishydra.core.run.StepRecord;
import org.aegishydra.trader.scribe.PaperFormat;

/**
 * Fixes 1 and 5 before and seed: the trading thread makes a JSON object of each step, and every so many steps sends out the
 * last ones of the product whose step it is. The forms of fix 5 differ in that number, 500 or 503; those of fix 1 in who
 * writes. Steps are counted over all products, as collections and status lines count them: whether the dump falls in step with
 * those does not depend on how many products are traded.
 */
final class StateDump extends StepWork {
    /** Rows that the state holds. */
    static final int STATE_ROWS = 1000;

    private final ProductFolders folders;
    private final PaperFormat format;
    private final RowTimestamps timestamps;
    private final FileWrites writes;
    private final int stepsPerDump;
    private final Map<String, Deque<String>> rowsByProduct = new HashMap<>();

    StateDump(
            ProductFolders folders, PaperFormat format, RowTimestamps timestamps, FileWrites writes, int stepsPerDump) {
        this.folders = folders;
        this.format = format;
        this.timestamps = timestamps;
        this.writes = writes;
        this.stepsPerDump = stepsPerDump;
    }

    @Override
    public long onStep(StepRecord step) {
        final String productId = step.productId();
        final Deque<String> rows = rowsByProduct.computeIfAbsent(productId, id -> new ArrayDeque<>());
        final StringBuilder object = new StringBuilder();
        format.stateObject(object, timestamps.ofStateObject(step.eventTimeNs()), step);
        rows.addLast(object.toString());
        if (rows.size() > STATE_ROWS) {
            rows.removeFirst();
        }
        if (step.step() % stepsPerDump != 0) {
            return 0;
        }
        send(productId, rows);
        return StepOperation.JSON_DUMP.bit();
    }

    private void send(String productId, Deque<String> rows) {
        writes.replace(folders.of(productId).resolve("paper_state.json"), rows);
    }

    @Override
    public void close() {
        rowsByProduct.forEach(this::send);
    }
}
