package org.aegishydra.replayer.fixes;

import java.util.Arrays;
import java.util.stream.Collectors;
import org.aegishydra.core.command.UsageException;

/** A change that was made to remove latency spikes, by its number in the list that users know. */
public enum LatencyFix {
    /** No synchronous disk I/O in what follows a step. */
    DISK_IO(1, "no synchronous disk I/O", "10-15 ms off a spike"),
    /** No full collection every so many steps. */
    COLLECTION(2, "no explicit garbage collection", "5-12 ms off a spike"),
    /** One formatting of the time for both of a step's rows, or none. */
    TIMESTAMP(3, "cached timestamp", "1-3 ms off a spike"),
    /** No stale entries in the book's heaps. */
    HEAP_CLEANUP(4, "periodic heap clean-up", "5-10 ms intermittent spikes"),
    /** The dump of the state falls in step with no other periodic work. */
    STAGGERING(5, "staggered periodic work", "spike probability from 100% to under 5% of those steps"),
    /** A status line seldom, and in plain formatting. */
    STATUS_LINE(6, "fewer display updates", "0.5 ms off the baseline"),
    /** Slow steps are told, with what ran in them. */
    DETECTION(7, "spike detection", "makes the others checkable"),
    /** Messages are read from their bytes, not from text. */
    BYTE_PATH(8, "byte-level fast path", "0.5-1 ms off the baseline");

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

    /**
     * Whether this project's forms of everything else leave a place for the form before. Not of {@link #STAGGERING}: the only
     * periodic work that it moves is the dump of the state, which is the scribe's.
     */
    public boolean isApplicableAlone() {
        return this != STAGGERING;
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
        final String numbers =
                Arrays.stream(values()).map(fix -> Integer.toString(fix.number)).collect(Collectors.joining(", "));
        throw new UsageException("variant " + variant + ": there is no fix " + number + ", only " + numbers);
    }
}
