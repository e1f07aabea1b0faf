package org.aegishydra.recorder.feed;

import jakarta.websocket.DeploymentException;
import jakarta.websocket.Endpoint;
import jakarta.websocket.EndpointConfig;
import jakarta.websocket.MessageHandler;
import jakarta.websocket.Session;
import jakarta.websocket.server.ServerEndpointConfig;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicInteger;
import org.glassfish.grizzly.http.server.HttpServer;
import org.glassfish.grizzly.http.server.NetworkListener;
import org.glassfish.grizzly.strategies.WorkerThreadIOStrategy;
import org.glassfish.tyrus.container.grizzly.server.WebSocketAddOn;
import org.glassfish.tyrus.core.TyrusWebSocketEngine;
import org.glassfish.tyrus.server.TyrusServerContainer;
import org.glassfish.tyrus.spi.WebSocketEngine;

/**
 * A real WebSocket server on loopback, on a port of its own. When a client has sent its first message, the server runs
 * the script of that connection; the last script serves all further ones.
 */
public final class ScriptedServer implements AutoCloseable {
    /** What the server does to a connection. */
    public interface Script {
        /** Sends to, or closes, a client. */
        void play(Session client) throws IOException;
    }

    private static final String ROOT = "/";

    private final List<Script> scripts;
    private final AtomicInteger connections = new AtomicInteger();
    private final List<String> received = new CopyOnWriteArrayList<>();
    private final Container container = new Container();

    /** Starts the server. */
    public ScriptedServer(Script... scripts) throws IOException, DeploymentException {
        this.scripts = List.of(scripts);
        container.register(ServerEndpointConfig.Builder.create(Feeding.class, "/feed")
                .configurator(new ServerEndpointConfig.Configurator() {
                    @Override
                    public <T> T getEndpointInstance(Class<T> endpointClass) {
                        return endpointClass.cast(new Feeding(ScriptedServer.this));
                    }
                })
                .build());
        container.http.start();
    }

    /** Where it listens. */
    public URI url() {
        return URI.create("ws://127.0.0.1:" + container.getPort() + "/feed");
    }

    /** What clients sent. */
    public List<String> received() {
        return received;
    }

    @Override
    public void close() {
        container.stop();
    }

    /** Tyrus's engine behind a listener that is bound to loopback alone. */
    private static final class Container extends TyrusServerContainer {
        private final HttpServer http = new HttpServer();
        private final NetworkListener listener = new NetworkListener("scripted", "127.0.0.1", 0);
        private final WebSocketEngine engine;

        Container() {
            super((Set<Class<?>>) null);
            engine = TyrusWebSocketEngine.builder(this).build();
            // A large frame leaves only if the selector's thread is free while a script waits for it.
            listener.getTransport().setIOStrategy(WorkerThreadIOStrategy.getInstance());
            listener.registerAddOn(new WebSocketAddOn(this, ROOT));
            http.addListener(listener);
        }

        @Override
        public void stop() {
            super.stop();
            http.shutdownNow();
        }

        @Override
        public int getPort() {
            return listener.getPort();
        }

        @Override
        public Map<String, Object> getProperties() {
            return Map.of();
        }

        @Override
        public void register(Class<?> endpointClass) throws DeploymentException {
            engine.register(endpointClass, ROOT);
        }

        @Override
        public void register(ServerEndpointConfig endpoint) throws DeploymentException {
            engine.register(endpoint, ROOT);
        }

        @Override
        public WebSocketEngine getWebSocketEngine() {
            return engine;
        }
    }

    /** The server's side of a connection. Tyrus wants it public. */
    public static final class Feeding extends Endpoint {
        private final ScriptedServer owner;

        Feeding(ScriptedServer owner) {
            this.owner = owner;
        }

        @Override
        public void onOpen(Session client, EndpointConfig config) {
            final int number = owner.connections.getAndIncrement();
            final AtomicInteger messages = new AtomicInteger();
            client.addMessageHandler(String.class, (MessageHandler.Whole<String>) text -> {
                owner.received.add(text);
                if (messages.getAndIncrement() == 0) {
                    try {
                        owner.scripts
                                .get(Math.min(number, owner.scripts.size() - 1))
                                .play(client);
                    } catch (final IOException e) {
                        throw new UncheckedIOException(e);
                    }
                }
            });
        }
    }
}
