package org.aegishydra.core.checkpoint;

/** A checkpoint cannot be used. The run can still be resumed from its first record. */
public final class CheckpointException extends RuntimeException {
    private static final long serialVersionUID = 1L;

    public CheckpointException(String message) {
        super(message);
    }
}
