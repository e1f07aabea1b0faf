package org.aegishydra.replayer.server;

import static org.aegishydra.replayer.server.Served.MAX;
import static org.aegishydra.replayer.server.Served.market;
import static org.aegishydra.replayer.server.Served.settings;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import org.aegishydra.replayer.synthetic.SyntheticSettings;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(60)
class SlowClientTest {
    private static final List<String> HANDSHAKE = List.of(
            "GET / HTTP/1.1",
            "Host: localhost",
            "Upgrade: websocket",
            "Connection: Upgrade",
            "Sec-WebSocket-Key: dGhlIHNhbXBsZSBub25jZQ==",
            "Sec-WebSocket-Version: 13",
            "",
            "");

    private final BlockingQueue<String> log = new LinkedBlockingQueue<>();

    private MarketServer serve(SyntheticSettings market, ServeSettings settings) throws IOException {
        final MarketServer server = MarketServer.of(market, settings, log::add);
        server.start();
        return server;
    }

    /** A client that subscribes and then reads nothing. */
    private static Socket deafClient(MarketServer server) throws IOException {
        final Socket socket = new Socket(InetAddress.getLoopbackAddress(), server.port());
        final OutputStream out = socket.getOutputStream();
        out.write(String.join("\r\n", HANDSHAKE).getBytes(StandardCharsets.US_ASCII));
        String answer = "";
        while (!answer.endsWith("\r\n\r\n")) {
            answer += (char) socket.getInputStream().read();
        }
        final byte[] request = "{\"type\":\"subscribe\",\"channel\":\"level2\",\"product_ids\":[\"BTC-USD\"]}"
                .getBytes(StandardCharsets.US_ASCII);
        // A client's frame: final text frame, masked, with a mask of zeros.
        out.write(new byte[] {(byte) 0x81, (byte) (0x80 | request.length), 0, 0, 0, 0});
        out.write(request);
        return socket;
    }

    private void assertTooSlow(MarketServer server, String why) throws InterruptedException {
        final String line = log.poll(30, TimeUnit.SECONDS);
        assertTrue(line != null && line.contains("reads too slowly") && line.contains(why), line);
        server.awaitEnd();
        assertEquals(1, server.served());
    }

    @Test
    void shouldDisconnectAClientThatDoesNotKeepUp() throws Exception {
        try (MarketServer server = serve(market(1, 5_000, 5_000), settings(10, 3_600, 5_000, 200_000));
                Socket deaf = deafClient(server)) {
            assertTooSlow(server, "waiting");
            assertFalse(deaf.isClosed());
        }
    }

    @Test
    void shouldDisconnectAClientThatDoesNotTakeAMessageAtMax() throws Exception {
        final ServeSettings impatient = new ServeSettings(
                ServeAddress.loopback(0), MAX, Long.MAX_VALUE, true, 5_000_000_000L, 0, 300_000_000L, 200_000);
        try (MarketServer server = serve(market(1, 5_000, 5_000), impatient);
                Socket deaf = deafClient(server)) {
            assertTooSlow(server, "did not take a message");
            assertFalse(deaf.isClosed());
        }
    }
}
