package org.aegishydra.replayer.server;

import static org.aegishydra.replayer.server.Served.MAX;
import static org.aegishydra.replayer.server.Served.market;
import static org.aegishydra.replayer.server.Served.settings;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.File;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.WebSocket;
import java.nio.file.Path;
import java.security.KeyStore;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.TimeUnit;
import javax.net.ssl.SSLContext;
import javax.net.ssl.TrustManagerFactory;
import org.aegishydra.core.command.UsageException;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

@Timeout(60)
class ServeTlsTest {
    private static final char[] PASSWORD = "of the test".toCharArray();

    @TempDir
    private static Path directory;

    private static File keyStore;

    @BeforeAll
    static void makeKeyStore() throws Exception {
        keyStore = directory.resolve("server.p12").toFile();
        final Process keytool = new ProcessBuilder(List.of(
                        Path.of(System.getProperty("java.home"), "bin", "keytool")
                                .toString(),
                        "-genkeypair",
                        "-keyalg",
                        "EC",
                        "-dname",
                        "CN=test",
                        "-ext",
                        "san=ip:127.0.0.1",
                        "-storetype",
                        "PKCS12",
                        "-keystore",
                        keyStore.toString(),
                        "-storepass",
                        new String(PASSWORD)))
                .redirectErrorStream(true)
                .redirectOutput(directory.resolve("keytool.txt").toFile())
                .start();
        assertTrue(keytool.waitFor(60, TimeUnit.SECONDS));
        assertEquals(0, keytool.exitValue());
    }

    private static SSLContext trustingOnlyThat() throws Exception {
        final TrustManagerFactory trust = TrustManagerFactory.getInstance(TrustManagerFactory.getDefaultAlgorithm());
        trust.init(KeyStore.getInstance(keyStore, PASSWORD));
        final SSLContext context = SSLContext.getInstance("TLS");
        context.init(null, trust.getTrustManagers(), null);
        return context;
    }

    @Test
    void shouldServeOverTlsWithTheGivenCertificate() throws Exception {
        final ServeSettings plain = settings(MAX, 5, 5_000, 1 << 20);
        final ServeSettings encrypted = new ServeSettings(
                new ServeAddress(ServeAddress.LOOPBACK, 0, ServeAddress.tls(keyStore, PASSWORD)),
                plain.speed(),
                plain.durationNs(),
                true,
                plain.subscribeTimeoutNs(),
                plain.settleNs(),
                plain.sendTimeoutNs(),
                plain.maxBacklogBytes());
        final CompletableFuture<String> first = new CompletableFuture<>();
        try (MarketServer server = MarketServer.of(market(1, 50, 100), encrypted, line -> {})) {
            server.start();
            assertTrue(server.url().startsWith("wss://127.0.0.1:"), server.url());
            final WebSocket socket = HttpClient.newBuilder()
                    .sslContext(trustingOnlyThat())
                    .build()
                    .newWebSocketBuilder()
                    .buildAsync(URI.create(server.url()), new WebSocket.Listener() {
                        @Override
                        public CompletionStage<?> onText(WebSocket webSocket, CharSequence text, boolean last) {
                            first.complete(text.toString());
                            return WebSocket.Listener.super.onText(webSocket, text, last);
                        }
                    })
                    .get(30, TimeUnit.SECONDS);
            socket.sendText("{\"type\":\"subscribe\",\"channel\":\"heartbeats\"}", true)
                    .get(30, TimeUnit.SECONDS);
            final String message = first.get(30, TimeUnit.SECONDS);
            assertTrue(message.startsWith("{\"channel\":\"subscriptions\""), message);
            socket.abort();
        }
    }

    @Test
    void shouldRefuseAKeyStoreThatItCannotOpen() {
        final UsageException wrongPassword =
                assertThrows(UsageException.class, () -> ServeAddress.tls(keyStore, "another".toCharArray()));
        assertTrue(wrongPassword.getMessage().startsWith("--tls-key-store " + keyStore), wrongPassword.getMessage());
        assertThrows(
                UsageException.class,
                () -> ServeAddress.tls(directory.resolve("keytool.txt").toFile(), PASSWORD));
        assertThrows(
                UsageException.class,
                () -> ServeAddress.tls(directory.resolve("missing").toFile(), PASSWORD));
    }
}
