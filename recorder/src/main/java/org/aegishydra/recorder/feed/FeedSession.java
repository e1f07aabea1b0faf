package org.aegishydra.recorder.feed;

import jakarta.websocket.ClientEndpointConfig;
import jakarta.websocket.CloseReason.CloseCodes;
import jakarta.websocket.DeploymentException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.SplittableRandom;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import org.aegishydra.core.journal.Journal;
import org.aegishydra.core.journal.JournalAppender;
import org.aegishydra.core.journal.JournalException;
import org.aegishydra.core.journal.JournalFormat;
import org.aegishydra.core.journal.RecordKind;
import org.glassfish.tyrus.client.ClientManager;
import org.glassfish.tyrus.client.ClientProperties;

/**
 * Records a feed over one connection at a time, and over another one when it ends, until it is told to stop.
 *
 * <p>{@link #run()} drives the states on its caller's thread. Messages are written by Tyrus's own thread, without a
 * hand-over: see {@link FeedConnection}. {@link #stop} and the figures may be used from any thread.
 */
public final class FeedSession {
    /** Where the session is. */
    public enum State {
        /** A connection is being opened. */
        CONNECTING,
        /** It is open, and the subscriptions are being sent. */
        SUBSCRIBING,
        /** Messages are being recorded. */
        RECORDING,
        /** The connection ended or failed; the next one waits. */
        BACKING_OFF,
        /** The recording ended. */
        CLOSED
    }

    private static final int HANDSHAKE_TIMEOUT_MS = 10_000;
    private static final int FRAME_BUFFER_BYTES = JournalFormat.MAX_PAYLOAD_BYTES + (1 << 16);
    private static final long LONGEST_WAIT_MS = 100;

    private final FeedSettings settings;
    private final Journal journal;
    private final JournalAppender appender;
    private final RecordingWriter writer;
    private final Consumer<String> sayings;
    private final ClientManager client = ClientManager.createClient();
    private final BackOff backOff;
    private final long startedNs = System.nanoTime();
    private FeedConnection connection;
    private int connections;
    private long recordingSinceNs;
    private long retryAtNs;
    private volatile State state = State.CONNECTING;
    private volatile String stopReason;
    private boolean announced;

    /**
     * Takes the journal for itself; {@link #run()} gives it back.
     *
     * @param version of this program, for the journal.
     * @param sayings takes what people should read, a line at a time, from several threads.
     * @throws JournalException if another writer has the journal, or it cannot be written.
     */
    public FeedSession(FeedSettings settings, Journal journal, String version, Consumer<String> sayings) {
        this.settings = settings;
        this.journal = journal;
        this.sayings = sayings;
        appender = journal.appender();
        writer = new RecordingWriter(appender, settings.feed().dialect());
        backOff = new BackOff(settings.backOff(), new SplittableRandom());
        client.getProperties().put(ClientProperties.INCOMING_BUFFER_SIZE, FRAME_BUFFER_BYTES);
        client.getProperties().put(ClientProperties.HANDSHAKE_TIMEOUT, HANDSHAKE_TIMEOUT_MS);
        writer.fact(RecordKind.RECORDER_STARTED, 0, startedFact(version));
    }

    private Map<String, Object> startedFact(String version) {
        final Map<String, Object> fact = new LinkedHashMap<>();
        fact.put("version", version);
        fact.put("program", "record");
        fact.put("pid", ProcessHandle.current().pid());
        fact.put("boot_id", bootId());
        fact.put("settings", settings.toFact());
        return fact;
    }

    private static String bootId() {
        try {
            return Files.readString(Path.of("/proc/sys/kernel/random/boot_id")).strip();
        } catch (final IOException notLinux) {
            return null;
        }
    }

    /**
     * Records until the session is stopped, idle for too long, or its time is over.
     *
     * @return why it ended.
     * @throws JournalException if the journal cannot be written any more.
     */
    public String run() throws InterruptedException {
        try {
            while (state != State.CLOSED) {
                state = step();
            }
        } finally {
            if (stopReason == null) {
                stopReason = "failed";
            }
            end();
        }
        if (writer.failure() != null) {
            throw new JournalException("recording stopped: " + writer.failure().getMessage(), writer.failure());
        }
        return stopReason;
    }

