package org.aegishydra.recorder.feed;

/**
 * Keeps all connections together within what Coinbase takes from one address: eight connections a second and eight
 * messages a second. A connection may be opened only while so few subscriptions are outstanding that its own will leave
 * within the five seconds which Coinbase gives it. Used by one thread.
 */
final class Admission {
    private static final int CONNECTIONS_PER_SECOND = 8;
    private static final int MESSAGES_PER_SECOND = 8;

    /** Three seconds' worth: the rest of the five is for the network. */
    private static final int MAX_OUTSTANDING_MESSAGES = 3 * MESSAGES_PER_SECOND;

    private final RateLimit connections;
    private final RateLimit messages;
    private int outstanding;

    Admission(long nowNs) {
        connections = new RateLimit(CONNECTIONS_PER_SECOND, nowNs);
        messages = new RateLimit(MESSAGES_PER_SECOND, nowNs);
    }

    /** Whether a connection that will send so many messages may be opened now; it has to {@link #leave} in the end. */
    boolean tryEnter(int messagesToSend, long nowNs) {
        final boolean fits = outstanding == 0 || outstanding + messagesToSend <= MAX_OUTSTANDING_MESSAGES;
        if (!fits || !connections.tryAcquire(nowNs)) {
            return false;
        }
        outstanding += messagesToSend;
        return true;
    }

    /** Whether one of these messages may be sent now. */
    boolean trySend(long nowNs) {
        return messages.tryAcquire(nowNs);
    }

    /** The connection has sent them, or ended. */
    void leave(int messagesToSend) {
        outstanding -= messagesToSend;
    }
}
