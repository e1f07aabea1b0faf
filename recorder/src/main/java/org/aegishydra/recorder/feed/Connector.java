package org.aegishydra.recorder.feed;

import jakarta.websocket.ClientEndpointConfig;
import jakarta.websocket.DeploymentException;
import jakarta.websocket.Session;
import java.net.URI;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Future;
import org.aegishydra.core.journal.JournalFormat;
import org.glassfish.tyrus.client.ClientManager;
import org.glassfish.tyrus.client.ClientProperties;

/** Opens WebSocket connections to one address, each with threads of its own (Tyrus's). Used by one thread. */
final class Connector implements AutoCloseable {
    private static final int HANDSHAKE_TIMEOUT_MS = 10_000;
    private static final int FRAME_BUFFER_BYTES = JournalFormat.MAX_PAYLOAD_BYTES + (1 << 16);

    private final URI url;
    private final ClientManager client = ClientManager.createClient();

    Connector(URI url) {
        this.url = url;
        client.getProperties().put(ClientProperties.INCOMING_BUFFER_SIZE, FRAME_BUFFER_BYTES);
        client.getProperties().put(ClientProperties.HANDSHAKE_TIMEOUT, HANDSHAKE_TIMEOUT_MS);
    }

    /** Begins to open a connection; the future tells when its handshake is over, or why it failed. */
    Future<Session> connect(FeedConnection connection) {
        try {
            return client.asyncConnectToServer(
                    connection, ClientEndpointConfig.Builder.create().build(), url);
        } catch (final DeploymentException e) {
            return CompletableFuture.failedFuture(e);
        }
    }

    /** What a key adds to a subscription that is sent now. */
    Map<String, Object> authentication() {
        return Map.of();
    }

    @Override
    public void close() {
        client.shutdown();
    }
}
