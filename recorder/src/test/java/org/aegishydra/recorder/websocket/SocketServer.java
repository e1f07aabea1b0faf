package org.aegishydra.recorder.websocket;

import java.io.ByteArrayOutputStream;
import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.MessageDigest;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.CopyOnWriteArrayList;
import javax.net.ServerSocketFactory;
import javax.net.ssl.SSLServerSocket;

/** A server on loopback that knows bytes only, so that it can send what no WebSocket server would. */
final class SocketServer implements AutoCloseable {
    /** What is done to a client. */
    interface Script {
        void play(Client client) throws IOException, InterruptedException;
    }

    private final ServerSocket server;
    private final List<Socket> sockets = new CopyOnWriteArrayList<>();
    private final Thread acceptor;

    SocketServer(Script script) throws IOException {
        this(ServerSocketFactory.getDefault(), script);
    }

    SocketServer(ServerSocketFactory factory, Script script) throws IOException {
        server = factory.createServerSocket(0, 50, InetAddress.getByAddress(new byte[] {127, 0, 0, 1}));
        acceptor = new Thread(() -> accept(script), "acceptor");
        acceptor.setDaemon(true);
        acceptor.start();
    }

    private void accept(Script script) {
        while (!server.isClosed()) {
            try {
                final Socket socket = server.accept();
                sockets.add(socket);
                final Thread thread = new Thread(() -> play(script, socket), "script");
                thread.setDaemon(true);
                thread.start();
            } catch (final IOException closed) {
                return;
            }
        }
    }

    private static void play(Script script, Socket socket) {
        try (socket) {
            script.play(new Client(socket));
        } catch (final IOException | InterruptedException clientLeft) {
            return;
        }
    }

    /** Where it listens, by this name for the host. */
    URI url(String host) {
        return URI.create((server instanceof SSLServerSocket ? "wss" : "ws") + "://" + host + ":" + port() + "/feed");
    }

    int port() {
        return server.getLocalPort();
    }

    @Override
    public void close() throws IOException {
        server.close();
        for (final Socket socket : sockets) {
            socket.close();
        }
    }

    /** One connection, from the server's side. */
    static final class Client {
        private final Socket socket;

        Client(Socket socket) {
            this.socket = socket;
        }

        /** Reads the request's head. */
        Map<String, String> request() throws IOException {
            final InputStream in = socket.getInputStream();
            final StringBuilder head = new StringBuilder();
            while (head.indexOf("\r\n\r\n") < 0) {
                final int next = in.read();
                if (next < 0) {
                    throw new EOFException();
                }
                head.append((char) next);
            }
            final Map<String, String> headers = new TreeMap<>(String.CASE_INSENSITIVE_ORDER);
            for (final String line : head.toString().lines().toList()) {
                final int colon = line.indexOf(": ");
                if (colon > 0) {
                    headers.put(line.substring(0, colon), line.substring(colon + 2));
                }
            }
            return headers;
        }

        /** Reads the request and answers it as a WebSocket server does, with more headers if wanted. */
        Map<String, String> upgrade(String... moreHeaders) throws IOException {
            final Map<String, String> headers = request();
            final String more = moreHeaders.length == 0 ? "" : String.join("\r\n", moreHeaders) + "\r\n";
            send("HTTP/1.1 101 Switching Protocols\r\nUpgrade: websocket\r\nConnection: Upgrade\r\n"
                    + "Sec-WebSocket-Accept: " + acceptance(headers.get("Sec-WebSocket-Key")) + "\r\n" + more + "\r\n");
            return headers;
        }

        private static String acceptance(String key) {
            try {
                final byte[] text = (key + "258EAFA5-E914-47DA-95CA-C5AB0DC85B11").getBytes(StandardCharsets.US_ASCII);
                return Base64.getEncoder()
                        .encodeToString(MessageDigest.getInstance("SHA-1").digest(text));
            } catch (final GeneralSecurityException e) {
                throw new IllegalStateException(e);
            }
        }

        void send(String text) throws IOException {
            send(text.getBytes(StandardCharsets.UTF_8));
        }

        void send(byte[] bytes) throws IOException {
            socket.getOutputStream().write(bytes);
            socket.getOutputStream().flush();
        }

        /** Sends a frame; the first byte holds FIN, RSV bits and the opcode. */
        void frame(int first, byte[] payload) throws IOException {
            send(framed(first, payload));
        }

        /** Waits until the client leaves; what it sent. */
        byte[] drain() throws IOException {
            return socket.getInputStream().readAllBytes();
        }
    }

    static byte[] framed(int first, byte[] payload) {
        final ByteArrayOutputStream out = new ByteArrayOutputStream(payload.length + 10);
        out.write(first);
        if (payload.length <= 125) {
            out.write(payload.length);
        } else if (payload.length < 1 << 16) {
            out.write(126);
            out.write(payload.length >> 8);
            out.write(payload.length);
        } else {
            out.write(127);
            for (int shift = 56; shift >= 0; shift -= 8) {
                out.write((int) ((long) payload.length >> shift));
            }
        }
        out.writeBytes(payload);
        return out.toByteArray();
    }
}
