package org.aegishydra.core.board;

/** What a board tells of the recorder's process. The order is the layout in the file. */
public enum RecorderFigure {
    PID,
    START_WALL_NS,
    UPDATED_WALL_NS,
    /** The ordinal of a {@link RecorderState}. */
    STATE,
    MESSAGES,
    BYTES,
    FACTS,
    RECORDS,
    LAST_RECORD_SEQUENCE,
    /** Of the appends in the last interval between two publications, or whatever longer interval the recorder chose. */
    RECENT_APPEND_P50_NS,
    RECENT_APPEND_P99_NS,
    RECENT_APPEND_MAX_NS,
    /** Of all appends since the start. */
    APPEND_P50_NS,
    APPEND_P99_NS,
    APPEND_MAX_NS,
    /** Messages that came and are not in the journal. */
    DROPPED_MESSAGES,
    /** Appends that took so long that a feed's thread was held up. */
    BLOCKED_APPENDS,
    DISK_USABLE_BYTES,
    /** Below this the recorder stops. */
    DISK_RESERVE_BYTES,
    HEAP_USED_BYTES,
    HEAP_MAX_BYTES,
    COLLECTIONS,
    COLLECTION_TIME_MS,
    OPEN_FILES,
    ALLOCATED_BYTES,
}
