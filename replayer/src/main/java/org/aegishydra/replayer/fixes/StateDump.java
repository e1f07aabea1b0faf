package org.aegishydra.replayer.fixes;

import java.util.ArrayDeque;
import java.util.Deque;
import java.util.HashMap;
import java.util.Map;
import org.aegishydra.core.run.StepOperation;
import org.aegishydra.core.run.StepRecord;
import org.aegishydra.trader.scribe.PaperFormat;

/**
 * Fixes 1 and 5 before and seed: the trading thread makes a JSON object of each step, and sends the last ones out every so
 * many steps of their product. The forms of fix 5 differ in that number, 500 or 503; those of fix 1 in who writes.
 */
final class StateDump extends StepWork {
    /** Rows that the state holds. */
    static final int STATE_ROWS = 1000;

    private final ProductFolders folders;
    private final PaperFormat format;
    private final RowTimestamps timestamps;
    private final FileWrites writes;
    private final int stepsPerDump;
    private final Map<String, State> states = new HashMap<>();

    StateDump(
            ProductFolders folders, PaperFormat format, RowTimestamps timestamps, FileWrites writes, int stepsPerDump) {
        this.folders = folders;
        this.format = format;
        this.timestamps = timestamps;
        this.writes = writes;
        this.stepsPerDump = stepsPerDump;
    }

    /** One product's last rows. */
    private static final class State {
        private final Deque<String> rows = new ArrayDeque<>();
        private long steps;
    }

    @Override
    public long onStep(StepRecord step) {
        final String productId = step.productId();
        final State state = states.computeIfAbsent(productId, id -> new State());
        final StringBuilder object = new StringBuilder();
        format.stateObject(object, timestamps.ofStateObject(step.eventTimeNs()), step);
        state.rows.addLast(object.toString());
        if (state.rows.size() > STATE_ROWS) {
            state.rows.removeFirst();
        }
        if (++state.steps % stepsPerDump != 0) {
            return 0;
        }
        send(productId, state);
        return StepOperation.JSON_DUMP.bit();
    }

    private void send(String productId, State state) {
        writes.replace(folders.of(productId).resolve("paper_state.json"), state.rows);
    }

    @Override
    public void close() {
        states.forEach(this::send);
    }
}
