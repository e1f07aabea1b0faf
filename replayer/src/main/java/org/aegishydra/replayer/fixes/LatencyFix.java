package org.aegishydra.replayer.fixes;

import org.aegishydra.core.command.UsageException;

/** A change that was made to remove latency spikes, by its number in the list that users know. */
public enum LatencyFix {
    /** No synchronous disk I/O in what follows a step. */
    DISK_IO(1, "no synchronous disk I/O", "10-15 ms off a spike"),
    /** No stale entries in the book's heaps. */
    HEAP_CLEANUP(4, "periodic heap clean-up", "5-10 ms intermittent spikes");

    private final int number;
    private final String title;
    private final String claim;

    LatencyFix(int number, String title, String claim) {
        this.number = number;
        this.title = title;
        this.claim = claim;
    }

    public int number() {
        return number;
    }

    public String title() {
        return title;
    }

    /** The effect that was claimed of it. */
    public String claim() {
        return claim;
    }

    /** Whether this project's form of everything else leaves a place for the form before. */
    public boolean isApplicableAlone() {
        return true;
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
