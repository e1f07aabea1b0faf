package org.aegishydra.recorder.faults;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.BufferedInputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.net.Socket;
import java.nio.ByteBuffer;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import java.util.zip.Deflater;
import java.util.zip.Inflater;

/**
 * The server's end of one connection: whole frames, broken ones, and no frames at all. Sending may be done by several
 * threads, a frame at a time. What the client sends is read on a thread of its own from the upgrade on.
 */
public final class FaultClient {
    /** What the client sent: a text, or one of {@code close CODE REASON}, {@code ping}, {@code pong}, {@code binary}. */
    public record Received(long timeNs, String text) {}

    private static final int MAX_REMEMBERED = 10_000;

    private final int number;
    private final long acceptedNs = System.nanoTime();
    private final Socket transport;
    private final Socket socket;
    private final Consumer<Thread> threads;
    private final List<Received> received = new CopyOnWriteArrayList<>();
    private final LinkedBlockingQueue<String> waiting = new LinkedBlockingQueue<>(MAX_REMEMBERED);
    private final CountDownLatch ended = new CountDownLatch(1);
    private volatile Consumer<Received> listener = message -> {};
    private volatile boolean reading = true;
    private volatile boolean closeSent;
    private volatile boolean closeReceived;
    private volatile boolean upgraded;
    private volatile Handshake handshake;
    private volatile IOException failure;
    private BufferedInputStream in;
    private OutputStream out;
    private Inflater inflater;
    private Deflater deflater;
    private boolean keepsContext;

    FaultClient(int number, Socket transport, Socket socket, Consumer<Thread> threads) {
        this.number = number;
        this.transport = transport;
        this.socket = socket;
        this.threads = threads;
    }

    /** From 0, in the order of acceptance. */
    public int number() {
        return number;
    }

    /** {@link System#nanoTime()} at acceptance. */
    public long acceptedNs() {
        return acceptedNs;
    }

    /** All that came, at most 10,000 messages. */
    public List<Received> received() {
        return received;
    }

    /** Whether the WebSocket was opened. */
    public boolean isUpgraded() {
        return upgraded;
    }

    /** Whether the client has sent a close frame, as the answer to one or of its own will. */
    public boolean isCloseReceived() {
        return closeReceived;
    }

    /** What ended the reading, or the handshake; null if that was the client's orderly leave. */
    public IOException failure() {
        return failure;
    }

    void failed(IOException e) {
        failure = e;
    }

    /** Called for each message, on the reading thread; to be set before the upgrade. */
    public void onReceive(Consumer<Received> newListener) {
        listener = newListener;
    }

    // --- the handshake ---------------------------------------------------------------------------------------------

    /** Reads the client's request, if that was not done yet. */
    Handshake request() throws IOException {
        if (handshake == null) {
            in = new BufferedInputStream(socket.getInputStream(), 1 << 14);
            out = socket.getOutputStream();
            handshake = Handshake.read(in);
        }
        return handshake;
    }

    /** The request's first line; an empty text before it came. */
    public String requestLine() {
        return handshake == null ? "" : handshake.requestLine();
    }

    /** Opens the WebSocket, without compression. */
    public FaultClient upgrade() throws IOException {
        return open(null);
    }

    /**
     * Opens the WebSocket with compression, if the client offers it.
     *
     * @param keepContext whether later messages refer to earlier ones.
     */
    public FaultClient upgradeDeflating(boolean keepContext) throws IOException {
        if (!request().offersDeflate()) {
            return open(null);
        }
        deflater = new Deflater(Deflater.DEFAULT_COMPRESSION, true);
        inflater = new Inflater(true);
        keepsContext = keepContext;
        return open(
                "permessage-deflate; client_no_context_takeover" + (keepContext ? "" : "; server_no_context_takeover"));
    }

    private FaultClient open(String extension) throws IOException {
        raw(request().accepted(extension));
        upgraded = true;
        final Thread reader = new Thread(this::read, "faults-read-" + number);
        reader.setDaemon(true);
        threads.accept(reader);
        reader.start();
        return this;
    }

    /** Whether compression was agreed on. */
    public boolean isDeflating() {
        return deflater != null;
    }

    /** Refuses the WebSocket with an HTTP status and closes. */
    public void refuse(int status, String... headers) throws IOException {
        request();
        raw(Handshake.refused(status, headers));
        drop();
    }

    // --- what the client sends --------------------------------------------------------------------------------------

    private void read() {
        try {
            Frames.Incoming message;
            while (reading && (message = Frames.read(in, inflater)) != null && reading) {
                take(message);
            }
        } catch (final IOException e) {
            failure = e;
        } finally {
            if (reading) {
                ended.countDown();
            }
        }
    }

