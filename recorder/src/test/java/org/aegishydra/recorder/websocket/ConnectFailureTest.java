package org.aegishydra.recorder.websocket;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import jakarta.websocket.ClientEndpointConfig;
import jakarta.websocket.Endpoint;
import jakarta.websocket.EndpointConfig;
import jakarta.websocket.MessageHandler;
import jakarta.websocket.Session;
import java.io.IOException;
import java.net.ServerSocket;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.aegishydra.core.command.UsageException;
import org.glassfish.tyrus.client.ClientManager;
import org.glassfish.tyrus.client.ClientProperties;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ConnectFailureTest {
    private static final int HANDSHAKE_TIMEOUT_MS = 1_000;

    @TempDir
    static Path directory;

    private static Certificates certificates;
    private static ServerTrust authority;

    @BeforeAll
    static void makeCertificates() throws Exception {
        certificates = new Certificates(directory);
        certificates.issue("good", "ip:127.0.0.1,dns:localhost", "-1d", 30);
        certificates.issue("expired", "ip:127.0.0.1", "-30d", 10);
        certificates.issue("other", "dns:feed.example.com", "-1d", 30);
        authority = ServerTrust.of(certificates.pem("authority"));
    }

    /** Notes the first message. */
    private static final class FirstMessage extends Endpoint {
        private final CompletableFuture<String> text = new CompletableFuture<>();

        @Override
        public void onOpen(Session session, EndpointConfig config) {
            session.addMessageHandler(String.class, (MessageHandler.Whole<String>) text::complete);
        }
    }

    private static Session connect(Endpoint endpoint, URI url, ServerTrust trust) throws Exception {
        final ClientManager client = ClientManager.createClient();
        client.getProperties().put(ClientProperties.HANDSHAKE_TIMEOUT, HANDSHAKE_TIMEOUT_MS);
        final ClientEndpointConfig config = ClientEndpointConfig.Builder.create()
                .sslContext(trust.sslContext())
                .build();
        return client.connectToServer(endpoint, config, url);
    }

    private static ConnectFailure failure(URI url, ServerTrust trust) {
        final FirstMessage endpoint = new FirstMessage();
        final Exception e = assertThrows(Exception.class, () -> connect(endpoint, url, trust));
        assertFalse(endpoint.text.isDone());
        final ConnectFailure failure = ConnectFailure.of(e, url, trust);
        assertFalse(failure.reason().contains("\n"), failure.reason());
        assertFalse(failure.reason().contains("secret"), failure.reason());
        return failure;
    }

    private static ConnectFailure answered(String answer) throws IOException {
        try (SocketServer server = new SocketServer(client -> {
            client.request();
            client.send(answer);
            client.drain();
        })) {
            final URI url = URI.create(server.url("127.0.0.1") + "?token=secret");
            final ConnectFailure failure = failure(url, ServerTrust.of(null));
            assertTrue(failure.reason().startsWith("127.0.0.1:" + server.port() + " "), failure.reason());
            return failure;
        }
    }

    private static String http(String status, String... headers) {
        return "HTTP/1.1 " + status + "\r\n" + String.join("", headers) + "Content-Length: 0\r\n\r\n";
    }

    /** How a client fares with a server that shows a certificate; the server must see no request. */
    private static String shown(String certificate, String host, ServerTrust trust) throws Exception {
        final AtomicInteger requests = new AtomicInteger();
        try (SocketServer server = new SocketServer(certificates.sockets(certificate), client -> {
            client.upgrade();
            requests.incrementAndGet();
            client.frame(0x81, new byte[] {'x'});
            client.drain();
        })) {
            final String reason = failure(server.url(host), trust).reason();
            assertEquals(0, requests.get());
            assertTrue(reason.startsWith(host + ":" + server.port() + " "), reason);
            return reason.substring(reason.indexOf(' ') + 1);
        }
    }

    @Test
    void shouldReceiveFromAServerOfATrustedCertificate() throws Exception {
        for (final String host : new String[] {"127.0.0.1", "localhost"}) {
            try (SocketServer server = new SocketServer(certificates.sockets("good"), client -> {
                client.upgrade();
                client.frame(0x81, "hello".getBytes(StandardCharsets.UTF_8));
                client.drain();
            })) {
                final FirstMessage endpoint = new FirstMessage();
                final Session session = connect(endpoint, server.url(host), authority);
                assertEquals("hello", endpoint.text.get(30, TimeUnit.SECONDS));
                session.close();
            }
        }
    }

    @Test
    void shouldRefuseACertificateThatNobodyVouchesFor() throws Exception {
        final String remedy =
                " does not vouch for: if the server is yours, give its authority's certificate with" + " --trust-store";
        assertEquals(
                "shows a certificate that this Java's trust store" + remedy,
                shown("good", "127.0.0.1", ServerTrust.of(null)));
        final Path others = certificates.pem("other");
        assertEquals("shows a certificate that " + others + remedy, shown("good", "127.0.0.1", ServerTrust.of(others)));
    }

    @Test
    void shouldRefuseAnExpiredCertificate() throws Exception {
        assertEquals(
                "shows a certificate that is expired: check this host's clock; if it is right, the server must renew its"
                        + " certificate",
                shown("expired", "127.0.0.1", authority));
    }

    @Test
    void shouldRefuseACertificateForAnotherHost() throws Exception {
        assertEquals(
                "shows a certificate that is not good for it (No subject alternative names matching IP address 127.0.0.1"
                        + " found): check the host's name in --url",
                shown("other", "127.0.0.1", authority));
        assertEquals(
                "shows a certificate that is not good for it (No subject alternative DNS name matching localhost found.):"
                        + " check the host's name in --url",
                shown("other", "localhost", authority));
    }

    @Test
    void shouldTellThatNoTlsIsThere() throws IOException {
        try (SocketServer server = new SocketServer(client -> client.send(http("400 Bad Request")))) {
            final String reason = failure(URI.create("wss://127.0.0.1:" + server.port()), ServerTrust.of(null))
                    .reason();
            assertTrue(reason.contains(" does not agree on TLS ("), reason);
        }
    }

    @Test
    void shouldTellThatTlsIsThere() throws Exception {
        try (SocketServer server = new SocketServer(certificates.sockets("good"), client -> client.upgrade())) {
            final String reason = failure(URI.create("ws://127.0.0.1:" + server.port()), ServerTrust.of(null))
                    .reason();
            assertTrue(reason.contains("does not answer as a WebSocket server: check scheme (ws)"), reason);
        }
    }

    @Test
    void shouldTellWhatAServerAnswersInstead() throws IOException {
        final ConnectFailure unavailable = answered(http("503 Service Unavailable", "Retry-After: 17\r\n"));
        assertTrue(unavailable.reason().endsWith("(HTTP 503): it asks to come back in 17 s"), unavailable.reason());
        assertEquals(Duration.ofSeconds(17), unavailable.retryAfter());
        assertNull(answered(http("503 Service Unavailable")).retryAfter());
        assertTrue(answered(http("502 Bad Gateway")).reason().endsWith("cannot serve at present (HTTP 502)"));
        assertTrue(answered(http("429 Too Many Requests"))
                .reason()
                .contains("too many requests from this host (HTTP 429)"));
        assertTrue(answered(http("403 Forbidden")).reason().contains("refuses this client (HTTP 403)"));
        assertTrue(answered(http("401 Unauthorized")).reason().contains("refuses this client (HTTP 401)"));
        assertTrue(answered(http("404 Not Found")).reason().contains("no WebSocket server at this path (HTTP 404)"));
        assertTrue(answered(http("200 OK")).reason().contains("no WebSocket server at this path (HTTP 200)"));
        assertTrue(answered(http("302 Found", "Location: /there\r\n")).reason().contains("elsewhere (HTTP 302)"));
        final String wrongKey = answered(http(
                        "101 Switching Protocols",
                        "Upgrade: websocket\r\n",
                        "Connection: Upgrade\r\n",
                        "Sec-WebSocket-Accept: nonsense\r\n"))
                .reason();
        assertTrue(wrongKey.contains("no WebSocket server at this path"), wrongKey);
        final String banner = answered("SSH-2.0-OpenSSH_9.6\r\n").reason();
        assertTrue(banner.contains("does not answer as a WebSocket server"), banner);
    }

    @Test
    void shouldTellThatNobodyListens() throws IOException {
        final int port;
        try (ServerSocket unused = new ServerSocket(0)) {
            port = unused.getLocalPort();
        }
        final URI url = URI.create("ws://127.0.0.1:" + port + "/feed?token=secret");
        assertEquals(
                "127.0.0.1:" + port + " refuses the connection: check the port in --url, and that the server runs",
                failure(url, ServerTrust.of(null)).reason());
    }

    @Test
    void shouldTellThatAHostIsUnknown() {
        assertEquals(
                "nowhere.invalid:443 is not found: check the host's name in --url, and this host's name service",
                failure(URI.create("wss://nowhere.invalid/feed"), ServerTrust.of(null))
                        .reason());
    }

    @Test
    void shouldTellThatAServerIsSilent() throws IOException {
        try (SocketServer server = new SocketServer(client -> client.drain())) {
            final String reason =
                    failure(server.url("127.0.0.1"), ServerTrust.of(null)).reason();
            assertTrue(reason.contains("does not answer as a WebSocket server: check scheme (ws)"), reason);
        }
    }

    @Test
    void shouldTellThatAServerHangsUp() throws IOException {
        try (SocketServer server = new SocketServer(client -> client.request())) {
            final String reason =
                    failure(server.url("127.0.0.1"), ServerTrust.of(null)).reason();
            assertTrue(reason.contains("does not answer as a WebSocket server: check scheme (ws)"), reason);
        }
    }

    @Test
    void shouldRefuseAFileWithoutCertificates() throws IOException {
        final Path missing = directory.resolve("missing.pem");
        assertEquals(
                "--trust-store " + missing + " cannot be read: there is no such file",
                assertThrows(UsageException.class, () -> ServerTrust.of(missing))
                        .getMessage());
        final Path empty = Files.createFile(directory.resolve("empty.pem"));
        for (final Path file : new Path[] {empty, certificates.store(), directory}) {
            final String message = assertThrows(UsageException.class, () -> ServerTrust.of(file))
                    .getMessage();
            assertTrue(message.startsWith("--trust-store " + file + " "), message);
            assertFalse(message.contains("\n"), message);
        }
    }
}
