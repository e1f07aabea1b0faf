package org.aegishydra.replayer.fixes;

/** A message that a tree or a pattern was made of, and that cannot be used all the same. */
final class UnusableMessageException extends RuntimeException {
    private static final long serialVersionUID = 1L;

    UnusableMessageException(String why) {
        super(why);
    }
}
