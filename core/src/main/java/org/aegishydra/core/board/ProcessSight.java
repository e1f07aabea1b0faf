package org.aegishydra.core.board;

import java.time.Duration;
import java.time.Instant;

/** Whether a process that a board names is there. Stateless. */
final class ProcessSight {
    /** Clocks that tell when a process began are coarse. */
    private static final Duration START_TOLERANCE = Duration.ofSeconds(10);

    private ProcessSight() {}

    /**
     * Process ids are used again: one that began after the board's did is another process.
     *
     * @param startWallNs when the board's process began, in ns since the epoch.
     */
    static boolean isThere(long pid, long startWallNs) {
        final Instant began = Instant.EPOCH.plusNanos(startWallNs);
        return ProcessHandle.of(pid)
                .filter(ProcessHandle::isAlive)
                .map(process -> process.info()
                        .startInstant()
                        .map(start -> !start.isAfter(began.plus(START_TOLERANCE)))
                        .orElse(true))
                .orElse(false);
    }
}
