package org.aegishydra.recorder.feed;

import jakarta.websocket.CloseReason.CloseCode;
import jakarta.websocket.CloseReason.CloseCodes;
import jakarta.websocket.Session;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Queue;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import org.aegishydra.core.coinbase.MarketDataListener;
import org.aegishydra.core.journal.RecordKind;
import org.aegishydra.recorder.websocket.ConnectFailure;

/**
 * One connection of the recorder as a state machine, from the wait before it to its end:
 *
 * <pre>
 *   BACKING_OFF → CONNECTING → SUBSCRIBING → RECORDING → CLOSED
 * </pre>
 *
 * Each state but the last may go to {@code CLOSED} at once. {@link #doWork} never blocks; messages are recorded by Tyrus's
 * threads meanwhile (see {@link FeedConnection}). Used by the recorder's thread.
 */
public final class FeedSession {
    /** Where a session is. */
    public enum State {
        /** The time for the attempt has not come, or other connections go first. */
        BACKING_OFF,
        /** The connection is being opened. */
        CONNECTING,
        /** It is open, and the subscriptions are being sent. */
        SUBSCRIBING,
        /** Messages are being recorded. */
        RECORDING,
        /** The connection ended, or never came to be. */
        CLOSED
    }

    /** Coinbase closes a connection on which nothing was subscribed to by then. */
    private static final Duration SUBSCRIBE_TIMEOUT = Duration.ofSeconds(5);

    private final FeedSettings settings;
    private final FeedSubscription subscription;
    private final FeedRecorder owner;
    private final long startAtNs;
    private final Queue<String> unsent = new ArrayDeque<>();
    private FeedConnection connection;
    private Future<Session> connecting;
    private Future<Void> sending;
    private boolean admitted;
    private boolean admittedToSend;
    private boolean missedHeartbeats;
    private long subscribingSinceNs;
    private long recordingSinceNs;
    private long cycle;
    private State state = State.BACKING_OFF;
    private ConnectFailure failure;

    FeedSession(FeedSettings settings, FeedSubscription subscription, FeedRecorder owner, long startAtNs) {
        this.settings = settings;
        this.subscription = subscription;
        this.owner = owner;
        this.startAtNs = startAtNs;
    }

    /** Does what the present state asks for, and goes on to the next one if that is done. */
    void doWork(long nowNs) {
        final State before = state;
        state = switch (state) {
            case BACKING_OFF -> nowNs - startAtNs >= 0 ? connect(nowNs) : State.BACKING_OFF;
            case CONNECTING -> connecting.isDone() ? opened(nowNs) : State.CONNECTING;
            case SUBSCRIBING -> subscribe(nowNs);
            case RECORDING -> watch(nowNs);
            case CLOSED -> State.CLOSED;
        };
        if (admitted && state != before && (state == State.RECORDING || state == State.CLOSED)) {
            leaveAdmission();
        }
    }

    private void endSend(long nowNs) {
        sending = null;
        admittedToSend = false;
        owner.admission().endSend(nowNs);
    }

    private void leaveAdmission() {
        admitted = false;
        if (admittedToSend) {
            endSend(System.nanoTime());
        }
        owner.admission().leave(settings.feed().subscribeMessageCount(subscription));
    }

    private State connect(long nowNs) {
        if (!owner.admission().tryEnter(settings.feed().subscribeMessageCount(subscription), nowNs)) {
            return State.BACKING_OFF;
        }
        admitted = true;
        connection = new FeedConnection(owner.nextConnectionId(), settings, subscription, owner);
        connecting = owner.connector().connect(connection);
        return State.CONNECTING;
    }

    private State opened(long nowNs) {
        try {
            connecting.get();
            owner.connected();
        } catch (final InterruptedException e) {
            Thread.currentThread().interrupt();
            return State.CLOSED;
        } catch (final ExecutionException e) {
            failure = owner.connector().failure(e);
            return State.CLOSED;
        }
        unsent.addAll(settings.feed().subscribeMessages(subscription, owner.connector()::authentication));
        subscribingSinceNs = nowNs;
        final Map<String, Object> fact = new LinkedHashMap<>();
        fact.put("products", subscription.products());
        fact.put("channels", subscription.channels());
        // It precedes the subscriptions, so that it precedes their answers.
        owner.writer().fact(RecordKind.SUBSCRIBED, connection.id(), fact);
        cycle = owner.writer().cycle();
        return subscribe(nowNs);
    }

