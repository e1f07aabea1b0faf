package org.aegishydra.core.board;

/** What a board tells of a trader's process. The order is the layout in the file. */
public enum TraderFigure {
    PID,
    START_WALL_NS,
    UPDATED_WALL_NS,
    /** The ordinal of a {@link TraderState}. */
    STATE,
    /** How many products it trades. */
    PRODUCTS,
    /** Records of the journal that it has handled in this process. */
    RECORDS,
    /** The last record of the journal that it has handled. */
    LAST_RECORD_SEQUENCE,
    /** Since the run's start, as all figures of the run. */
    STEPS,
    SPIKES,
    /** Records of the decisions: orders, fills, refusals, controls, marks. */
    DECISION_RECORDS,
    /** Records of the decisions that the scribe has not handled. */
    SCRIBE_DECISIONS_BEHIND,
    /** Records of the steps, of which each holds up to 32, that the scribe has not handled. */
    SCRIBE_STEP_RECORDS_BEHIND,
    /** How long ago the scribe's next record was there at the latest. */
    SCRIBE_LAG_NS,
    /** A longer lag is an alarm. */
    SCRIBE_LAG_LIMIT_NS,
    HEAP_USED_BYTES,
    HEAP_MAX_BYTES,
    COLLECTIONS,
    COLLECTION_TIME_MS,
    RESIDENT_BYTES,
}
