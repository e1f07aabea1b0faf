package org.aegishydra.core.journal;

import java.util.List;

/** A source of recorded records that can be read from any of them on. Used by one thread at a time. */
public interface RecordReader extends RecordSource {
    /**
     * Moves so that the next record polled is the one with this sequence, or the first one if the sequence is lower than
     * that. Event time starts anew.
     *
     * @return false if the recording ends before that record; the reader then stands at its end.
     */
    boolean seek(long sequence);

    /** The days of which there are records, in order; the reader then stands at the recording's end. */
    List<RecordedDay> days();
}
