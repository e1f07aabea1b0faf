package org.aegishydra.core.journal;

import java.io.File;
import net.openhft.chronicle.queue.ExcerptTailer;
import net.openhft.chronicle.queue.TailerState;
import net.openhft.chronicle.queue.impl.single.SingleChronicleQueue;
import net.openhft.chronicle.wire.DocumentContext;

/**
 * The cycle files of a journal as Chronicle reads them. Which ones there are is never asked of Chronicle, whose own list
 * still names those that were deleted. Used by one thread at a time.
 */
final class CycleFiles implements AutoCloseable {
    private static final long NS_PER_MS = 1_000_000L;

    final ExcerptTailer tailer;
    private final SingleChronicleQueue queue;

    CycleFiles(Journal journal) {
        // A reader never makes a cycle file, so it needs no clock.
        queue = journal.queue(true, () -> 0L);
        queue.singleThreadedCheckDisabled(true);
        tailer = queue.createTailer();
        tailer.singleThreadedCheckDisabled(true);
    }

    /** Moves before the first record of a cycle file; false if there is no such file, or it is not ready yet. */
    boolean moveToStart(Segment segment) {
        return tailer.moveToCycle(cycle(segment));
    }

    /** Moves before a record of a cycle file, counted from 0; false if there is no such record. */
    boolean moveTo(Segment segment, long record) {
        // One document is one record, so the index within the cycle follows from the sequence.
        return tailer.moveToIndex(queue.rollCycle().toIndex(cycle(segment), record));
    }

    /** Moves before the last record of a cycle file; false if it has none. */
    boolean moveToLast(Segment segment) {
        final long records = tailer.excerptsInCycle(cycle(segment));
        return records > 0 && moveTo(segment, records - 1);
    }

    /** Whether a document lies in a cycle file: Chronicle goes on to the next one by itself. */
    boolean isIn(Segment segment, DocumentContext document) {
        return queue.rollCycle().toCycle(document.index()) == cycle(segment);
    }

    private int cycle(Segment segment) {
        return (int) (segment.startNs() / cycleLengthNs());
    }

    long cycleLengthNs() {
        return queue.rollCycle().lengthInMillis() * NS_PER_MS;
    }

    /** Whether records may still be appended where the tailer stands; false at the end of a file that was closed. */
    boolean isInsideFile() {
        return tailer.state() == TailerState.FOUND_IN_CYCLE;
    }

    /** Whether the file that is being read was deleted: its memory stays readable, but nothing leads on from it. */
    boolean isCurrentFileDeleted() {
        final File current = tailer.currentFile();
        return current == null || !current.exists();
    }

    @Override
    public void close() {
        tailer.close();
        queue.close();
    }
}
