package org.aegishydra.replayer.server;

/** A client's request cannot be met; the answer says why. */
final class RequestRefusedException extends Exception {
    private static final long serialVersionUID = 1L;

    private final String answer;

    RequestRefusedException(String answer) {
        super(answer, null, false, false);
        this.answer = answer;
    }

    /** The error message to send to the client. */
    String answer() {
        return answer;
    }
}
