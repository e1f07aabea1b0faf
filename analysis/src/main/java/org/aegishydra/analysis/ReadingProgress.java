package org.aegishydra.analysis;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import me.tongfei.progressbar.ProgressBar;
import me.tongfei.progressbar.ProgressBarBuilder;

/**
 * A bar on standard error that shows how far a journal was read. Appears only on a terminal, and only if the reading takes
 * longer than a moment. Used by one thread.
 */
final class ReadingProgress implements AutoCloseable {
    private static final Path STANDARD_ERROR = Path.of("/proc/self/fd/2");
    private static final long MOMENT_NS = 1_000_000_000L;

    /** How far there is to read; 0 if that is not known. */
    private final long lastSequence;

    private final boolean terminal = isTerminal();
    private final long startNs = System.nanoTime();
    private ProgressBar bar;

    ReadingProgress(long lastSequence) {
        this.lastSequence = lastSequence;
    }

    void advanceTo(long sequence) {
        if (!terminal) {
            return;
        }
        if (bar == null && System.nanoTime() - startNs > MOMENT_NS) {
            bar = new ProgressBarBuilder()
                    .setTaskName("inspect")
                    .setInitialMax(lastSequence > 0 ? lastSequence : -1)
                    .setUnit(" records", 1)
                    .showSpeed()
                    .build();
        }
        if (bar != null) {
            bar.stepTo(sequence);
        }
    }

    /** The JDK does not tell whether standard error is a terminal; Linux does. Elsewhere there is no bar. */
    private static boolean isTerminal() {
        try {
            final String target = Files.readSymbolicLink(STANDARD_ERROR).toString();
            return target.startsWith("/dev/pts/") || target.startsWith("/dev/tty") || target.equals("/dev/console");
        } catch (final IOException | UnsupportedOperationException e) {
            return false;
        }
    }

    @Override
    public void close() {
        if (bar != null) {
            bar.close();
        }
    }
}
