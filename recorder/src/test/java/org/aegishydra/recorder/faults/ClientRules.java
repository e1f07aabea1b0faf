package org.aegishydra.recorder.faults;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.concurrent.TimeUnit;

/** Coinbase's rules for clients, watched. Thread safe. */
final class ClientRules {
    private static final int MOST_A_SECOND = 8;

    /** A second, less what a busy machine may push two events together. */
    private static final long WINDOW_NS = TimeUnit.MILLISECONDS.toNanos(900);

    private static final long SUBSCRIBE_WITHIN_NS = TimeUnit.SECONDS.toNanos(5);
    private static final int MAX_REMEMBERED = 1000;

    private final Deque<Long> connections = new ArrayDeque<>();
    private final Deque<Long> messages = new ArrayDeque<>();
    private final List<String> violations = new ArrayList<>();

    synchronized void connected(int connection, long timeNs) {
        if (count(connections, timeNs) > MOST_A_SECOND) {
            violated("connection " + connection + " is the " + connections.size() + "th within a second");
        }
    }

    synchronized void message(int connection, long timeNs) {
        if (count(messages, timeNs) > MOST_A_SECOND) {
            violated("connection " + connection + " sent the " + messages.size() + "th message within a second");
        }
    }

    synchronized void subscribed(int connection, long connectedNs, long timeNs) {
        if (timeNs - connectedNs > SUBSCRIBE_WITHIN_NS) {
            violated("connection " + connection + " subscribed " + TimeUnit.NANOSECONDS.toMillis(timeNs - connectedNs)
                    + " ms after it connected");
        }
    }

    private static int count(Deque<Long> times, long timeNs) {
        times.addLast(timeNs);
        while (timeNs - times.getFirst() >= WINDOW_NS) {
            times.removeFirst();
        }
        return times.size();
    }

    private void violated(String what) {
        if (violations.size() < MAX_REMEMBERED) {
            violations.add(what);
        }
    }

    synchronized List<String> violations() {
        return List.copyOf(violations);
    }
}
