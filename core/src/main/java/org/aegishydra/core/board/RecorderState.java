package org.aegishydra.core.board;

/** What the recorder was doing when it last published. */
public enum RecorderState {
    STARTING,
    RECORDING,
    STOPPING,
    /** It ended by its own will; a process that is gone in any other state was killed. */
    STOPPED,
    /** It ended because something failed. */
    FAILED,
}
