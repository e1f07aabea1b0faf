package org.aegishydra.recorder.websocket;

/** What a connection's owner hears of messages that {@link InflateExtension} refuses. Called on the connection's thread. */
public interface InflateListener {
    /**
     * A message is larger than the limit when inflated; its connection is about to end with code 1009.
     *
     * @param inflatedBytesAtLeast so many there are, and perhaps more: inflating stopped there.
     */
    void onOversized(long inflatedBytesAtLeast);

    /**
     * What came cannot be inflated, or the server answered the offer with what it does not allow; the connection is about
     * to end with code 1002.
     */
    void onCorrupt(String reason);
}
