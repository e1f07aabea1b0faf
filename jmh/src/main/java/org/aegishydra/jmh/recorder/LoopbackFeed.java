package org.aegishydra.jmh.recorder;

import java.io.BufferedReader;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Base64;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * A WebSocket server that does nothing but send: book updates in Advanced Trade's form, as many, as long and as fast as the
 * client's address asks for ({@code /?messages=N&bytes=N&rate=N}, a rate of 0 for as fast as the client takes them). It
 * writes frames straight to the socket, so that it costs little beside the client that is measured. Listens on loopback,
 * prints its port, and ends with its standard input.
 */
public final class LoopbackFeed {
    private static final Pattern PLAN = Pattern.compile("messages=(\\d+)&bytes=(\\d+)&rate=(\\d+)");
    private static final Pattern KEY = Pattern.compile("(?i)sec-websocket-key: *(\\S+)");
    private static final String ACCEPT_SUFFIX = "258EAFA5-E914-47DA-95CA-C5AB0DC85B11";
    private static final int BATCH_BYTES = 1 << 16;
    private static final long MAX_PAUSE_NS = TimeUnit.MILLISECONDS.toNanos(1);

    private LoopbackFeed() {}

    /** Runs the server. */
    public static void main(String[] args) throws IOException {
        try (ServerSocket server = new ServerSocket(0, 50, InetAddress.getLoopbackAddress())) {
            final Thread accepting = new Thread(() -> accept(server), "accept");
            accepting.setDaemon(true);
            accepting.start();
            System.out.println(server.getLocalPort());
            // The parent's end closes the pipe.
            while (System.in.read() >= 0) {
                Thread.onSpinWait();
            }
        }
    }

    private static void accept(ServerSocket server) {
        while (true) {
            try {
                final Socket client = server.accept();
                final Thread serving = new Thread(() -> serve(client), "serve");
                serving.setDaemon(true);
                serving.start();
            } catch (final IOException closed) {
                return;
            }
        }
    }

    private static void serve(Socket client) {
        try (client) {
            client.setTcpNoDelay(true);
            final BufferedReader request =
                    new BufferedReader(new InputStreamReader(client.getInputStream(), StandardCharsets.ISO_8859_1));
            final Matcher plan = PLAN.matcher(request.readLine());
            if (!plan.find()) {
                return;
            }
            String key = "";
            for (String line = request.readLine(); line != null && !line.isEmpty(); line = request.readLine()) {
                final Matcher header = KEY.matcher(line);
                key = header.matches() ? header.group(1) : key;
            }
            final OutputStream out = client.getOutputStream();
            out.write(("HTTP/1.1 101 Switching Protocols\r\nUpgrade: websocket\r\nConnection: Upgrade\r\n"
                            + "Sec-WebSocket-Accept: " + accept(key) + "\r\n\r\n")
                    .getBytes(StandardCharsets.ISO_8859_1));
            send(out, Long.parseLong(plan.group(1)), Integer.parseInt(plan.group(2)), Long.parseLong(plan.group(3)));
            // Open until the client leaves.
            while (client.getInputStream().read() >= 0) {
                Thread.onSpinWait();
            }
        } catch (final IOException gone) {
            System.err.println("client left: " + gone.getMessage());
        }
    }

    private static String accept(String key) {
        try {
            final MessageDigest sha1 = MessageDigest.getInstance("SHA-1");
            return Base64.getEncoder()
                    .encodeToString(sha1.digest((key + ACCEPT_SUFFIX).getBytes(StandardCharsets.ISO_8859_1)));
        } catch (final NoSuchAlgorithmException e) {
            throw new IllegalStateException(e);
        }
    }

    private static void send(OutputStream out, long messages, int bytes, long perSecond) throws IOException {
        final ByteArrayOutputStream batch = new ByteArrayOutputStream(2 * BATCH_BYTES);
        final long startNs = System.nanoTime();
        for (long i = 0; i < messages; i++) {
            frame(batch, message(i, bytes));
            final boolean paced = perSecond > 0;
            if (paced || batch.size() >= BATCH_BYTES || i == messages - 1) {
                if (paced) {
                    waitUntil(startNs + i * TimeUnit.SECONDS.toNanos(1) / perSecond);
                }
                batch.writeTo(out);
                batch.reset();
            }
        }
    }

    private static void waitUntil(long dueNs) {
        for (long left = dueNs - System.nanoTime(); left > 0; left = dueNs - System.nanoTime()) {
            LockSupport.parkNanos(Math.min(left, MAX_PAUSE_NS));
        }
    }

    private static byte[] message(long sequence, int bytes) {
        final StringBuilder message = new StringBuilder(bytes + 256);
        message.append("{\"channel\":\"l2_data\",\"timestamp\":\"2026-08-09T21:05:48.854840045Z\",\"sequence_num\":")
                .append(sequence)
                .append(",\"events\":[{\"type\":\"")
                .append(sequence == 0 ? "snapshot" : "update")
                .append("\",\"product_id\":\"BTC-USD\",\"updates\":[");
        for (int level = 0; message.length() < bytes - 130; level++) {
            message.append(level == 0 ? "" : ",")
                    .append("{\"side\":\"bid\",\"event_time\":\"2026-08-09T21:05:48.823455Z\",\"price_level\":\"")
                    .append(65_000 + (sequence + level) % 100)
                    .append(".25\",\"new_quantity\":\"0.12345678\"}");
        }
        return message.append("]}]}").toString().getBytes(StandardCharsets.US_ASCII);
    }

    /** A whole text frame of a server: FIN and opcode 1, the length in 1, 3 or 9 bytes, no mask (RFC 6455, section 5.2). */
    private static void frame(ByteArrayOutputStream out, byte[] message) {
        out.write(0x81);
        if (message.length < 126) {
            out.write(message.length);
        } else if (message.length < 1 << 16) {
            out.write(126);
            out.write(message.length >> 8);
            out.write(message.length);
        } else {
            out.write(127);
            for (int shift = 56; shift >= 0; shift -= 8) {
                out.write((int) ((long) message.length >> shift));
            }
        }
        out.write(message, 0, message.length);
    }
}
