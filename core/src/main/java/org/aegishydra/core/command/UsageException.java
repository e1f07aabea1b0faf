package org.aegishydra.core.command;

/** What the user asked for cannot be done as asked: the message names the option, the value and the remedy. */
public final class UsageException extends RuntimeException {
    private static final long serialVersionUID = 1L;

    public UsageException(String message) {
        super(message);
    }
}
