package org.aegishydra.replayer.server;

import jakarta.websocket.CloseReason;
import jakarta.websocket.CloseReason.CloseCodes;
import jakarta.websocket.DeploymentException;
import jakarta.websocket.Session;
import jakarta.websocket.server.ServerEndpointConfig;
import java.io.IOException;
import java.util.HashSet;
import java.util.Set;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import org.aegishydra.core.journal.Journal;
import org.aegishydra.replayer.synthetic.SyntheticSettings;

/**
 * A WebSocket server that speaks as Coinbase's does, in the dialect of what it serves, to whoever connects. Each client gets
 * the channels and products that it subscribes to, at any time, with the sequence numbers of its own connection.
 *
 * <p>A journal starts at the same position for every client, when that one subscribes. A synthetic market opens with the
 * first subscription and is one for all. Late subscriptions begin with how things are then. What waits for a client is
 * bounded: one that reads too slowly is disconnected. Thread safe.
 */
public final class MarketServer implements AutoCloseable {
    /** The most clients at once. */
    public static final int MAX_CLIENTS = 64;

    private static final long CLOSE_TIMEOUT_MS = 2_000;

    private final ServeSettings settings;
    private final MarketFeed feed;
    private final Consumer<String> log;
    private final FeedContainer container;
    private final ScheduledExecutorService timer;
    private final CountDownLatch ended = new CountDownLatch(1);
    private final Set<ClientConnection> clients = new HashSet<>();
    private int clientCount;
    private long served;
    private long sentMessages;
    private boolean closing;

    private MarketServer(ServeSettings settings, MarketFeed feed, Consumer<String> log) {
        this.settings = settings;
        this.feed = feed;
        this.log = log;
        container = new FeedContainer(settings.address());
        timer = Executors.newSingleThreadScheduledExecutor(task -> {
            final Thread thread = new Thread(task, "subscribe-timeout");
            thread.setDaemon(true);
            return thread;
        });
    }

    /**
     * A server of a recorded journal.
     *
     * @param from where every client begins.
     * @param log receives lines for people about clients, on several threads.
     */
    public static MarketServer of(Journal journal, StartPosition from, ServeSettings settings, Consumer<String> log) {
        return new MarketServer(settings, new JournalFeed(journal, from, settings), log);
    }

    /**
     * A server of a synthetic market, whose start and duration are those of the stream.
     *
     * @param log receives lines for people about clients, on several threads.
     */
    public static MarketServer of(SyntheticSettings market, ServeSettings settings, Consumer<String> log) {
        return new MarketServer(settings, new SyntheticFeed(market, settings), log);
    }

    /**
     * Listens; clients can connect when this returns.
     *
     * @throws IOException if the port cannot be bound.
     */
    public void start() throws IOException {
        final ServerEndpointConfig endpoint = ServerEndpointConfig.Builder.create(FeedEndpoint.class, "/")
                .configurator(new ServerEndpointConfig.Configurator() {
                    @Override
                    public <T> T getEndpointInstance(Class<T> endpointClass) {
                        return endpointClass.cast(new FeedEndpoint(MarketServer.this));
                    }
                })
                .build();
        try {
            container.start(endpoint);
        } catch (final DeploymentException e) {
            throw new IllegalStateException("the endpoint cannot be deployed", e);
        }
    }

    /** The port that it listens on. */
    public int port() {
        return container.getPort();
    }

    /** What a client connects to. */
    public String url() {
        return settings.address().url(port());
    }

    /** Waits until it is closed, {@link #stop()} was called or, if it serves once only, its first client was served. */
    public void awaitEnd() throws InterruptedException {
        ended.await();
    }

    /** Ends {@link #awaitEnd()}. */
    public void stop() {
        ended.countDown();
    }

    /** Clients that subscribed to something and are gone. */
    public synchronized long served() {
        return served;
    }

    /** Messages that clients which are gone accepted, answers included. */
    public synchronized long sentMessages() {
        return sentMessages;
    }

    /** A client connected; null if there are too many. */
    ClientConnection opened(Session session) {
        final ClientConnection client;
        synchronized (this) {
            client = clients.size() < MAX_CLIENTS && !closing
                    ? new ClientConnection(
                            ++clientCount, session, container.connectionBeingRead(), settings, log, this::gone)
                    : null;
            if (client != null) {
                clients.add(client);
            }
        }
        if (client == null) {
            refuse(session);
            return null;
        }
        client.start(
                timer.schedule(() -> checkSubscribed(client), settings.subscribeTimeoutNs(), TimeUnit.NANOSECONDS));
        return client;
    }

    private void refuse(Session session) {
        log.accept("a client is refused: " + MAX_CLIENTS + " are connected");
        try {
            session.close(new CloseReason(CloseCodes.TRY_AGAIN_LATER, "too many connections"));
        } catch (final IOException e) {
            log.accept("a refused client is gone: " + e);
        }
    }

    private void checkSubscribed(ClientConnection client) {
        if (!client.isSubscribed() && !client.isGone()) {
            log.accept("client " + client.id() + " did not subscribe in time: disconnected");
            client.close(CloseCodes.VIOLATED_POLICY, "no subscription in time");
        }
    }

    /** A client sent a request. */
    void requested(ClientConnection client, String request) {
        if (!feed.requested(client, request) && !client.isGone()) {
            log.accept("client " + client.id() + " sends too many requests: disconnected");
            client.close(CloseCodes.VIOLATED_POLICY, "too many requests");
        }
    }

    private synchronized void gone(ClientConnection client) {
        clients.remove(client);
        sentMessages += client.sent();
        if (client.isSubscribed()) {
            served++;
            log.accept("client " + client.id() + " was served " + client.sent() + " messages");
            if (settings.once()) {
                ended.countDown();
            }
        }
        notifyAll();
    }

    /** Closes all connections, waits a moment for the clients to agree, and stops listening. */
    @Override
    public void close() {
        ended.countDown();
        synchronized (this) {
            closing = true;
            clients.forEach(client -> client.close(CloseCodes.GOING_AWAY, "the server stops"));
        }
        feed.close();
        awaitNoClients();
        timer.shutdownNow();
        container.stop();
    }

    private synchronized void awaitNoClients() {
        final long untilNs = System.nanoTime() + CLOSE_TIMEOUT_MS * 1_000_000L;
        try {
            for (long leftMs = CLOSE_TIMEOUT_MS; !clients.isEmpty() && leftMs > 0; ) {
                wait(leftMs);
                leftMs = (untilNs - System.nanoTime()) / 1_000_000L;
            }
        } catch (final InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
