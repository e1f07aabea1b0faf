package org.aegishydra.core.board;

/** What a board tells of one connection lane. The order is the layout in the file. */
public enum LaneFigure {
    /** The ordinal of a {@link LaneState}. */
    STATE,
    CONNECTION_ID,
    MESSAGES,
    BYTES,
    GAPS,
    RECONNECTS,
    TAKEOVERS,
    LAST_MESSAGE_MONOTONIC_NS,
    LAST_MESSAGE_WALL_NS,
    /** The feed's own sequence number, as last seen. */
    LAST_SEQUENCE,
}
