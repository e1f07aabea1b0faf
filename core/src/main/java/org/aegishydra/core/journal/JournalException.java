package org.aegishydra.core.journal;

/** A journal cannot be opened, written or trusted. The message names the place and, where there is one, the remedy. */
public final class JournalException extends RuntimeException {
    private static final long serialVersionUID = 1L;

    public JournalException(String message) {
        super(message);
    }

    public JournalException(String message, Throwable cause) {
        super(message, cause);
    }
}
