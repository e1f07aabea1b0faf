package org.aegishydra.recorder.feed;

import jakarta.websocket.ClientEndpointConfig;
import jakarta.websocket.Extension;
import jakarta.websocket.Session;
import java.net.URI;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.aegishydra.core.journal.JournalFormat;
import org.aegishydra.recorder.websocket.ConnectFailure;
import org.aegishydra.recorder.websocket.InflateExtension;
import org.glassfish.tyrus.client.ClientManager;
import org.glassfish.tyrus.client.ClientProperties;

/**
 * Opens WebSocket connections to one address. Each has threads of its own (Tyrus's), so that one which is held up does not
 * hold up another. Used by one thread.
 */
final class Connector implements AutoCloseable {
    private static final int HANDSHAKE_TIMEOUT_MS = 10_000;
    private static final int FRAME_BUFFER_BYTES = JournalFormat.MAX_PAYLOAD_BYTES + (1 << 16);

    private final URI url;
    private final FeedAccess access;
    private final ExecutorService threads = Executors.newCachedThreadPool(task -> {
        final Thread thread = new Thread(task, "connect");
        thread.setDaemon(true);
        return thread;
    });
    private final ClientManager client = ClientManager.createClient();

    Connector(URI url, FeedAccess access) {
        this.url = url;
        this.access = access;
        client.getProperties().put(ClientProperties.INCOMING_BUFFER_SIZE, FRAME_BUFFER_BYTES);
        client.getProperties().put(ClientProperties.HANDSHAKE_TIMEOUT, HANDSHAKE_TIMEOUT_MS);
    }

    /** Begins to open a connection; the future tells when its handshake is over, or why it failed. */
    Future<Session> connect(FeedConnection connection) {
        final List<Extension> extensions = access.deflate()
                ? List.of(new InflateExtension(JournalFormat.MAX_PAYLOAD_BYTES, connection))
                : List.of();
        final ClientEndpointConfig config = ClientEndpointConfig.Builder.create()
                .sslContext(access.trust().sslContext())
                .extensions(extensions)
                .build();
        // Tyrus's own threads for this are gone for a moment whenever a last connection ends.
        return threads.submit(() -> client.connectToServer(connection, config, url));
    }

    /** Why {@link #connect} failed. */
    ConnectFailure failure(Throwable cause) {
        return ConnectFailure.of(cause, url, access.trust());
    }

    /** A connection that took too long. */
    ConnectFailure timedOut(Duration limit) {
        return new ConnectFailure(
                url.getHost() + " does not answer within " + limit.toSeconds()
                        + " s: check the address in --url, and this host's network",
                null,
                false);
    }

    /** What a key, if there is one, adds to a message that is sent now. */
    Map<String, String> authentication() {
        return access.credential()
                .map(credential -> credential.authentication(Instant.now()))
                .orElse(Map.of());
    }

    @Override
    public void close() {
        threads.shutdownNow();
        client.shutdown();
    }
}
