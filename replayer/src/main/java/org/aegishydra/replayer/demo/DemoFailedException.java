package org.aegishydra.replayer.demo;

/** The demo did not show what it is there to show; the message says where to look. */
final class DemoFailedException extends RuntimeException {
    private static final long serialVersionUID = 1L;

    DemoFailedException(String message) {
        super(message);
    }
}
