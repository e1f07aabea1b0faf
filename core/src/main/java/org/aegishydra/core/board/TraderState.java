package org.aegishydra.core.board;

/** What a trader was doing when it last published. */
public enum TraderState {
    TRADING,
    /** It ended by its own will; a process that is gone in any other state was killed. */
    STOPPED,
}
