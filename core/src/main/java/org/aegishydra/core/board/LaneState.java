package org.aegishydra.core.board;

/** What a connection lane was doing when it was last published. */
public enum LaneState {
    CONNECTING,
    SUBSCRIBING,
    RECORDING,
    BACKING_OFF,
    CLOSED,
}
