package org.aegishydra.replayer.server;

import java.util.ArrayDeque;
import java.util.Deque;

/**
 * Messages that wait for one client, bounded in bytes. One thread puts, one takes; thread safe.
 */
final class Outbox {
    private final long maxBytes;
    private final Deque<OutgoingMessage> messages = new ArrayDeque<>();
    private long bytes;
    private boolean ended;
    private boolean closed;

    Outbox(long maxBytes) {
        this.maxBytes = maxBytes;
    }

    /** Puts a message in if there is room; one message of any size has room in an empty outbox. */
    synchronized boolean offer(OutgoingMessage message) {
        if (!hasRoom(message)) {
            return false;
        }
        add(message);
        return true;
    }

    /**
     * Puts a message in, when there is room.
     *
     * @return false if the client is gone.
     */
    synchronized boolean put(OutgoingMessage message) throws InterruptedException {
        while (!closed && !hasRoom(message)) {
            wait();
        }
        if (closed) {
            return false;
        }
        add(message);
        return true;
    }

    private boolean hasRoom(OutgoingMessage message) {
        return messages.isEmpty() || bytes + message.lengthBytes() <= maxBytes;
    }

    private void add(OutgoingMessage message) {
        messages.add(message);
        bytes += message.lengthBytes();
        notifyAll();
    }

    /** The next message, when there is one; null if the client is gone or, after {@link #end()}, nothing is left. */
    synchronized OutgoingMessage take() throws InterruptedException {
        while (!closed && messages.isEmpty() && !ended) {
            wait();
        }
        final OutgoingMessage message = closed ? null : messages.poll();
        if (message != null) {
            bytes -= message.lengthBytes();
            notifyAll();
        }
        return message;
    }

    /** Nothing more is put in; what is there is still taken. */
    synchronized void end() {
        ended = true;
        notifyAll();
    }

    /** The client is gone. */
    synchronized void close() {
        closed = true;
        messages.clear();
        bytes = 0;
        notifyAll();
    }

    synchronized boolean isClosed() {
        return closed;
    }
}
