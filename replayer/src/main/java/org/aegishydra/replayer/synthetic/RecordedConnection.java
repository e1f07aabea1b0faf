package org.aegishydra.replayer.synthetic;

/** A connection as the recorder sees it: its id, and the numbers of its messages. Used by one thread. */
final class RecordedConnection {
    private final int id;
    private long nextSequence;
    private long recorded;

    RecordedConnection(int id) {
        this.id = id;
    }

    int id() {
        return id;
    }

    /** Messages that were recorded of it. */
    long recorded() {
        return recorded;
    }

    /** The number of the next message that the exchange sends. */
    long nextSequence() {
        return nextSequence;
    }

    /** The exchange sent a message that never came. */
    void missed() {
        nextSequence++;
    }

    /** A message came. */
    void received() {
        nextSequence++;
        recorded++;
    }
}
