package org.aegishydra.replayer.server;

import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.TreeMap;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.TimeUnit;
import org.aegishydra.core.journal.Dialect;
import org.aegishydra.replayer.synthetic.MarketMessage;
import org.aegishydra.replayer.synthetic.SyntheticMarket;
import org.aegishydra.replayer.synthetic.SyntheticProduct;
import org.aegishydra.replayer.synthetic.SyntheticSettings;

/**
 * A synthetic market that all clients see at once. It opens with the first subscription, its event time then being the
 * clock's; who comes later gets the book as it is. When its time is over all clients are closed, and the next
 * subscription opens it anew.
 *
 * <p>One thread advances the market and answers requests between two messages.
 */
final class SyntheticFeed implements MarketFeed {
    private static final int MAX_WAITING_REQUESTS = 1_000;
    private static final long LONGEST_SETTLE_NS = TimeUnit.SECONDS.toNanos(5);

    private record Request(ClientConnection client, String text) {}

    /** A subscription whose snapshot already tells what the message says that is due next. */
    private record Fresh(ClientConnection client, String channel, String product) {}

    private final SyntheticSettings marketSettings;
    private final ServeSettings settings;
    private final FeedProtocol protocol = FeedProtocol.of(Dialect.ADVANCED_TRADE);
    private final Set<String> products;
    private final BlockingQueue<Request> requests = new ArrayBlockingQueue<>(MAX_WAITING_REQUESTS);
    private final List<ClientConnection> clients = new ArrayList<>();
    private final List<Fresh> fresh = new ArrayList<>();
    private final MessageAddress address = new MessageAddress();
    private final Thread thread = new Thread(this::run, "market");
    private SyntheticMarket market;
    private long openedNs;

    SyntheticFeed(SyntheticSettings marketSettings, ServeSettings settings) {
        this.marketSettings = marketSettings.lasting(settings.durationNs());
        this.settings = settings;
        products = marketSettings.products().stream()
                .map(SyntheticProduct::id)
                .collect(java.util.stream.Collectors.toUnmodifiableSet());
        thread.setDaemon(true);
        thread.start();
    }

    @Override
    public Dialect dialect() {
        return Dialect.ADVANCED_TRADE;
    }

    @Override
    public boolean requested(ClientConnection client, String request) {
        return requests.offer(new Request(client, request));
    }

    private void run() {
        try {
            while (true) {
                answer(requests.take());
                if (market != null) {
                    stream();
                    clients.forEach(ClientConnection::end);
                    clients.clear();
                    fresh.clear();
                    market = null;
                }
            }
        } catch (final InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private void stream() throws InterruptedException {
        if (settings.isAsFastAsRead()) {
            settle();
        }
        while (market.next()) {
            final long sinceStartNs =
                    market.message().eventTimeNs() - market.settings().startNs();
            answerUntil(openedNs + settings.dueAfterNs(sinceStartNs));
            clients.removeIf(ClientConnection::isGone);
            if (clients.isEmpty() && settings.isAsFastAsRead()) {
                return;
            }
            publish(market.message());
            fresh.clear();
        }
    }

    /** Waits until nobody has asked for anything for a while: a market at max would run away from a slow subscriber. */
    private void settle() throws InterruptedException {
        final long latestNs = System.nanoTime() + LONGEST_SETTLE_NS;
        while (System.nanoTime() < latestNs) {
            final Request request = requests.poll(settings.settleNs(), TimeUnit.NANOSECONDS);
            if (request == null) {
                return;
            }
            answer(request);
        }
    }

    private void answerUntil(long dueNs) throws InterruptedException {
        while (true) {
            final Request request = requests.poll(dueNs - System.nanoTime(), TimeUnit.NANOSECONDS);
            if (request == null) {
                return;
            }
            answer(request);
        }
    }

    private void answer(Request request) {
        final ClientConnection client = request.client;
        // A request that crossed the market's end must not open the next one.
        if (client.isGone() || client.isEnding()) {
            return;
        }
        final var added = client.meet(request.text, protocol, products::contains);
        if (added == null) {
            return;
        }
        if (market == null && client.isSubscribed()) {
            open();
        }
        if (!clients.contains(client)) {
            clients.add(client);
        }
        new TreeMap<>(added).forEach((channel, names) -> {
            final String messageChannel = protocol.messageChannel(channel);
            if (client.subscriptions().has(channel, "") && names.isEmpty()) {
                sendSnapshot(client, messageChannel, "");
            }
            names.forEach(product -> sendSnapshot(client, messageChannel, product));
        });
        client.send(protocol.subscriptions(client.subscriptions(), eventTimeNs()));
    }

    private void open() {
        // Both clocks at once: making the market takes a while, and would else make every message late by that.
        final Instant now = Instant.now();
        openedNs = System.nanoTime();
        market = new SyntheticMarket(
                marketSettings.startingAt(TimeUnit.SECONDS.toNanos(now.getEpochSecond()) + now.getNano()));
        // What it opens with, each client gets with its subscription.
        for (int i = market.openingMessages(); i > 0; i--) {
            market.next();
        }
    }

    private long eventTimeNs() {
        return market == null
                ? TimeUnit.MILLISECONDS.toNanos(System.currentTimeMillis())
                : market.message().eventTimeNs();
    }

    private void sendSnapshot(ClientConnection client, String channel, String product) {
        final MarketMessage snapshot = market.snapshot(channel, product);
        if (snapshot != null) {
            client.send(outgoing(snapshot));
            fresh.add(new Fresh(client, channel, product));
        }
    }

    private void publish(MarketMessage message) {
        OutgoingMessage outgoing = null;
        for (final ClientConnection client : clients) {
            if (protocol.wants(client.subscriptions(), message.channel(), message.product())
                    && !fresh.contains(new Fresh(client, message.channel(), message.product()))) {
                if (outgoing == null) {
                    outgoing = outgoing(message);
                }
                client.send(outgoing);
            }
        }
    }

    private OutgoingMessage outgoing(MarketMessage message) {
        final byte[] utf8 = new byte[message.length()];
        message.buffer().getBytes(0, utf8);
        if (!address.read(utf8, utf8.length, protocol.numbersMessages())) {
            throw new IllegalStateException("the market made a message that cannot be read");
        }
        return address.outgoing(utf8);
    }

    @Override
    public void close() {
        thread.interrupt();
    }
}
