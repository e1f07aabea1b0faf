package org.aegishydra.replayer.server;

import static org.junit.jupiter.api.Assertions.fail;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import jakarta.websocket.ClientEndpointConfig;
import jakarta.websocket.CloseReason;
import jakarta.websocket.DeploymentException;
import jakarta.websocket.Endpoint;
import jakarta.websocket.EndpointConfig;
import jakarta.websocket.MessageHandler;
import jakarta.websocket.Session;
import java.io.IOException;
import java.net.URI;
import java.util.ArrayList;
import java.util.List;
import java.util.function.BooleanSupplier;
import org.glassfish.tyrus.client.ClientManager;

/** A real WebSocket client that keeps what it gets. Thread safe. */
public final class FeedClient extends Endpoint implements AutoCloseable {
    private static final ObjectMapper JSON = new ObjectMapper();
    private static final long DEADLINE_MS = 30_000;

    private final List<String> messages = new ArrayList<>();
    private CloseReason closeReason;
    private Session session;

    static FeedClient connect(MarketServer server) throws IOException, DeploymentException {
        final FeedClient client = new FeedClient();
        final Session opened = ClientManager.createClient()
                .connectToServer(client, ClientEndpointConfig.Builder.create().build(), URI.create(server.url()));
        synchronized (client) {
            client.session = opened;
        }
        return client;
    }

    @Override
    public void onOpen(Session opened, EndpointConfig config) {
        opened.addMessageHandler(String.class, (MessageHandler.Whole<String>) this::received);
    }

    private synchronized void received(String message) {
        messages.add(message);
        notifyAll();
    }

    @Override
    public synchronized void onClose(Session closed, CloseReason reason) {
        closeReason = reason;
        notifyAll();
    }

    synchronized FeedClient send(String request) throws IOException {
        session.getBasicRemote().sendText(request);
        return this;
    }

    FeedClient subscribe(String channel, String... products) throws IOException {
        return send(JSON.createObjectNode()
                .put("type", "subscribe")
                .put("channel", channel)
                .set("product_ids", JSON.valueToTree(products))
                .toString());
    }

    private synchronized void await(String what, BooleanSupplier condition) throws InterruptedException {
        final long untilMs = System.currentTimeMillis() + DEADLINE_MS;
        while (!condition.getAsBoolean()) {
            final long leftMs = untilMs - System.currentTimeMillis();
            if (leftMs <= 0) {
                fail("no " + what + " in time; " + messages.size() + " messages came");
            }
            wait(leftMs);
        }
    }

    /** Waits for so many messages, and returns all there are. */
    synchronized List<String> awaitMessages(int count) throws InterruptedException {
        await(count + " messages", () -> messages.size() >= count || closeReason != null);
        return List.copyOf(messages);
    }

    /** Waits for the server to close, and returns with which code. */
    synchronized int awaitClose() throws InterruptedException {
        await("close", () -> closeReason != null);
        return closeReason.getCloseCode().getCode();
    }

    synchronized List<String> messages() {
        return List.copyOf(messages);
    }

    static JsonNode json(String message) throws IOException {
        return JSON.readTree(message);
    }

    @Override
    public synchronized void close() throws IOException {
        if (session.isOpen()) {
            session.close();
        }
    }
}
