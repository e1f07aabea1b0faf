package org.aegishydra.recorder.feed;

import jakarta.websocket.CloseReason;
import jakarta.websocket.CloseReason.CloseCode;
import jakarta.websocket.CloseReason.CloseCodes;
import jakarta.websocket.Endpoint;
import jakarta.websocket.EndpointConfig;
import jakarta.websocket.MessageHandler;
import jakarta.websocket.Session;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;
import org.aegishydra.core.journal.JournalFormat;
import org.aegishydra.core.journal.RecordKind;
import org.aegishydra.recorder.websocket.InflateListener;

/**
 * One WebSocket connection, from its opening to its end. Tyrus calls it on its own threads, one call after the other for
 * a connection; each message is stamped first, appended to the journal next, and then looked into. The session that owns
 * it asks for its state from another thread.
 */
final class FeedConnection extends Endpoint implements ConnectionWatch.Findings, InflateListener {
    /** A connection with a hole is replaced; until then not every further hole needs a fact. */
    private static final int MAX_GAP_FACTS = 100;

    private static final int MAX_REFUSALS = 10;
    private static final int MAX_KEPT_BINARY_BYTES = 1024;

    private final int id;
    private final String publicUrl;
    private final RecordingWriter writer;
    private final ConnectionWatch watch;
    private final FeedRecorder owner;
    private final Queue<String> refusals = new ConcurrentLinkedQueue<>();
    private final AtomicInteger refusalCount = new AtomicInteger();
    private Session session;
    private boolean ended;
    private boolean abandoned;
    private boolean oversized;
    private boolean watchFailed;
    private volatile boolean open;
    private volatile boolean holed;
    private volatile boolean anythingCame;
    private final AtomicLong messages = new AtomicLong();
    private final AtomicLong messageBytes = new AtomicLong();
    private final AtomicLong gaps = new AtomicLong();
    private volatile long lastReceivedNs = System.nanoTime();

    FeedConnection(int id, FeedSettings settings, FeedSubscription subscription, FeedRecorder owner) {
        this.id = id;
        this.publicUrl = settings.publicUrl();
        this.writer = owner.writer();
        this.owner = owner;
        this.watch = new ConnectionWatch(settings.feed(), subscription.products(), subscription.channels(), this);
    }

    @Override
    public void onOpen(Session opened, EndpointConfig config) {
        opened.setMaxTextMessageBufferSize(JournalFormat.MAX_PAYLOAD_BYTES);
        opened.setMaxBinaryMessageBufferSize(JournalFormat.MAX_PAYLOAD_BYTES);
        opened.setMaxIdleTimeout(0);
        synchronized (this) {
            session = opened;
            if (abandoned) {
                ended = true;
            }
        }
        if (ended) {
            closeSession(CloseCodes.GOING_AWAY, "came too late");
            return;
        }
        lastReceivedNs = System.nanoTime();
        open = true;
        writer.fact(RecordKind.CONNECTED, id, Map.of("url", publicUrl));
        opened.addMessageHandler(String.class, (MessageHandler.Whole<String>) this::onText);
        opened.addMessageHandler(ByteBuffer.class, (MessageHandler.Whole<ByteBuffer>) this::onBinary);
        owner.wake();
    }

    private void onText(String text) {
        final long monotonicTimeNs = System.nanoTime();
        final long wallTimeNs = writer.wallTimeNs();
        lastReceivedNs = monotonicTimeNs;
        final byte[] message = text.getBytes(StandardCharsets.UTF_8);
        if (message.length > JournalFormat.MAX_PAYLOAD_BYTES) {
            onOversized(message.length);
            return;
        }
        synchronized (writer) {
            if (!open) {
                // Closed from this side: what was read already comes after the fact of its end.
                return;
            }
            writer.message(id, wallTimeNs, monotonicTimeNs, message);
        }
        messages.incrementAndGet();
        messageBytes.addAndGet(message.length);
        anythingCame = true;
        try {
            watch.onMessage(message, monotonicTimeNs);
        } catch (final RuntimeException e) {
            // Whatever a message is, it is recorded, and so is the next one.
            if (!watchFailed) {
                watchFailed = true;
                owner.say("connection " + id + ": a message cannot be looked into: " + e);
            }
        }
    }

    @Override
    public void onGap(Map<String, Object> fields) {
        if (gaps.incrementAndGet() <= MAX_GAP_FACTS) {
            writer.fact(RecordKind.GAP, id, fields);
        }
        if (!holed) {
            holed = true;
            owner.say("connection " + id + " lost messages: " + fields);
            owner.wake();
        }
    }

    @Override
    public void onRefusal(String message) {
        if (refusalCount.getAndIncrement() < MAX_REFUSALS) {
            refusals.add(message);
            owner.wake();
        }
    }

