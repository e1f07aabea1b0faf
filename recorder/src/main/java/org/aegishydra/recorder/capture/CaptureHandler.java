package org.aegishydra.recorder.capture;

/** Receives what a capture holds, in its order. Times are nanoseconds since the epoch or {@link Timestamps#NO_TIME}. */
interface CaptureHandler {
    /**
     * Bytes that stand where a message should be; valid only during the call.
     *
     * @param connection the capture's own name of the connection.
     * @return null if they are a message, or why they are none.
     */
    String onMessage(String connection, long receiveTimeNs, byte[] buffer, int offset, int length);

    /** A connection was opened. */
    default void onConnected(String connection, long timeNs, String url) {}

    /** The client sent something. */
    default void onSent(String connection, long timeNs, String message) {}
}
