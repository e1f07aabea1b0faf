package org.aegishydra.core.coinbase;

/** Ends the reading of a message that cannot be used. Preallocated and without a stack trace: feeds send such messages. */
final class MalformedMessageException extends RuntimeException {
    private static final long serialVersionUID = 1L;

    @SuppressWarnings("StaticAssignmentOfThrowable") // it has no trace that could be stale
    static final MalformedMessageException INSTANCE = new MalformedMessageException();

    private MalformedMessageException() {
        super("malformed message", null, false, false);
    }
}
