package org.aegishydra.recorder.faults;

import static java.nio.charset.StandardCharsets.UTF_8;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.atomic.AtomicReference;
import org.aegishydra.recorder.faults.FeedLanguage.Channel;

/** One connection of a {@link LoadFeed}: what the client subscribed to, what waits to be sent, what was sent. */
public final class LoadConnection {
    private static final ObjectMapper JSON = new ObjectMapper();
    static final long NOT_BROKEN = -1;
    private static final int MAX_WAITING = 100_000;
    private static final long POLL_MS = 20;

    private final LoadFeed feed;
    private final FaultClient client;
    private final SentLog log;
    private final BlockingQueue<LoadMessage> outbox = new ArrayBlockingQueue<>(MAX_WAITING);
    private final AtomicReference<LoadFault> fault = new AtomicReference<>();

    /** Guarded by the feed's lock. */
    private final Map<Channel, Set<String>> subscriptions = new EnumMap<>(Channel.class);

    private volatile boolean subscribed;
    private volatile boolean open = true;
    private final AtomicLong offered = new AtomicLong();
    private final AtomicLong handled = new AtomicLong();
    private volatile String end = "open";
    private volatile long brokenAfter = NOT_BROKEN;
    private long nextNumber;

    LoadConnection(LoadFeed feed, FaultClient client, Path file) throws IOException {
        this.feed = feed;
        this.client = client;
        this.log = new SentLog(file);
    }

    /** The server's number of it, from 0. */
    public int number() {
        return client.number();
    }

    SentLog log() {
        return log;
    }

    /** Whether more may be sent on it. */
    public boolean isOpen() {
        return open;
    }

    /** Whether everything that was meant for it was sent. */
    boolean isDrained() {
        return !open || handled.get() == offered.get();
    }

    /** Whether the client has answered a close frame of the server's: it has seen everything before it. */
    public boolean isCloseAnswered() {
        return end.startsWith("close frame") && client.isCloseReceived();
    }

    /** How many messages were sent before the first one that does not follow the one before; {@link #NOT_BROKEN}. */
    long brokenAfter() {
        return brokenAfter;
    }

    /** How it ended, for people. */
    public String end() {
        return end;
    }

    boolean isSubscribed() {
        return subscribed;
    }

    boolean isSubscribed(Channel channel, LoadProduct product) {
        final Set<String> products = subscriptions.get(channel);
        return products != null && products.contains(product.id);
    }

    Set<String> products(Channel channel) {
        return subscriptions.getOrDefault(channel, Set.of());
    }

    Map<Channel, Set<String>> subscriptions() {
        return subscriptions;
    }

    /** Something is to happen with the next message. */
    void strike(LoadFault newFault) {
        fault.set(newFault);
    }

    /** Adds a message to what waits; a client that is too slow loses its connection, as at Coinbase. */
    void offer(LoadMessage message) {
        offered.incrementAndGet();
        if (open && !outbox.offer(message)) {
            end = "too slow: " + MAX_WAITING + " messages wait";
            open = false;
        }
    }

    // --- the connection's own thread --------------------------------------------------------------------------------

    /** Serves the connection to its end. */
    void serve(boolean deflate) throws IOException, InterruptedException {
        client.onReceive(this::receive);
        feed.rules().connected(number(), System.nanoTime());
        try {
            if (deflate) {
                client.upgradeDeflating(true);
            } else {
                client.upgrade();
            }
            while (open && !client.isEnded()) {
                final LoadMessage message = outbox.poll(POLL_MS, TimeUnit.MILLISECONDS);
                if (message != null) {
                    send(message);
                    handled.incrementAndGet();
                }
            }
        } finally {
            open = false;
            feed.left(this);
            log.close();
            if (end.equals("open")) {
                end = "the client left";
            }
        }
        client.awaitEnd(TimeUnit.HOURS.toMillis(1));
    }

    private void send(LoadMessage message) throws IOException {
        final byte[] bytes = message.bytes(nextNumber);
        nextNumber++;
        final LoadFault struck = fault.getAndSet(null);
        if (struck != null && !survives(struck, bytes)) {
            open = false;
            return;
        }
        if (struck == LoadFault.HOLE) {
            broken();
            return;
        }
        write(bytes, message.isBookSnapshot);
        if (struck == LoadFault.DUPLICATE) {
            broken();
            write(bytes, false);
        }
    }

    private void broken() {
        brokenAfter = brokenAfter == NOT_BROKEN ? log.messages() : brokenAfter;
    }

    private void write(byte[] bytes, boolean snapshot) throws IOException {
        log.message(bytes);
        if (snapshot) {
            feed.snapshotBegins(bytes.length);
        }
        client.compressed(bytes);
        if (snapshot) {
            feed.snapshotSent();
        }
        feed.sent();
    }

    /** Does what is struck, and tells whether more can be sent. */
    private boolean survives(LoadFault struck, byte[] next) throws IOException {
        if (struck != LoadFault.HOLE && struck != LoadFault.DUPLICATE) {
            end = struck.name();
        }
        switch (struck) {
            case HOLE, DUPLICATE -> {
                return true;
            }
            case RESET -> client.reset();
            case DROP -> client.drop();
            case DROP_INSIDE -> {
                log.part(next);
                client.dropInside(next, next.length / 2);
            }
            case CLOSE_1011 -> {
                end = "close frame 1011";
                client.close(1011, "internal error");
            }
            case CLOSE_1012 -> {
                end = "close frame 1012";
                client.close(1012, "service restart");
            }
            case SILENCE -> {
                // What waits stays unsent; the client is expected to leave.
            }
        }
        return false;
    }

    // --- the reading thread -----------------------------------------------------------------------------------------

    private void receive(FaultClient.Received received) {
        if (!received.text().startsWith("{")) {
            return;
        }
        feed.rules().message(number(), received.timeNs());
        try {
            final JsonNode request = JSON.readTree(received.text().getBytes(UTF_8));
            final String type = request.path("type").asText();
            if (type.equals("subscribe") || type.equals("unsubscribe")) {
                if (!subscribed) {
                    feed.rules().subscribed(number(), client.acceptedNs(), received.timeNs());
                }
                subscribed = true;
                feed.subscribe(this, type.equals("subscribe"), channels(request), products(request));
            }
        } catch (final IOException e) {
            client.failed(e);
        }
    }

    private List<Channel> channels(JsonNode request) {
        final List<Channel> channels = new ArrayList<>();
        final JsonNode names = request.has("channels") ? request.path("channels") : request.path("channel");
        for (final JsonNode name : names.isArray() ? names : List.of(names)) {
            final Channel channel = Channel.named(feed.settings().dialect(), name.asText());
            if (channel != null) {
                channels.add(channel);
            }
        }
        return channels;
    }

    private static Set<String> products(JsonNode request) {
        final Set<String> products = new TreeSet<>();
        request.path("product_ids").forEach(product -> products.add(product.asText()));
        return products;
    }
}
