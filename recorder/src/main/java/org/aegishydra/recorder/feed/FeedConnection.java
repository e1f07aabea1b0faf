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
import org.aegishydra.core.coinbase.MarketDataListener;
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
    private static final int MAX_REASON_BYTES = 123;
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
    private boolean oversized;
    private boolean watchFailed;
    private volatile boolean open;
    private volatile boolean muted;
    private volatile boolean busy;
    private volatile boolean holed;
    private volatile boolean blind;
    private volatile boolean anythingCame;
    private volatile long messages;
    private volatile long messageBytes;
    private volatile long heldUpBeforeNs;
    private volatile long heldUpBeforeHeartbeatNs;
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
        }
        heldUpBeforeNs = writer.heldUpNs(System.nanoTime());
        heldUpBeforeHeartbeatNs = heldUpBeforeNs;
        lastReceivedNs = System.nanoTime();
        final boolean wanted;
        synchronized (writer) {
            wanted = !ended;
            if (wanted) {
                open = true;
                writer.fact(RecordKind.CONNECTED, id, Map.of("url", publicUrl));
            }
        }
        if (!wanted) {
            closeSession(CloseCodes.GOING_AWAY, "came too late");
            return;
        }
        opened.addMessageHandler(String.class, (MessageHandler.Whole<String>) this::onText);
        opened.addMessageHandler(ByteBuffer.class, (MessageHandler.Whole<ByteBuffer>) this::onBinary);
        owner.wake();
    }

    private void onText(String text) {
        final long monotonicTimeNs = System.nanoTime();
        final long wallTimeNs = writer.wallTimeNs();
        busy = true;
        try {
            final byte[] message = text.getBytes(StandardCharsets.UTF_8);
            if (message.length > JournalFormat.MAX_PAYLOAD_BYTES) {
                onOversized(message.length);
            } else if (record(message, wallTimeNs, monotonicTimeNs)) {
                look(message, monotonicTimeNs);
            }
        } finally {
            busy = false;
        }
    }

    /** False if nothing more is recorded of this connection: what was read already came too late. */
    private boolean record(byte[] message, long wallTimeNs, long monotonicTimeNs) {
        synchronized (writer) {
            if (!open || muted) {
                return false;
            }
            writer.message(id, wallTimeNs, monotonicTimeNs, message);
            messages++;
            messageBytes += message.length;
        }
        heldUpBeforeNs = writer.heldUpNs(monotonicTimeNs);
        lastReceivedNs = monotonicTimeNs;
        anythingCame = true;
        return true;
    }

    private void look(byte[] message, long monotonicTimeNs) {
        try {
            watch.onMessage(message, monotonicTimeNs);
            if (watch.heartbeatNs() == monotonicTimeNs) {
                heldUpBeforeHeartbeatNs = heldUpBeforeNs;
            }
        } catch (final RuntimeException e) {
            // Whatever a message is, it is recorded, and so is the next one.
            if (!watchFailed) {
                watchFailed = true;
                owner.say("connection " + id + ": a message cannot be looked into: " + e);
            }
        }
    }

    /** Writes a fact about it, unless it has ended. */
    private boolean fact(RecordKind kind, Map<String, ?> fields) {
        synchronized (writer) {
            if (open) {
                writer.fact(kind, id, fields);
            }
            return open;
        }
    }

    @Override
    public void onGap(Map<String, Object> fields) {
        if (gaps.incrementAndGet() <= MAX_GAP_FACTS && !fact(RecordKind.GAP, fields)) {
            return;
        }
        blind |= !fields.containsKey("product");
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
        fact(RecordKind.INVALID_TEXT, invalid);
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
        fact.put("after_messages", messages);
        fact(RecordKind.OVERSIZED, fact);
        blind = true;
        holed = true;
        owner.say(
                "connection " + id + ": a message is over the limit of " + JournalFormat.MAX_PAYLOAD_BYTES + " bytes");
        owner.wake();
    }

    @Override
    public void onCorrupt(String reason) {
        fact(RecordKind.INVALID_TEXT, Map.of("reason", reason));
        blind = true;
        holed = true;
    }

    @Override
    public void onClose(Session closed, CloseReason reason) {
        final String phrase = reason.getReasonPhrase() == null ? "" : reason.getReasonPhrase();
        if (isTooBig(reason.getCloseCode(), phrase)) {
            onOversized(0);
        } else if (reason.getCloseCode() == CloseCodes.NOT_CONSISTENT) {
            fact(RecordKind.INVALID_TEXT, Map.of("reason", "a text message was not valid UTF-8"));
        }
        end(reason.getCloseCode().getCode(), phrase);
    }

    /** Tyrus ends a connection whose frame outgrows its buffer with one code, and a message of many frames with another. */
    private static boolean isTooBig(CloseCode code, String phrase) {
        return code == CloseCodes.TOO_BIG
                || (code == CloseCodes.UNEXPECTED_CONDITION && phrase.startsWith("Buffer overflow"));
    }

    /** A message that could not be taken, for want of memory say, is lost: nothing else would tell of it on Exchange. */
    @Override
    public void onError(Session failed, Throwable cause) {
        if (writer.failure() == null
                && fact(RecordKind.INVALID_TEXT, Map.of("reason", "a message could not be taken: " + cause))) {
            blind = true;
            holed = true;
            owner.say("connection " + id + ": " + cause);
            owner.wake();
        }
    }

    /** Sends a text; the future tells when it has left. */
    Future<Void> send(String message) {
        return currentSession().getAsyncRemote().sendText(message);
    }

    /** Closes the connection from this side, or gives it up if it is not open yet. */
    void close(CloseCode code, String reason) {
        end(code.getCode(), reason);
        closeSession(code, reason);
    }

    private void closeSession(CloseCode code, String reason) {
        final Session toClose = currentSession();
        if (toClose != null && toClose.isOpen()) {
            try {
                toClose.close(new CloseReason(code, shortened(reason)));
            } catch (final IOException | RuntimeException e) {
                owner.say("connection " + id + " does not close: " + e);
            }
        }
    }

    /** What a close frame has room for. */
    private static String shortened(String reason) {
        final String ascii = reason.replaceAll("[^\\x20-\\x7E]", "?");
        return ascii.length() <= MAX_REASON_BYTES ? ascii : ascii.substring(0, MAX_REASON_BYTES);
    }

    /** Notes the connection's end once, whoever sees it first. */
    private void end(int code, String reason) {
        synchronized (writer) {
            if (ended) {
                return;
            }
            ended = true;
            if (!open) {
                return;
            }
            final Map<String, Object> disconnected = new LinkedHashMap<>();
            disconnected.put("code", code);
            disconnected.put("reason", reason);
            disconnected.put("messages", messages);
            writer.fact(RecordKind.DISCONNECTED, id, disconnected);
            open = false;
        }
        owner.say("connection " + id + " ended: " + code + (reason.isEmpty() ? "" : " " + reason));
        owner.wake();
    }

    /** Records nothing more of it, before another connection takes over; it stays open. */
    void mute() {
        synchronized (writer) {
            muted = true;
        }
    }

    boolean isMuted() {
        return muted;
    }

    /** Whether no message is being recorded or looked into just now. */
    boolean isQuiet() {
        return !busy;
    }

    /** For how long nothing has come, less the time for which the journal could not be written and nobody read. */
    long silentNs(long nowNs, long sinceNs) {
        return nowNs - Math.max(lastReceivedNs, sinceNs) - (writer.heldUpNs(nowNs) - heldUpBeforeNs);
    }

    /** For how long no heartbeat has come, measured alike. */
    long withoutHeartbeatNs(long nowNs, long sinceNs) {
        final long heartbeatNs = watch.heartbeatNs();
        final long lastNs = heartbeatNs == MarketDataListener.NO_VALUE ? sinceNs : Math.max(heartbeatNs, sinceNs);
        return nowNs - lastNs - (writer.heldUpNs(nowNs) - heldUpBeforeHeartbeatNs);
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

    /** Whether all its books wait for another connection, and not one product's alone. */
    boolean isBlind() {
        return blind;
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
        return messages;
    }

    long messageBytes() {
        return messageBytes;
    }

    long gaps() {
        return gaps.get();
    }
}
