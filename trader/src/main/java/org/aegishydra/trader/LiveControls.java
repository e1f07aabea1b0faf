package org.aegishydra.trader;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.concurrent.locks.LockSupport;
import org.aegishydra.core.run.ControlRecord;

/**
 * The controls of a live run: trading begins when the trader has caught up, if it was told to start at the end; and the
 * kill switch, a file named {@code KILL} in the run's folder, refuses every order from then on. Read on the trading
 * thread; a thread of its own looks for the file.
 */
final class LiveControls implements ControlSource, AutoCloseable {
    /** Made in the run's folder, for example with {@code touch RUN/KILL}, it stops all orders. */
    static final String KILL_FILE = "KILL";

    private static final long LOOK_INTERVAL_NS = 100_000_000L;

    private final Path killFile;
    private long enableAfter;
    private boolean disabled;
    private boolean enabled;
    private boolean killed;
    private volatile boolean killRequested;
    private volatile boolean closed;

    /** The controls of a run that trades from its first record on. */
    LiveControls(Path runDirectory) {
        this.killFile = runDirectory.resolve(KILL_FILE);
        // Before the first record: nothing may be ordered if the file is there when a run is resumed.
        this.killRequested = Files.exists(killFile);
        final Thread looking = new Thread(this::look, "kill-switch");
        looking.setDaemon(true);
        looking.start();
    }

    /** Disables trading until this record was handled; to be called before the first one. */
    void enableAfter(long sequence) {
        enableAfter = sequence;
    }

    /**
     * Goes on where a run was: what it had is not said again. One that was still catching up goes on doing so.
     *
     * @param lastOldSequence the last record that is there by now.
     */
    void resume(RecordedRun run, long lastOldSequence) {
        killed = run.isKilled();
        disabled = run.isCatchingUp();
        if (disabled || run.isToCatchUp()) {
            enableAfter = lastOldSequence;
        }
    }

    private void look() {
        while (!closed && !killRequested) {
            killRequested = Files.exists(killFile);
            LockSupport.parkNanos(LOOK_INTERVAL_NS);
        }
    }

    @Override
    public ControlRecord due(long lastSequence) {
        if (!disabled && lastSequence < enableAfter) {
            disabled = true;
            return new ControlRecord(ControlRecord.Type.TRADING_DISABLED, lastSequence, "catching up");
        }
        if (disabled && !enabled && lastSequence >= enableAfter) {
            enabled = true;
            return new ControlRecord(ControlRecord.Type.TRADING_ENABLED, lastSequence, "caught up");
        }
        if (!killed && killRequested) {
            killed = true;
            return new ControlRecord(ControlRecord.Type.KILL, lastSequence, "kill switch");
        }
        return null;
    }

    @Override
    public void close() {
        closed = true;
    }
}