    private State subscribe(long nowNs) {
        if (!connection.isOpen()) {
            return State.CLOSED;
        }
        try {
            if (sending != null && sending.isDone()) {
                sending.get();
                endSend(nowNs);
            }
            if (sending == null && !unsent.isEmpty() && owner.admission().tryBeginSend(nowNs)) {
                admittedToSend = true;
                sending = connection.send(unsent.remove());
            }
        } catch (final InterruptedException e) {
            Thread.currentThread().interrupt();
            return closed("interrupted");
        } catch (final ExecutionException | RuntimeException e) {
            // Tyrus says so, among other ways, where the server has left already.
            return closed("cannot subscribe: " + (e.getCause() == null ? e : e.getCause()));
        }
        if (unsent.isEmpty() && sending == null) {
            recordingSinceNs = nowNs;
            return State.RECORDING;
        }
        return nowNs - subscribingSinceNs > SUBSCRIBE_TIMEOUT.toNanos()
                ? closed("not subscribed within " + SUBSCRIBE_TIMEOUT.toSeconds() + " s")
                : State.SUBSCRIBING;
    }

    private State watch(long nowNs) {
        if (!connection.isOpen()) {
            return State.CLOSED;
        }
        final long limitNs = settings.limits().stallAfter().toNanos();
        if (owner.writer().wasHeldUp(nowNs, limitNs)) {
            // The silence is our own: nobody reads while the journal cannot be written.
            return State.RECORDING;
        }
        if (nowNs - Math.max(connection.lastReceivedNs(), recordingSinceNs) > limitNs) {
            return closed("silence for " + settings.limits().stallAfter().toMillis() + " ms");
        }
        final long heartbeatNs = connection.watch().heartbeatNs();
        if (!missedHeartbeats && heartbeatNs != MarketDataListener.NO_VALUE && nowNs - heartbeatNs > limitNs) {
            missedHeartbeats = true;
            connection.missHeartbeats(TimeUnit.NANOSECONDS.toMillis(nowNs - heartbeatNs));
        }
        return State.RECORDING;
    }

    private State closed(String reason) {
        connection.close(CloseCodes.NORMAL_CLOSURE, reason);
        return State.CLOSED;
    }

    /** Ends the session from this side, in whatever state it is. */
    void close(CloseCode code, String reason) {
        if (connection != null) {
            connection.close(code, reason);
        }
        if (admitted) {
            leaveAdmission();
        }
        state = State.CLOSED;
    }

    State state() {
        return state;
    }

    /** Why the connection never came to be; null if it did. */
    ConnectFailure failure() {
        return failure;
    }

    /** The connection, or null before the attempt. */
    FeedConnection connection() {
        return connection;
    }

    FeedSubscription subscription() {
        return subscription;
    }

    /** The next thing that the server refused, in its words, or null. */
    String pollRefusal() {
        return connection == null ? null : connection.pollRefusal();
    }

    /** Whether books behind this connection wait for another one. */
    boolean isHoled() {
        return connection != null && connection.isHoled();
    }

    /** The cycle file in which its subscription lies. */
    long cycle() {
        return cycle;
    }

    /** For how long it has been recording. */
    long recordingForNs(long nowNs) {
        return state == State.RECORDING ? nowNs - recordingSinceNs : 0;
    }

    /** Whether it has given all that another session's readers have: each book's snapshot, or anything where there are none. */
    boolean canReplace(FeedSession other) {
        if (state != State.RECORDING || isHoled()) {
            return false;
        }
        final Set<String> others = other.connection().watch().snapshots();
        final Set<String> wanted = others.isEmpty() && hasBooks() ? Set.copyOf(subscription.products()) : others;
        return connection.hasReceived() && connection.watch().hasSnapshotsOf(wanted);
    }

    /** The products that it can be authoritative for by now. */
    Set<String> replaceableProducts() {
        if (state != State.RECORDING) {
            return Set.of();
        }
        return new TreeSet<>(hasBooks() ? connection.watch().snapshots() : subscription.products());
    }

    private boolean hasBooks() {
        return settings.feed().hasBooks(subscription.channels());
    }

    /**
     * Whether the exchange's time on this connection is not behind another's, so that no book moves back. Where a side
     * gives no time, nothing says that it is.
     */
    boolean hasCaughtUpWith(FeedSession other) {
        final long own = connection.watch().exchangeTimeNs();
        final long others = other.connection().watch().exchangeTimeNs();
        return own == MarketDataListener.NO_TIME || others == MarketDataListener.NO_TIME || own >= others;
    }
}
