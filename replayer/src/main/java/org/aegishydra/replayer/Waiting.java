package org.aegishydra.replayer;

import java.util.Locale;
import org.aegishydra.core.command.UsageException;

/** How a paced replay waits until a record is due. */
public enum Waiting {
    /** Sleeps, then spins the last stretch away: late by less than a microsecond in most cases, for a core that has nothing else to do. */
    SPIN(80_000L),

    /** Sleeps only, and leaves the core to others: late by what the kernel takes to wake a thread. */
    SLEEP(0L);

    private final long spinNs;

    Waiting(long spinNs) {
        this.spinNs = spinNs;
    }

    /**
     * Reads the value of {@code --wait}.
     *
     * @throws UsageException if it is none.
     */
    public static Waiting parse(String text) {
        for (final Waiting waiting : values()) {
            if (waiting.toString().equals(text)) {
                return waiting;
            }
        }
        throw new UsageException("--wait " + text + ": must be spin or sleep");
    }

    /** The last stretch before a record is due, which is spun away: longer than a thread that sleeps usually wakes late. */
    long spinNs() {
        return spinNs;
    }

    @Override
    public String toString() {
        return name().toLowerCase(Locale.ROOT);
    }
}
