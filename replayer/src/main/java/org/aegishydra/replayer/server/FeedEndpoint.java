package org.aegishydra.replayer.server;

import jakarta.websocket.CloseReason;
import jakarta.websocket.Endpoint;
import jakarta.websocket.EndpointConfig;
import jakarta.websocket.MessageHandler;
import jakarta.websocket.Session;

/** The WebSocket side of one client; called on the container's threads. Public because Tyrus asks for it. */
public final class FeedEndpoint extends Endpoint {
    private final MarketServer server;
    private ClientConnection client;

    FeedEndpoint(MarketServer server) {
        this.server = server;
    }

    @Override
    public void onOpen(Session session, EndpointConfig config) {
        client = server.opened(session);
        if (client != null) {
            session.addMessageHandler(
                    String.class, (MessageHandler.Whole<String>) text -> server.requested(client, text));
        }
    }

    @Override
    public void onClose(Session session, CloseReason reason) {
        if (client != null) {
            client.gone();
        }
    }

    @Override
    public void onError(Session session, Throwable error) {
        if (client != null) {
            client.gone();
        }
    }
}
