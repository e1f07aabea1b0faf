package org.aegishydra.recorder.faults;

/** What a {@link LoadFeed} does to one of its connections at a random moment. */
public enum LoadFault {
    /** One message is left out; its sequence number, or its trade's number, is used up. */
    HOLE,
    /** A message is sent twice, with the same number. */
    DUPLICATE,
    /** The TCP connection ends with a reset. */
    RESET,
    /** The TCP connection ends in order, without a close frame. */
    DROP,
    /** The TCP connection ends in the middle of a frame. */
    DROP_INSIDE,
    /** A close frame with 1011. */
    CLOSE_1011,
    /** A close frame with 1012, as before maintenance. */
    CLOSE_1012,
    /** Nothing is sent any more; what the client sends is read. */
    SILENCE
}
