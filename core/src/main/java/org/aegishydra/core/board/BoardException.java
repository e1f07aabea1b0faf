package org.aegishydra.core.board;

/** A status board cannot be made, opened or read. The message names the place and, where there is one, the remedy. */
public final class BoardException extends RuntimeException {
    private static final long serialVersionUID = 1L;

    BoardException(String message) {
        super(message);
    }

    BoardException(String message, Throwable cause) {
        super(message, cause);
    }
}
