package org.aegishydra.recorder.feed;

/**
 * Keeps all connections together within what Coinbase takes from one address: eight connections a second and eight
 * messages a second, of which some are left to the network's whims. A connection may be opened only while so few
 * subscriptions are outstanding that its own will leave within the five seconds which Coinbase gives it; one message is
 * sent at a time, and counts when it has left. Used by one thread.
 */
final class Admission {
    private static final int CONNECTIONS_PER_SECOND = 4;
    private static final int MESSAGES_PER_SECOND = 7;

    /** Three seconds' worth: the rest of the five is for the network. */
    private static final int MAX_OUTSTANDING_MESSAGES = 3 * MESSAGES_PER_SECOND;

    private final RateLimit connections;
    private final RateLimit messages;
    private int outstanding;
    private boolean sending;

    Admission(long nowNs) {
        connections = new RateLimit(CONNECTIONS_PER_SECOND, nowNs);
        messages = new RateLimit(MESSAGES_PER_SECOND, nowNs);
    }

    /** Whether a connection that will send so many messages may be opened now; it has to {@link #leave} in the end. */
    boolean tryEnter(int messagesToSend, long nowNs) {
        final boolean fits = outstanding == 0 || outstanding + messagesToSend <= MAX_OUTSTANDING_MESSAGES;
        if (!fits || !connections.allows(nowNs)) {
            return false;
        }
        connections.note(nowNs);
        outstanding += messagesToSend;
        return true;
    }

    /** Whether one message may be sent now; {@link #endSend} has to follow when it has left, or will not. */
    boolean tryBeginSend(long nowNs) {
        if (sending || !messages.allows(nowNs)) {
            return false;
        }
        sending = true;
        return true;
    }

    void endSend(long nowNs) {
        messages.note(nowNs);
        sending = false;
    }

    /** The connection has sent its messages, or ended. */
    void leave(int messagesToSend) {
        outstanding -= messagesToSend;
    }
}
