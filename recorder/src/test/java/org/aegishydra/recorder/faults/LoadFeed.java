package org.aegishydra.recorder.faults;

import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.SplittableRandom;
import java.util.TreeSet;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.locks.LockSupport;
import org.aegishydra.recorder.faults.FeedLanguage.Channel;

/**
 * A feed that behaves as Coinbase's does, with one market for each product that all connections see: a new connection
 * gets the book as it is now. Messages come at a given rate in total. What was sent on each connection is on disk, so
 * that a journal can be compared with it message by message. Faults strike at random moments.
 *
 * <p>Thread safe; closing it ends all connections.
 */
public final class LoadFeed implements AutoCloseable {
    private static final long TICK_NS = 2_000_000;
    private static final long STALL_NS = 10_000_000;
    private static final long NS_PER_SECOND = 1_000_000_000L;
    private static final double LONGEST_BURST_SECONDS = 0.25;

    private final LoadSettings settings;
    private final Path logs;
    private final FeedLanguage language;
    private final FaultServer server;
    private final ClientRules rules = new ClientRules();
    private final SplittableRandom random;
    private final Map<String, LoadProduct> products = new LinkedHashMap<>();
    private final List<LoadProduct> productList;
    private final List<LoadConnection> connections = new CopyOnWriteArrayList<>();
    private final List<LoadConnection> served = new ArrayList<>();
    private final List<String> faults = new CopyOnWriteArrayList<>();
    private final AtomicLong messages = new AtomicLong();
    private final AtomicLong snapshotsBegun = new AtomicLong();
    private final AtomicLong snapshotsSent = new AtomicLong();
    private final Thread market;
    private volatile boolean paused;
    private volatile boolean striking = true;
    private volatile boolean closed;
    private long lastStampNs;
    private long heartbeats = 41_690;
    private long nextHeartbeatNs = System.nanoTime();
    private long nextFaultNs;

    /** Opens the feed; the directory takes one file a connection. */
    public LoadFeed(LoadSettings settings, Path logs) throws IOException {
        this.settings = settings;
        this.logs = Files.createDirectories(logs);
        language = FeedLanguage.of(settings.dialect());
        random = new SplittableRandom(settings.seed());
        for (final String id : settings.products()) {
            final int levels = products.isEmpty() ? settings.deepLevels() : settings.levels();
            products.put(id, new LoadProduct(id, levels, random));
        }
        productList = List.copyOf(products.values());
        nextFaultNs = System.nanoTime() + faultDelayNs();
        server = new FaultServer(this::serve);
        market = new Thread(this::run, "load-market");
        market.setDaemon(true);
        market.start();
    }

    LoadSettings settings() {
        return settings;
    }

    ClientRules rules() {
        return rules;
    }

    /** Where clients connect to. */
    public URI url() {
        return server.url();
    }

    /** All connections so far, in the order of acceptance. */
    public List<LoadConnection> connections() {
        return connections;
    }

    /** Which of Coinbase's rules a client broke. */
    public List<String> violations() {
        return rules.violations();
    }

    /** The faults so far: what, and on which connection. */
    public List<String> faults() {
        return faults;
    }

    /** Messages sent so far, over all connections. */
    public long messages() {
        return messages.get();
    }

    /** Book snapshots whose sending has begun. */
    public long snapshotsBegun() {
        return snapshotsBegun.get();
    }

    /** Book snapshots that the socket has taken. */
    public long snapshotsSent() {
        return snapshotsSent.get();
    }

    void snapshotBegins(int lengthBytes) {
        if (lengthBytes > 0) {
            snapshotsBegun.incrementAndGet();
        }
    }

    void snapshotSent() {
        snapshotsSent.incrementAndGet();
    }

    void sent() {
        messages.incrementAndGet();
    }

    /** The true books now, in the form of {@link org.aegishydra.core.book.BookText}, by product. */
    public synchronized Map<String, String> books() {
        final Map<String, String> books = new LinkedHashMap<>();
        products.forEach((id, product) -> books.put(id, product.text()));
        return books;
    }

    /** From here on markets stand still; heartbeats go on, and new connections are served. */
    public synchronized void pause() {
        paused = true;
    }

    /** The markets move again. */
    public synchronized void resume() {
        paused = false;
    }

    /** From here on no more faults strike, or they do again. */
    public void strike(boolean newStriking) {
        striking = newStriking;
    }

    /** Whether all that was meant for the connections was sent; heartbeats aside, that lasts while the feed is paused. */
    public boolean isDrained() {
        return connections.stream().allMatch(LoadConnection::isDrained);
    }

    private void serve(FaultClient client) throws IOException, InterruptedException {
        final LoadConnection connection;
        synchronized (this) {
            connection =
                    new LoadConnection(this, client, logs.resolve("connection-%05d.log".formatted(client.number())));
            connections.add(connection);
            served.add(connection);
        }
        connection.serve(settings.deflate());
    }

    synchronized void left(LoadConnection connection) {
        served.remove(connection);
    }

    // --- subscriptions ----------------------------------------------------------------------------------------------