    /** Does the work of the present state, and returns the state that follows. */
    private State step() throws InterruptedException {
        return switch (state) {
            case CONNECTING -> connect() ? State.SUBSCRIBING : State.BACKING_OFF;
            case SUBSCRIBING -> subscribe() ? State.RECORDING : State.BACKING_OFF;
            case RECORDING -> {
                await(() -> connectionIsOver());
                yield isToEnd() ? State.CLOSED : State.BACKING_OFF;
            }
            case BACKING_OFF -> {
                disconnect();
                await(() -> System.nanoTime() - retryAtNs >= 0);
                yield isToEnd() ? State.CLOSED : State.CONNECTING;
            }
            case CLOSED -> State.CLOSED;
        };
    }

    private boolean connect() {
        final FeedConnection next = new FeedConnection(++connections, settings, writer, this);
        try {
            client.connectToServer(next, ClientEndpointConfig.Builder.create().build(), settings.url());
        } catch (final DeploymentException | IOException e) {
            say("cannot connect to " + settings.publicUrl() + ": " + reasonOf(e));
            return false;
        }
        connection = next;
        return true;
    }

    private static String reasonOf(Throwable e) {
        final Throwable cause = e.getCause() == null ? e : e.getCause();
        return cause.getMessage() == null ? cause.toString() : cause.getMessage();
    }

    private boolean subscribe() throws InterruptedException {
        try {
            connection.subscribe(settings.feed().subscribeMessages(settings.products(), settings.channels()));
        } catch (final IOException e) {
            say("cannot subscribe: " + reasonOf(e));
            return false;
        }
        recordingSinceNs = System.nanoTime();
        say((announced ? "recording again " : "recording ") + String.join(",", settings.products()) + " from "
                + settings.publicUrl() + " to " + journal.directory());
        announced = true;
        return true;
    }

    private boolean connectionIsOver() {
        if (!connection.isOpen() || connection.isHoled()) {
            return true;
        }
        final long now = System.nanoTime();
        if (now - recordingSinceNs > TimeUnit.MILLISECONDS.toNanos(backOff.goodAfterMs())) {
            backOff.reset();
        }
        return now - connection.lastReceivedNs() > FeedSettings.SILENCE_LIMIT.toNanos();
    }

    /** Leaves the connection, if there is one, and sets the time of the next attempt. */
    private void disconnect() {
        if (connection != null) {
            final boolean silent =
                    System.nanoTime() - connection.lastReceivedNs() > FeedSettings.SILENCE_LIMIT.toNanos();
            final String reason = connection.isHoled() ? "messages were lost" : silent ? "silence" : "not subscribed";
            connection.close(CloseCodes.NORMAL_CLOSURE, reason);
            connection = null;
        }
        final long delayMs = backOff.nextDelayMs();
        retryAtNs = System.nanoTime() + TimeUnit.MILLISECONDS.toNanos(delayMs);
        say("connecting again in " + delayMs + " ms");
    }

    /** Whether the whole recording is over; the reason is kept. */
    private boolean isToEnd() {
        final long now = System.nanoTime();
        if (writer.failure() != null) {
            stop("failed");
        } else if (settings.duration() != null
                && now - startedNs > settings.duration().toNanos()) {
            stop("duration is over");
        } else if (settings.untilIdle() != null
                && idleNs(now) > settings.untilIdle().toNanos()) {
            stop("idle");
        }
        return stopReason != null;
    }

    private long idleNs(long nowNs) {
        return nowNs - (writer.messages() == 0 ? startedNs : writer.lastMessageNs());
    }

    private interface Condition {
        boolean holds();
    }

    private void await(Condition condition) throws InterruptedException {
        synchronized (this) {
            while (!condition.holds() && !isToEnd()) {
                wait(LONGEST_WAIT_MS);
            }
        }
    }

    private void end() {
        if (connection != null) {
            connection.close(CloseCodes.GOING_AWAY, "recorder stops");
        }
        client.shutdown();
        if (writer.failure() == null) {
            final Map<String, Object> fact = new LinkedHashMap<>();
            fact.put("reason", stopReason);
            fact.put("messages", writer.messages());
            fact.put("bytes", writer.messageBytes());
            writer.fact(RecordKind.RECORDER_STOPPED, 0, fact);
        }
        writer.stop();
        appender.close();
        state = State.CLOSED;
    }

    /** Asks the session to end; the first reason counts. */
    public synchronized void stop(String reason) {
        stopReason = stopReason == null ? reason : stopReason;
        notifyAll();
    }

    void say(String line) {
        sayings.accept(line);
    }

    synchronized void wake() {
        notifyAll();
    }

    public State state() {
        return state;
    }

    /** Messages recorded so far, over all connections. */
    public long messages() {
        return writer.messages();
    }

    /** Bytes of those messages. */
    public long messageBytes() {
        return writer.messageBytes();
    }

    /** Connections opened or tried so far. */
    public int connections() {
        return connections;
    }
}
