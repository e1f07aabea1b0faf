package org.aegishydra.replayer.server;

import jakarta.websocket.CloseReason;
import jakarta.websocket.CloseReason.CloseCode;
import jakarta.websocket.CloseReason.CloseCodes;
import jakarta.websocket.Session;
import java.io.IOException;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.Consumer;
import java.util.function.Predicate;
import org.glassfish.grizzly.Connection;

/**
 * One client: what it is subscribed to, the messages that wait for it, and the thread that sends them. Its
 * subscriptions belong to the one thread of its feed; the rest is thread safe.
 *
 * <p>One message at a time is handed to the WebSocket layer, so that what waits there is bounded too.
 */
final class ClientConnection {
    private static final long CLOSE_TIMEOUT_SECONDS = 5;

    private final int id;
    private final Session session;
    private final Connection<?> transport;
    private final ServeSettings settings;
    private final Consumer<String> log;
    private final Consumer<ClientConnection> onGone;
    private final Outbox outbox;
    private final Thread sender;
    private final Subscriptions subscriptions = new Subscriptions();
    private Future<?> subscribeTimeout;
    private volatile boolean subscribed;
    private volatile boolean ending;
    private final AtomicLong sent = new AtomicLong();
    private volatile CloseReason closeReason = new CloseReason(CloseCodes.NORMAL_CLOSURE, "end of stream");

    ClientConnection(
            int id,
            Session session,
            Connection<?> transport,
            ServeSettings settings,
            Consumer<String> log,
            Consumer<ClientConnection> onGone) {
        this.id = id;
        this.session = session;
        this.transport = transport;
        this.settings = settings;
        this.log = log;
        this.onGone = onGone;
        outbox = new Outbox(settings.maxBacklogBytes());
        sender = new Thread(this::sendAll, "client-" + id);
        sender.setDaemon(true);
    }

    /** @param newSubscribeTimeout is called off when the client is gone. */
    void start(Future<?> newSubscribeTimeout) {
        subscribeTimeout = newSubscribeTimeout;
        sender.start();
    }

    int id() {
        return id;
    }

    /** Messages that the client accepted. */
    long sent() {
        return sent.get();
    }

    /** Whether it ever subscribed to something. */
    boolean isSubscribed() {
        return subscribed;
    }

    boolean isGone() {
        return outbox.isClosed();
    }

    Subscriptions subscriptions() {
        return subscriptions;
    }

    /**
     * Meets a client's request, or answers why it is refused.
     *
     * @return the products by channel that it subscribed to, whether it was subscribed to them or not, empty where the
     *     channel has none; null if it was refused.
     */
    Map<String, Set<String>> meet(String request, FeedProtocol protocol, Predicate<String> isProduct) {
        final Subscriptions.Request parsed;
        try {
            parsed = protocol.parse(request, isProduct);
        } catch (final RequestRefusedException e) {
            send(OutgoingMessage.withoutSequence(e.answer()));
            return null;
        }
        parsed.productsByChannel().forEach((channel, products) -> {
            if (parsed.subscribes()) {
                subscriptions.add(channel, products);
            } else {
                subscriptions.remove(channel, products);
            }
        });
        if (!subscriptions.isEmpty()) {
            subscribed = true;
        }
        return parsed.subscribes() ? parsed.productsByChannel() : Map.of();
    }

    void log(String line) {
        log.accept("client " + id + ": " + line);
    }

    /** Queues a message. At max pace waits until there is room; else a client without room is too slow and dropped. */
    void send(OutgoingMessage message) {
        if (!settings.isAsFastAsRead()) {
            if (!outbox.offer(message) && !isGone()) {
                drop("has over " + settings.maxBacklogBytes() + " bytes waiting");
            }
            return;
        }
        try {
            outbox.put(message);
        } catch (final InterruptedException e) {
            Thread.currentThread().interrupt();
            outbox.close();
        }
    }

    /** After what waits was sent, the connection closes normally; what it asks for from now on is not answered. */
    void end() {
        ending = true;
        outbox.end();
    }

    boolean isEnding() {
        return ending;
    }

    /** Closes the connection without sending what waits. */
    void close(CloseCode code, String reason) {
        closeReason = new CloseReason(code, reason);
        outbox.close();
    }

    /** The other side closed, or the connection broke. */
    void gone() {
        outbox.close();
    }

    /** Ends a connection whose client does not read: a close frame would wait behind what it did not read. */
    private void drop(String why) {
        log.accept("client " + id + " reads too slowly (it " + why + "): disconnected");
        outbox.close();
        transport.terminateSilently();
    }

    private void sendAll() {
        try {
            long sequence = 0;
            for (OutgoingMessage message = outbox.take(); message != null; message = outbox.take()) {
                final String text = message.text(sequence);
                sequence += message.hasSequence() ? 1 : 0;
                session.getAsyncRemote().sendText(text).get(settings.sendTimeoutNs(), TimeUnit.NANOSECONDS);
                sent.incrementAndGet();
            }
            if (session.isOpen()) {
                session.close(closeReason);
                transport.closeFuture().get(CLOSE_TIMEOUT_SECONDS, TimeUnit.SECONDS);
            }
        } catch (final TimeoutException e) {
            if (session.isOpen()) {
                drop("did not take a message for " + settings.sendTimeoutNs() / 1_000_000 + " ms");
            }
        } catch (final ExecutionException | IOException | IllegalStateException e) {
            log.accept("client " + id + " is gone: " + e);
        } catch (final InterruptedException e) {
            Thread.currentThread().interrupt();
        } finally {
            subscribeTimeout.cancel(false);
            outbox.close();
            transport.terminateSilently();
            onGone.accept(this);
        }
    }
}