    synchronized void subscribe(
            LoadConnection connection, boolean subscribes, List<Channel> channels, Set<String> wanted) {
        final Set<String> known = new TreeSet<>(wanted);
        known.retainAll(products.keySet());
        for (final Channel channel : channels) {
            final Set<String> own = connection.subscriptions().computeIfAbsent(channel, none -> new TreeSet<>());
            if (subscribes) {
                own.addAll(known);
            } else {
                own.removeAll(known);
            }
        }
        final boolean acknowledgedFirst = channels.stream().allMatch(language::isAcknowledgedFirst);
        if (acknowledgedFirst) {
            connection.offer(language.acknowledged(connection.subscriptions(), stamp()));
        }
        if (subscribes) {
            channels.forEach(channel -> begin(connection, channel, known));
        }
        if (!acknowledgedFirst) {
            connection.offer(language.acknowledged(connection.subscriptions(), stamp()));
        }
    }

    private void begin(LoadConnection connection, Channel channel, Set<String> wanted) {
        final List<LoadProduct> chosen = wanted.stream().map(products::get).toList();
        switch (channel) {
            case BOOK -> chosen.forEach(product -> connection.offer(language.bookSnapshot(product, stamp())));
            case TRADES -> chosen.forEach(product -> connection.offer(language.tradeHistory(product, stamp())));
            case TICKER -> chosen.forEach(product -> connection.offer(language.ticker(product, stamp(), true)));
            case STATUS -> connection.offer(language.status(chosen, stamp()));
            case HEARTBEAT -> {
                // They come with the next second.
            }
        }
    }

    /** The time, never the same twice. */
    private String stamp() {
        final Instant now = Instant.now();
        lastStampNs = Math.max(lastStampNs + 1, now.getEpochSecond() * NS_PER_SECOND + now.getNano());
        return Instant.ofEpochSecond(lastStampNs / NS_PER_SECOND, lastStampNs % NS_PER_SECOND)
                .toString();
    }

    // --- the market's thread ----------------------------------------------------------------------------------------

    private void run() {
        double due = 0;
        long lastNs = System.nanoTime();
        while (!closed) {
            LockSupport.parkNanos(TICK_NS);
            final long now = System.nanoTime();
            final double mostDue = settings.messagesPerSecond() * LONGEST_BURST_SECONDS;
            due = Math.min(mostDue, due + (now - lastNs) * (double) settings.messagesPerSecond() / NS_PER_SECOND);
            if (now - lastNs > STALL_NS) {
                rules.stalled(now, now - lastNs);
            }
            lastNs = now;
            synchronized (this) {
                while (due > 0 && !paused) {
                    due -= Math.max(1, step());
                }
                if (now - nextHeartbeatNs >= 0) {
                    nextHeartbeatNs += NS_PER_SECOND;
                    heartbeat();
                }
                if (now - nextFaultNs >= 0) {
                    nextFaultNs = now + faultDelayNs();
                    strike();
                }
            }
        }
    }

    /** One event of one market; returns to how many connections it goes. */
    private int step() {
        final LoadProduct product = productList.get(random.nextInt(productList.size()));
        final int dice = random.nextInt(100);
        final String time = stamp();
        if (dice < 75) {
            return publish(Channel.BOOK, product, language.bookUpdate(product, product.move(random), time));
        }
        if (dice < 85) {
            return publish(Channel.TICKER, product, language.ticker(product, time, false));
        }
        final boolean several = settings.dialect() == org.aegishydra.core.journal.Dialect.ADVANCED_TRADE;
        final List<LoadProduct.Trade> trades = new ArrayList<>();
        for (int i = several ? 1 + random.nextInt(3) : 1; i > 0; i--) {
            trades.add(product.trade(random, time));
        }
        return publish(Channel.TRADES, product, language.trades(product, trades, time));
    }

    private int publish(Channel channel, LoadProduct product, LoadMessage message) {
        int receivers = 0;
        for (final LoadConnection connection : served) {
            if (connection.isSubscribed(channel, product)) {
                connection.offer(message);
                receivers++;
            }
        }
        return receivers;
    }

    private void heartbeat() {
        heartbeats++;
        for (final LoadConnection connection : served) {
            final List<LoadProduct> heard = connection.products(Channel.HEARTBEAT).stream()
                    .map(products::get)
                    .toList();
            if (!heard.isEmpty()) {
                language.heartbeats(heard, heartbeats, stamp()).forEach(connection::offer);
            }
        }
    }

    private long faultDelayNs() {
        return (long) (settings.faultInterval().toNanos() * (0.2 + 0.8 * random.nextExponential()));
    }

    private void strike() {
        final List<LoadConnection> targets =
                served.stream().filter(LoadConnection::isSubscribed).toList();
        if (!striking || settings.faults().isEmpty() || targets.isEmpty()) {
            return;
        }
        final List<LoadFault> kinds = settings.faults().stream().sorted().toList();
        final LoadFault fault = kinds.get(random.nextInt(kinds.size()));
        final LoadConnection target = targets.get(random.nextInt(targets.size()));
        faults.add(fault + " on connection " + target.number());
        target.strike(fault);
    }

    /** Ends it; the logs stay. */
    @Override
    public void close() throws IOException {
        closed = true;
        server.close();
        LockSupport.unpark(market);
        try {
            market.join(TimeUnit.SECONDS.toMillis(10));
        } catch (final InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    /** Waits until a number of book snapshots have begun to be sent since the start. */
    public boolean awaitSnapshots(long begun, long timeoutMs) {
        final long deadlineNs = System.nanoTime() + TimeUnit.MILLISECONDS.toNanos(timeoutMs);
        while (snapshotsBegun.get() < begun && System.nanoTime() < deadlineNs) {
            LockSupport.parkNanos(100_000);
        }
        return snapshotsBegun.get() >= begun;
    }
}
