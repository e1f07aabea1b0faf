package org.aegishydra.recorder.feed;

import org.aegishydra.core.journal.Dialect;
import org.aegishydra.core.journal.RecordKind;
import org.agrona.DirectBuffer;

/** Where records go: a journal's appender, or in a test something that stands in its way. */
@FunctionalInterface
interface RecordSink {
    /**
     * Appends one record; see {@link org.aegishydra.core.journal.JournalAppender#append}.
     *
     * @return the record's sequence.
     */
    long append(
            RecordKind kind,
            Dialect dialect,
            int connectionId,
            long wallTimeNs,
            long monotonicTimeNs,
            DirectBuffer payload,
            int offset,
            int length);
}
