package org.aegishydra.recorder.feed;

/** Why a recording ended. */
public enum StopReason {
    /** Somebody asked for it. */
    SIGNAL("signal", false),
    /** The time that was asked for is over. */
    DURATION("duration is over", false),
    /** Nothing came for as long as was asked for. */
    IDLE("idle", false),
    /** The disk is about to be full. */
    DISK_LOW("the disk is low", true),
    /** The server refuses all that was asked for. */
    REFUSED("nothing is left to record", true),
    /** No connection was ever opened. */
    NOT_CONNECTED("no connection", true),
    /** The journal could not be written, or the program failed. */
    FAILED("failed", true);

    private final String text;
    private final boolean failure;

    StopReason(String text, boolean failure) {
        this.text = text;
        this.failure = failure;
    }

    /** Whether this is no end that anybody wanted. */
    public boolean isFailure() {
        return failure;
    }

    @Override
    public String toString() {
        return text;
    }
}