    private void take(Frames.Incoming message) throws IOException {
        if (message.opcode == Frames.TEXT && inflater != null) {
            inflater.reset();
        }
        final Received entry = new Received(System.nanoTime(), describe(message));
        if (received.size() < MAX_REMEMBERED) {
            received.add(entry);
        }
        if (message.opcode == Frames.PING) {
            raw(Frames.frame(Frames.PONG, message.payload));
        } else if (message.opcode == Frames.CLOSE) {
            closeReceived = true;
            if (!closeSent) {
                closeSent = true;
                raw(Frames.frame(Frames.CLOSE, message.payload));
            }
            drop();
        } else if (message.opcode == Frames.TEXT && !waiting.offer(entry.text)) {
            throw new IOException("more than " + MAX_REMEMBERED + " messages wait for the script");
        }
        listener.accept(entry);
    }

    private static String describe(Frames.Incoming message) {
        return switch (message.opcode) {
            case Frames.TEXT -> new String(message.payload, UTF_8);
            case Frames.CLOSE ->
                message.payload.length < 2
                        ? "close"
                        : "close " + ByteBuffer.wrap(message.payload).getShort() + " "
                                + new String(message.payload, 2, message.payload.length - 2, UTF_8);
            case Frames.PING -> "ping";
            case Frames.PONG -> "pong";
            default -> "binary";
        };
    }

    /** The client's next text; null if none comes in this time or any more. */
    public String nextText(long timeoutMs) throws InterruptedException {
        final long deadlineNs = System.nanoTime() + TimeUnit.MILLISECONDS.toNanos(timeoutMs);
        while (true) {
            final String text = waiting.poll(10, TimeUnit.MILLISECONDS);
            if (text != null || (isEnded() && waiting.isEmpty()) || System.nanoTime() > deadlineNs) {
                return text;
            }
        }
    }

    /** Whether the client has left, or the connection was ended from here. */
    public boolean isEnded() {
        return ended.getCount() == 0;
    }

    /** Waits for the end, or for the server's. */
    public boolean awaitEnd(long timeoutMs) throws InterruptedException {
        return ended.await(timeoutMs, TimeUnit.MILLISECONDS);
    }

    // --- what the server sends --------------------------------------------------------------------------------------

    /** Any bytes. */
    public void raw(byte[] bytes) throws IOException {
        synchronized (transport) {
            out.write(bytes);
            out.flush();
        }
    }

    /** A text frame, as it should be. */
    public void text(String text) throws IOException {
        text(text.getBytes(UTF_8));
    }

    /** A text frame of any bytes. */
    public void text(byte[] bytes) throws IOException {
        raw(Frames.frame(Frames.TEXT, bytes));
    }

    /** A message in several frames; the cuts are offsets, in order, anywhere. */
    public void fragments(byte[] message, int... cuts) throws IOException {
        int from = 0;
        for (int i = 0; i <= cuts.length; i++) {
            final int to = i < cuts.length ? cuts[i] : message.length;
            raw(Frames.frame(
                    i == cuts.length, false, i == 0 ? Frames.TEXT : Frames.CONTINUATION, message, from, to - from));
            from = to;
        }
    }

    /** A text frame that is announced longer than what is sent of it. */
    public void announced(long announcedBytes, byte[] sent) throws IOException {
        raw(Frames.head(true, false, Frames.TEXT, announcedBytes));
        raw(sent);
    }

    /** A compressed text frame, or a plain one where the client did not offer compression. */
    public void compressed(byte[] message) throws IOException {
        if (deflater == null) {
            text(message);
            return;
        }
        synchronized (transport) {
            if (!keepsContext) {
                deflater.reset();
            }
            final byte[] payload = Frames.deflate(deflater, message);
            raw(Frames.frame(true, true, Frames.TEXT, payload, 0, payload.length));
        }
    }

    public void binary(byte[] bytes) throws IOException {
        raw(Frames.frame(Frames.BINARY, bytes));
    }

    public void ping(byte[] bytes) throws IOException {
        raw(Frames.frame(Frames.PING, bytes));
    }

    /** A close frame; the connection ends when the client has answered. */
    public void close(int code, String reason) throws IOException {
        closeSent = true;
        raw(Frames.frame(Frames.CLOSE, Frames.closePayload(code, reason.getBytes(UTF_8))));
    }

    /** The first bytes of a text frame, and then the connection's end without a word. */
    public void dropInside(byte[] message, int sentBytes) throws IOException {
        announced(message.length, Arrays.copyOf(message, sentBytes));
        drop();
    }

    /** Ends the TCP connection in order, without a close frame. */
    public void drop() throws IOException {
        ended.countDown();
        socket.close();
    }

    /** Ends the TCP connection with a reset. */
    public void reset() throws IOException {
        ended.countDown();
        transport.setSoLinger(true, 0);
        transport.close();
    }

    /** From here on nothing is read any more, and the client's leave is not noticed; the socket stays. */
    public void halfOpen() {
        reading = false;
    }

    /** Ends everything at once. */
    void abandon() {
        ended.countDown();
        try {
            transport.setSoLinger(true, 0);
            transport.close();
            socket.close();
        } catch (final IOException e) {
            failure = e;
        }
    }
}
