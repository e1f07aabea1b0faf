package org.aegishydra.replayer.verify;

import org.aegishydra.core.command.UsageException;

/** A change that was made to remove latency spikes, by its number in the list that users know. */
public enum LatencyFix {
    /** No synchronous disk I/O in what follows a step. */
    DISK_IO(1, "no synchronous disk I/O"),
    /** No stale entries in the book's heaps. */
    HEAP_CLEANUP(4, "periodic heap clean-up");

    private final int number;
    private final String title;

    LatencyFix(int number, String title) {
        this.number = number;
        this.title = title;
    }

    public int number() {
        return number;
    }

    public String title() {
        return title;
    }

    /**
     * The fix of a number.
     *
     * @throws UsageException if there is none.
     */
    static LatencyFix ofNumber(String number, String variant) {
        for (final LatencyFix fix : values()) {
            if (Integer.toString(fix.number).equals(number)) {
                return fix;
            }
        }
        throw new UsageException("variant " + variant + ": this version knows the fixes 1 and 4");
    }
}
