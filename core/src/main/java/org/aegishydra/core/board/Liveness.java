package org.aegishydra.core.board;

/** Whether the process that a board tells of is there. */
public enum Liveness {
    /** It published a moment ago. */
    LIVE,
    /** The process is there but has not published for longer than {@link BoardView#SILENCE_NS}. */
    SILENT,
    /** It said that it ended. */
    STOPPED,
    /** It is gone and did not say why. */
    GONE,
}
