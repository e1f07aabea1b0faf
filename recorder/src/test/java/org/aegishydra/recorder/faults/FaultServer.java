package org.aegishydra.recorder.faults;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.URI;
import java.util.List;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicInteger;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLSocket;

/**
 * A WebSocket server on loopback that does with each connection what a script says, protocol errors included. The last
 * script serves all further connections. A script begins when the connection was accepted, before the handshake; when
 * it returns, the connection stays as it is until the client leaves or the server is closed.
 */
public final class FaultServer implements AutoCloseable {
    /** What the server does to one connection, on a thread of the connection's own. */
    @FunctionalInterface
    public interface Script {
        /** An {@link IOException} ends the script: the client has left. */
        void play(FaultClient client) throws IOException, InterruptedException;
    }

    private static final int MAX_CONNECTIONS = 10_000;

    private final ServerSocket listener;
    private final SSLContext tls;
    private final List<Script> scripts;
    private final List<FaultClient> clients = new CopyOnWriteArrayList<>();
    private final Set<Thread> threads = ConcurrentHashMap.newKeySet();
    private final AtomicInteger leftAtOnce = new AtomicInteger();
    private volatile boolean closed;

    /** A server without encryption. */
    public FaultServer(Script... scripts) throws IOException {
        this(null, scripts);
    }

    /** A server that speaks TLS, or none where the context is null. */
    public FaultServer(SSLContext tls, Script... scripts) throws IOException {
        this.tls = tls;
        this.scripts = List.of(scripts);
        listener = new ServerSocket(0, 64, InetAddress.getLoopbackAddress());
        start(new Thread(this::accept, "faults-accept"));
    }

    /** A script that begins after the handshake and the client's first message, as most do. */
    public static Script afterSubscription(Script script) {
        return client -> {
            client.upgrade();
            if (client.nextText(60_000) != null) {
                script.play(client);
            }
        };
    }

    private void start(Thread thread) {
        thread.setDaemon(true);
        threads.add(thread);
        thread.start();
    }

    private void accept() {
        while (!closed && clients.size() < MAX_CONNECTIONS) {
            try {
                serve(listener.accept());
            } catch (final IOException e) {
                if (!closed) {
                    throw new UncheckedIOException(e);
                }
            }
        }
    }

    private void serve(Socket transport) {
        try {
            transport.setTcpNoDelay(true);
            final FaultClient client = new FaultClient(clients.size(), transport, secured(transport), threads::add);
            clients.add(client);
            final Script script = scripts.get(Math.min(client.number(), scripts.size() - 1));
            start(new Thread(() -> play(script, client), "faults-script-" + client.number()));
        } catch (final IOException leftAlready) {
            leftAtOnce.incrementAndGet();
        }
    }

    /** Connections that were gone before a script could begin. */
    public int leftAtOnce() {
        return leftAtOnce.get();
    }

    private Socket secured(Socket transport) throws IOException {
        if (tls == null) {
            return transport;
        }
        final SSLSocket socket =
                (SSLSocket) tls.getSocketFactory().createSocket(transport, "127.0.0.1", transport.getPort(), true);
        socket.setUseClientMode(false);
        return socket;
    }

    private static void play(Script script, FaultClient client) {
        try {
            script.play(client);
        } catch (final IOException e) {
            client.failed(e);
            client.abandon();
        } catch (final InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    /** Where it listens. */
    public URI url() {
        return URI.create((tls == null ? "ws" : "wss") + "://127.0.0.1:" + listener.getLocalPort() + "/feed");
    }

    /** All connections, in the order of acceptance. */
    public List<FaultClient> clients() {
        return clients;
    }

    /** Ends all connections and threads. */
    @Override
    public void close() throws IOException {
        closed = true;
        listener.close();
        clients.forEach(FaultClient::abandon);
        threads.forEach(Thread::interrupt);
    }
}