    /** No heartbeat came for so long: the connection is suspect from here on. */
    void missHeartbeats(long silentMs) {
        final Map<String, Object> gap = new LinkedHashMap<>();
        gap.put("channel", "heartbeats");
        gap.put("silent_ms", silentMs);
        onGap(gap);
    }

    private void onBinary(ByteBuffer message) {
        lastReceivedNs = System.nanoTime();
        anythingCame = true;
        final byte[] kept = new byte[Math.min(MAX_KEPT_BINARY_BYTES, message.remaining())];
        final Map<String, Object> invalid = new LinkedHashMap<>();
        invalid.put("reason", "a binary message");
        invalid.put("length_bytes", message.remaining());
        message.get(kept);
        invalid.put("first_bytes_base64", Base64.getEncoder().encodeToString(kept));
        writer.fact(RecordKind.INVALID_TEXT, id, invalid);
    }

    /**
     * A message was too large to be taken; the connection ends.
     *
     * @param lengthBytes what is known of its length: at least so many; 0 if nothing is.
     */
    @Override
    public void onOversized(long lengthBytes) {
        synchronized (this) {
            if (oversized) {
                return;
            }
            oversized = true;
        }
        final Map<String, Object> fact = new LinkedHashMap<>();
        fact.put("limit_bytes", JournalFormat.MAX_PAYLOAD_BYTES);
        if (lengthBytes > 0) {
            fact.put("length_at_least_bytes", lengthBytes);
        }
        fact.put("after_messages", messages.get());
        writer.fact(RecordKind.OVERSIZED, id, fact);
        holed = true;
        owner.say(
                "connection " + id + ": a message is over the limit of " + JournalFormat.MAX_PAYLOAD_BYTES + " bytes");
        owner.wake();
    }

    @Override
    public void onCorrupt(String reason) {
        writer.fact(RecordKind.INVALID_TEXT, id, Map.of("reason", reason));
        holed = true;
    }

    @Override
    public void onClose(Session closed, CloseReason reason) {
        final String phrase = reason.getReasonPhrase() == null ? "" : reason.getReasonPhrase();
        if (isTooBig(reason.getCloseCode(), phrase)) {
            onOversized(0);
        } else if (reason.getCloseCode() == CloseCodes.NOT_CONSISTENT) {
            writer.fact(RecordKind.INVALID_TEXT, id, Map.of("reason", "a text message was not valid UTF-8"));
        }
        end(reason.getCloseCode().getCode(), phrase);
    }

    /** Tyrus ends a connection whose frame outgrows its buffer with one code, and a message of many frames with another. */
    private static boolean isTooBig(CloseCode code, String phrase) {
        return code == CloseCodes.TOO_BIG
                || (code == CloseCodes.UNEXPECTED_CONDITION && phrase.startsWith("Buffer overflow"));
    }

    @Override
    public void onError(Session failed, Throwable cause) {
        if (open) {
            owner.say("connection " + id + ": " + cause);
        }
    }

    /** Sends a text; the future tells when it has left. */
    Future<Void> send(String message) {
        return currentSession().getAsyncRemote().sendText(message);
    }

    /** Closes the connection from this side, or gives it up if it is not open yet. */
    void close(CloseCode code, String reason) {
        synchronized (this) {
            abandoned = true;
        }
        end(code.getCode(), reason);
        closeSession(code, reason);
    }

    private void closeSession(CloseCode code, String reason) {
        final Session toClose = currentSession();
        if (toClose != null && toClose.isOpen()) {
            try {
                toClose.close(new CloseReason(code, reason));
            } catch (final IOException | RuntimeException e) {
                owner.say("connection " + id + " does not close: " + e);
            }
        }
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
        disconnected.put("reason", reason);
        synchronized (writer) {
            open = false;
            disconnected.put("messages", messages.get());
            writer.fact(RecordKind.DISCONNECTED, id, disconnected);
        }
        owner.say("connection " + id + " ended: " + code + (reason.isEmpty() ? "" : " " + reason));
        owner.wake();
    }

    private synchronized Session currentSession() {
        return session;
    }

    int id() {
        return id;
    }

    boolean isOpen() {
        return open;
    }

    /** Whether a message was lost on it. */
    boolean isHoled() {
        return holed;
    }

    /** Whether any text or binary message came. */
    boolean hasReceived() {
        return anythingCame;
    }

    ConnectionWatch watch() {
        return watch;
    }

    /** The next thing that the server refused, in its words, or null. */
    String pollRefusal() {
        return refusals.poll();
    }

    /** {@link System#nanoTime()} when the last message came, or when the connection was begun. */
    long lastReceivedNs() {
        return lastReceivedNs;
    }

    long messages() {
        return messages.get();
    }

    long messageBytes() {
        return messageBytes.get();
    }

    long gaps() {
        return gaps.get();
    }
}
