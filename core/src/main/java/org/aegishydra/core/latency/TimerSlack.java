package org.aegishydra.core.latency;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;

/**
 * By how much Linux may let a sleeping thread wake late so as to save power: 50 µs unless a thread says otherwise. Asks for
 * none for the thread that makes it; where the kernel does not offer that, nothing changes.
 */
public final class TimerSlack implements AutoCloseable {
    private static final Path THREAD = Path.of("/proc/thread-self");
    private static final String LEAST_NS = "1";
    private static final String DEFAULT = "0";

    private final Path file;

    private TimerSlack(Path file) {
        this.file = file;
    }

    /** The calling thread wakes as exactly as it can, until this is closed. */
    public static TimerSlack least() {
        try {
            final Path thread = THREAD.toRealPath().getFileName();
            final Path file = Path.of("/proc").resolve(thread).resolve("timerslack_ns");
            Files.writeString(file, LEAST_NS);
            return new TimerSlack(file);
        } catch (final IOException e) {
            return new TimerSlack(null);
        }
    }

    /** May be called by any thread. */
    @Override
    public void close() {
        if (file != null) {
            try {
                Files.writeString(file, DEFAULT);
            } catch (final IOException e) {
                // The thread has ended, and its slack with it.
            }
        }
    }
}
