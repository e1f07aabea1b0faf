package org.aegishydra.core.command;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Optional;
import me.tongfei.progressbar.ProgressBar;
import me.tongfei.progressbar.ProgressBarBuilder;

/**
 * A bar on standard error that shows how far long work has come, with its rate and the time that is left. Appears only on
 * a terminal, since it draws with control characters, and only if the work takes longer than a moment. Used by one thread.
 */
public final class Progress implements AutoCloseable {
    private static final Path STANDARD_ERROR = Path.of("/proc/self/fd/2");
    private static final long MOMENT_NS = 1_000_000_000L;

    private final String task;
    private final long total;
    private final String unitName;
    private final boolean shown = isShown();
    private final long startNs = System.nanoTime();
    private ProgressBar bar;

    /** Null as long as the bar may go by the rate so far; asked by the bar's thread. */
    private volatile Duration timeLeft;

    /**
     * Work that begins now.
     *
     * @param total how much there is to do; 0 if that is not known.
     * @param unitName for example {@code records}.
     */
    public Progress(String task, long total, String unitName) {
        this.task = task;
        this.total = total;
        this.unitName = unitName;
    }

    /** The JDK does not tell whether standard error is a terminal; Linux does. Elsewhere nothing moves. */
    public static boolean isShown() {
        try {
            final String target = Files.readSymbolicLink(STANDARD_ERROR).toString();
            return target.startsWith("/dev/pts/") || target.startsWith("/dev/tty") || target.equals("/dev/console");
        } catch (final IOException | UnsupportedOperationException e) {
            return false;
        }
    }

    /** So much is done. */
    public void advanceTo(long done) {
        if (!shown) {
            return;
        }
        if (bar == null && System.nanoTime() - startNs > MOMENT_NS) {
            final ProgressBarBuilder builder = new ProgressBarBuilder()
                    .setTaskName(task)
                    .setInitialMax(total > 0 ? total : -1)
                    .setUnit(" " + unitName, 1)
                    .showSpeed();
            if (timeLeft != null) {
                builder.setEtaFunction(state -> Optional.of(timeLeft));
            }
            bar = builder.build();
        }
        if (bar != null) {
            bar.stepTo(done);
        }
    }

    /**
     * So much is done.
     *
     * @param place where that is, shown beside the bar.
     * @param left how long the rest will take, if something else than the rate so far tells; else null, each time.
     */
    public void advanceTo(long done, String place, Duration left) {
        timeLeft = left;
        advanceTo(done);
        if (bar != null) {
            bar.setExtraMessage(" " + place);
        }
    }

    @Override
    public void close() {
        if (bar != null) {
            bar.close();
        }
    }
}
