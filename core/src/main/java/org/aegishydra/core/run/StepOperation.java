package org.aegishydra.core.run;

import java.util.ArrayList;
import java.util.List;

/** Housekeeping that can run within a step, by the names that the spike line shows. */
public enum StepOperation {
    /** The last rows were written as JSON. */
    JSON_DUMP("json_dump"),
    /** A full collection was asked for. */
    GC_COLLECT("gc_collect"),
    /** Rows of the log were written to their file. */
    CSV_FLUSH("csv_flush"),
    /** A trade was written to its file. */
    TRADE_WRITE("trade_write"),
    /** The book's heaps were rebuilt. */
    HEAP_CLEANUP("heap_cleanup"),
    /** The status line was printed. */
    STATUS_LINE("status_line");

    private final String displayName;

    StepOperation(String displayName) {
        this.displayName = displayName;
    }

    /** The operation's bit in {@link StepRecord#operations()}. */
    public long bit() {
        return 1L << ordinal();
    }

    /** The names of the operations in a set of bits. */
    public static List<String> names(long bits) {
        final List<String> names = new ArrayList<>();
        for (final StepOperation operation : values()) {
            if ((bits & operation.bit()) != 0) {
                names.add(operation.displayName);
            }
        }
        return names;
    }
}
