package org.aegishydra.replayer.server;

import jakarta.websocket.DeploymentException;
import jakarta.websocket.server.ServerEndpointConfig;
import java.io.IOException;
import java.util.Map;
import java.util.Set;
import java.util.logging.Level;
import java.util.logging.Logger;
import org.glassfish.grizzly.Connection;
import org.glassfish.grizzly.filterchain.BaseFilter;
import org.glassfish.grizzly.filterchain.FilterChainBuilder;
import org.glassfish.grizzly.filterchain.FilterChainContext;
import org.glassfish.grizzly.filterchain.NextAction;
import org.glassfish.grizzly.http.server.HttpServer;
import org.glassfish.grizzly.http.server.NetworkListener;
import org.glassfish.grizzly.ssl.SSLEngineConfigurator;
import org.glassfish.grizzly.strategies.WorkerThreadIOStrategy;
import org.glassfish.tyrus.container.grizzly.server.WebSocketAddOn;
import org.glassfish.tyrus.core.TyrusWebSocketEngine;
import org.glassfish.tyrus.server.TyrusServerContainer;
import org.glassfish.tyrus.spi.WebSocketEngine;

/**
 * Tyrus on Grizzly, bound to one address and with TLS if that is wanted: Tyrus's own container binds to all of them. It also
 * tells an endpoint that is being opened which TCP connection it has, so that a client that does not read can be dropped.
 */
final class FeedContainer extends TyrusServerContainer {
    private static final int MAX_INCOMING_BYTES = 128 << 10;
    private static final String ROOT = "/";

    /** The libraries' own lines would drown ours; held here so that the setting is not collected. */
    private static final Logger LIBRARIES = Logger.getLogger("org.glassfish");

    private static final ThreadLocal<Connection<?>> READING = new ThreadLocal<>();

    private final WebSocketEngine engine;
    private final HttpServer server = new HttpServer();
    private final NetworkListener listener;

    FeedContainer(ServeAddress address) {
        super((Set<Class<?>>) null);
        LIBRARIES.setLevel(Level.SEVERE);
        engine = TyrusWebSocketEngine.builder(this)
                .incomingBufferSize(MAX_INCOMING_BYTES)
                .build();
        listener = new NetworkListener("feed", address.host(), address.port());
        if (address.tls() != null) {
            listener.setSecure(true);
            listener.setSSLEngineConfig(new SSLEngineConfigurator(address.tls(), false, false, false));
        }
        listener.getTransport().setIOStrategy(WorkerThreadIOStrategy.getInstance());
        listener.getTransport().setTcpNoDelay(true);
        listener.getKeepAlive().setIdleTimeoutInSeconds(-1);
        final WebSocketAddOn webSockets = new WebSocketAddOn(this, ROOT);
        listener.registerAddOn((network, filters) -> {
            webSockets.setup(network, filters);
            noteConnectionFirst(filters);
        });
        server.addListener(listener);
    }

    private void noteConnectionFirst(FilterChainBuilder filters) {
        filters.add(1, new BaseFilter() {
            @Override
            public NextAction handleRead(FilterChainContext context) {
                // The filters after this one run on this thread, and with them the opening of an endpoint.
                READING.set(context.getConnection());
                return context.getInvokeAction();
            }
        });
    }

    /** The TCP connection whose bytes this thread reads; for an endpoint that is being opened. */
    Connection<?> connectionBeingRead() {
        return READING.get();
    }

    void start(ServerEndpointConfig endpoint) throws IOException, DeploymentException {
        register(endpoint);
        server.start();
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
    public void stop() {
        super.stop();
        server.shutdownNow();
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
