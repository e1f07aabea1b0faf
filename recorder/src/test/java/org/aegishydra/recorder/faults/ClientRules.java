package org.aegishydra.recorder.faults;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.concurrent.TimeUnit;

/** Coinbase's rules for clients, watched. Thread safe. */
final class ClientRules {
    private static final int MOST_A_SECOND = 8;

    /** A second, less what an idle machine may push two events together. */
    private static final long WINDOW_NS = TimeUnit.MILLISECONDS.toNanos(900);

    /** For how long a stall of the machine is remembered: what was sent before it may be read after it. */
    private static final long REMEMBERED_NS = TimeUnit.SECONDS.toNanos(3);

    private static final long SUBSCRIBE_WITHIN_NS = TimeUnit.SECONDS.toNanos(5);
    private static final int MAX_REMEMBERED = 1000;

    private record Stall(long atNs, long lengthNs) {}

    private final Deque<Stall> stalls = new ArrayDeque<>();
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
        if (timeNs - connectedNs > SUBSCRIBE_WITHIN_NS + stalledNs(timeNs)) {
            violated("connection " + connection + " subscribed " + TimeUnit.NANOSECONDS.toMillis(timeNs - connectedNs)
                    + " ms after it connected");
        }
    }

    /** The machine let a thread wait that long: nobody's times are better than that. */
    synchronized void stalled(long timeNs, long stallNs) {
        while (!stalls.isEmpty() && timeNs - stalls.getFirst().atNs() > REMEMBERED_NS) {
            stalls.removeFirst();
        }
        if (stallNs > 0) {
            stalls.addLast(new Stall(timeNs, stallNs));
        }
    }

    private long stalledNs(long timeNs) {
        stalled(timeNs, 0);
        return stalls.stream().mapToLong(Stall::lengthNs).sum();
    }

    private int count(Deque<Long> times, long timeNs) {
        final long windowNs = WINDOW_NS - stalledNs(timeNs);
        times.addLast(timeNs);
        while (times.size() > 1 && timeNs - times.getFirst() >= windowNs) {
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
