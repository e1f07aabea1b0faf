package org.aegishydra.recorder.feed;

import jakarta.websocket.CloseReason;
import jakarta.websocket.Endpoint;
import jakarta.websocket.EndpointConfig;
import jakarta.websocket.MessageHandler;
import jakarta.websocket.Session;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.aegishydra.core.journal.JournalFormat;
import org.aegishydra.core.journal.RecordKind;

/**
 * One WebSocket connection, from its opening to its end. Tyrus calls it on its own threads, one call after the other for
 * a connection; each message is appended to the journal in that call, before anything looks into it. The session that
 * owns it asks for its state from another thread.
 */
final class FeedConnection extends Endpoint {
    private static final Duration SUBSCRIBE_TIMEOUT = Duration.ofSeconds(5);
    private static final int MAX_REPORTED_ERRORS = 10;
    private static final int MAX_ERROR_BYTES = 1 << 16;

    private final int id;
    private final FeedSettings settings;
    private final RecordingWriter writer;
    private final FeedSession owner;
    private Session session;
    private long expectedSequence;
    private boolean sequenceSeen;
    private int reportedErrors;
    private boolean ended;
    private volatile boolean open;
    private volatile boolean holed;
    private volatile long lastReceivedNs = System.nanoTime();

    FeedConnection(int id, FeedSettings settings, RecordingWriter writer, FeedSession owner) {
        this.id = id;
        this.settings = settings;
        this.writer = writer;
        this.owner = owner;
    }

    @Override
    public void onOpen(Session opened, EndpointConfig config) {
        opened.setMaxTextMessageBufferSize(JournalFormat.MAX_PAYLOAD_BYTES);
        opened.setMaxBinaryMessageBufferSize(JournalFormat.MAX_PAYLOAD_BYTES);
        opened.setMaxIdleTimeout(0);
        synchronized (this) {
            session = opened;
        }
        open = true;
        writer.fact(RecordKind.CONNECTED, id, Map.of("url", settings.publicUrl()));
        opened.addMessageHandler(String.class, (MessageHandler.Whole<String>) this::onText);
        opened.addMessageHandler(ByteBuffer.class, (MessageHandler.Whole<ByteBuffer>) this::onBinary);
    }

    private void onText(String text) {
        final long monotonicTimeNs = System.nanoTime();
        final long wallTimeNs = writer.wallTimeNs();
        final byte[] message = text.getBytes(StandardCharsets.UTF_8);
        writer.message(id, wallTimeNs, monotonicTimeNs, message);
        lastReceivedNs = monotonicTimeNs;
        if (settings.feed() == Feed.ADVANCED_TRADE) {
            checkSequence(message);
        }
        if (message.length < MAX_ERROR_BYTES && EnvelopeScan.isError(message) && reportedErrors < MAX_REPORTED_ERRORS) {
            reportedErrors++;
            owner.say("the server answers: " + text);
        }
    }

    private void checkSequence(byte[] message) {
        final long got = EnvelopeScan.sequenceNumber(message);
        if (got == EnvelopeScan.NO_NUMBER) {
            return;
        }
        if (got != expectedSequence) {
            final Map<String, Object> gap = new LinkedHashMap<>();
            gap.put("channel", EnvelopeScan.channel(message));
            gap.put("expected", expectedSequence);
            gap.put("got", got);
            writer.fact(RecordKind.GAP, id, gap);
            // What is missing before the first message is no book's: the snapshots are still to come.
            holed |= sequenceSeen;
            owner.wake();
        }
        sequenceSeen = true;
        expectedSequence = got + 1;
    }

    private void onBinary(ByteBuffer message) {
        lastReceivedNs = System.nanoTime();
        writer.fact(
                RecordKind.INVALID_TEXT, id, Map.of("reason", "a binary message of " + message.remaining() + " bytes"));
    }

    @Override
    public void onClose(Session closed, CloseReason reason) {
        end(reason.getCloseCode().getCode(), reason.getReasonPhrase());
    }

    @Override
    public void onError(Session failed, Throwable cause) {
        if (open) {
            owner.say("connection " + id + ": " + cause);
        }
    }

    /**
     * Sends the subscriptions; their fact is written just before, so that it precedes their answers.
     *
     * @throws IOException if they do not leave within the time that Coinbase gives a new connection.
     */
    void subscribe(List<String> messages) throws IOException, InterruptedException {
        final Map<String, Object> subscribed = new LinkedHashMap<>();
        subscribed.put("products", settings.products());
        subscribed.put("channels", settings.channels());
        writer.fact(RecordKind.SUBSCRIBED, id, subscribed);
        final long deadlineNs = System.nanoTime() + SUBSCRIBE_TIMEOUT.toNanos();
        for (final String message : messages) {
            try {
                // A blocking send would wait for ever if the server leaves in the middle of it.
                session()
                        .getAsyncRemote()
                        .sendText(message)
                        .get(Math.max(1, deadlineNs - System.nanoTime()), TimeUnit.NANOSECONDS);
            } catch (final ExecutionException e) {
                throw new IOException(e.getCause());
            } catch (final RuntimeException e) {
                // Tyrus says so, among other ways, where the server has left already.
                throw new IOException(e);
            } catch (final TimeoutException e) {
                throw new IOException("not sent within " + SUBSCRIBE_TIMEOUT.toSeconds() + " s", e);
            }
        }
    }

    /** Closes the connection from this side. */
    void close(CloseReason.CloseCode code, String reason) {
        final Session toClose = session();
        if (toClose != null && toClose.isOpen()) {
            try {
                toClose.close(new CloseReason(code, reason));
            } catch (final IOException | RuntimeException e) {
                owner.say("connection " + id + " does not close: " + e);
            }
        }
        end(code.getCode(), reason);
    }

    /** Notes the connection's end once, whoever sees it first. */
    private void end(int code, String reason) {
        synchronized (this) {
            if (ended || session == null) {
                return;
            }
            ended = true;
        }
        final Map<String, Object> disconnected = new LinkedHashMap<>();
        disconnected.put("code", code);
        disconnected.put("reason", reason == null ? "" : reason);
        writer.fact(RecordKind.DISCONNECTED, id, disconnected);
        open = false;
        owner.say("connection " + id + " ended: " + code + (reason == null || reason.isEmpty() ? "" : " " + reason));
        owner.wake();
    }

    private synchronized Session session() {
        return session;
    }

    boolean isOpen() {
        return open;
    }

    /** Whether a message was lost on it. */
    boolean isHoled() {
        return holed;
    }

    /** {@link System#nanoTime()} when the last message came, or when the connection was begun. */
    long lastReceivedNs() {
        return lastReceivedNs;
    }
}
