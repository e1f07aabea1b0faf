package org.aegishydra.core.journal;

/**
 * A segment and the records that it holds.
 *
 * @param firstSequence its first record; 0 if it holds none.
 * @param lastSequence its last record; 0 if it holds none.
 */
public record RecordedSegment(Segment segment, long firstSequence, long lastSequence) {
    /** How many records it holds. */
    public long records() {
        return firstSequence == 0 ? 0 : lastSequence - firstSequence + 1;
    }

    /** Whether another finding of this segment found the same records. */
    boolean holdsTheSameAs(RecordedSegment other) {
        return segment.name().equals(other.segment.name())
                && firstSequence == other.firstSequence
                && lastSequence == other.lastSequence;
    }
}
