package org.aegishydra.recorder.websocket;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import jakarta.websocket.ClientEndpointConfig;
import jakarta.websocket.CloseReason;
import jakarta.websocket.Endpoint;
import jakarta.websocket.EndpointConfig;
import jakarta.websocket.MessageHandler;
import jakarta.websocket.Session;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import org.glassfish.tyrus.client.ClientManager;
import org.glassfish.tyrus.core.extension.ExtendedExtension;
import org.glassfish.tyrus.core.frame.Frame;
import org.junit.jupiter.api.Test;

/** Tyrus, the extension and a server that compresses. */
class DeflatedConnectionTest {
    private static final int LIMIT = 8 << 20;
    private static final int COMPRESSED_TEXT = 0xc1;
    private static final int FIRST_OF_COMPRESSED_TEXT = 0x41;
    private static final int LAST = 0x80;
    private static final int PING = 0x89;

    private final BlockingQueue<String> texts = new LinkedBlockingQueue<>();
    private final BlockingQueue<String> heard = new LinkedBlockingQueue<>();
    private final CompletableFuture<CloseReason> closed = new CompletableFuture<>();
    private final CountDownLatch released = new CountDownLatch(1);

    private final class Receiving extends Endpoint {
        @Override
        public void onOpen(Session session, EndpointConfig config) {
            session.addMessageHandler(String.class, (MessageHandler.Whole<String>) texts::add);
        }

        @Override
        public void onClose(Session session, CloseReason reason) {
            closed.complete(reason);
        }
    }

    /** Notes that Tyrus lets the extension go. */
    private record Watched(InflateExtension extension, CountDownLatch released) implements ExtendedExtension {
        @Override
        public String getName() {
            return extension.getName();
        }

        @Override
        public List<Parameter> getParameters() {
            return extension.getParameters();
        }

        @Override
        public List<Parameter> onExtensionNegotiation(ExtensionContext context, List<Parameter> requested) {
            return extension.onExtensionNegotiation(context, requested);
        }

        @Override
        public void onHandshakeResponse(ExtensionContext context, List<Parameter> answered) {
            extension.onHandshakeResponse(context, answered);
        }

        @Override
        public Frame processIncoming(ExtensionContext context, Frame frame) {
            return extension.processIncoming(context, frame);
        }

        @Override
        public Frame processOutgoing(ExtensionContext context, Frame frame) {
            return extension.processOutgoing(context, frame);
        }

        @Override
        public void destroy(ExtensionContext context) {
            extension.destroy(context);
            released.countDown();
        }
    }

    private Session connect(SocketServer server) throws Exception {
        final InflateExtension extension = new InflateExtension(LIMIT, new InflateListener() {
            @Override
            public void onOversized(long inflatedBytesAtLeast) {
                heard.add("oversized " + inflatedBytesAtLeast);
            }

            @Override
            public void onCorrupt(String reason) {
                heard.add(reason);
            }
        });
        final ClientEndpointConfig config = ClientEndpointConfig.Builder.create()
                .extensions(List.of(new Watched(extension, released)))
                .build();
        return ClientManager.createClient().connectToServer(new Receiving(), config, server.url("127.0.0.1"));
    }

    private String nextText() throws InterruptedException {
        return texts.poll(30, TimeUnit.SECONDS);
    }

    private static byte[] bytes(String text) {
        return text.getBytes(StandardCharsets.UTF_8);
    }

    @Test
    void shouldReceiveCompressedMessages() throws Exception {
        final CompletableFuture<String> offer = new CompletableFuture<>();
        final String snapshot =
                "{\"type\":\"snapshot\",\"updates\":[\"\ud83d\ude00" + "65062.5,".repeat(600_000) + "\"]}";
        try (SocketServer server = new SocketServer(client -> {
                    offer.complete(
                            client.upgrade("sec-websocket-extensions: permessage-deflate; server_max_window_bits=15")
                                    .get("Sec-WebSocket-Extensions"));
                    try (DeflatingSender sender = new DeflatingSender()) {
                        client.frame(COMPRESSED_TEXT, sender.deflate(bytes("first"), true));
                        final byte[] large = sender.deflate(bytes(snapshot), true);
                        client.frame(FIRST_OF_COMPRESSED_TEXT, Arrays.copyOf(large, 100));
                        client.frame(PING, bytes("there?"));
                        client.frame(0, Arrays.copyOfRange(large, 100, 101));
                        client.frame(LAST, Arrays.copyOfRange(large, 101, large.length));
                        client.frame(0x81, bytes("plain"));
                        client.frame(0x01, bytes("plain in "));
                        client.frame(LAST, bytes("parts"));
                        client.frame(COMPRESSED_TEXT, sender.deflate(bytes("first"), true));
                    }
                    client.drain();
                });
                Session session = connect(server)) {
            assertEquals("permessage-deflate; client_max_window_bits", offer.get(30, TimeUnit.SECONDS));
            assertEquals("first", nextText());
            assertEquals(snapshot, nextText());
            assertEquals("plain", nextText());
            assertEquals("plain in parts", nextText());
            assertEquals("first", nextText());
            assertEquals(0, heard.size());
            assertTrue(session.isOpen());
        }
        assertTrue(released.await(30, TimeUnit.SECONDS), "native memory is kept after the client closed");
    }

    @Test
    void shouldReceivePlainMessagesFromAServerThatDoesNotCompress() throws Exception {
        try (SocketServer server = new SocketServer(client -> {
                    client.upgrade();
                    client.frame(0x81, bytes("plain"));
                    client.drain();
                });
                Session session = connect(server)) {
            assertEquals("plain", nextText());
            assertTrue(session.getNegotiatedExtensions().isEmpty());
        }
    }

    @Test
    void shouldEndTheConnectionThatSendsABomb() throws Exception {
        try (SocketServer server = new SocketServer(client -> {
            client.upgrade("Sec-WebSocket-Extensions: permessage-deflate");
            try (DeflatingSender sender = new DeflatingSender()) {
                client.frame(COMPRESSED_TEXT, sender.deflate(bytes("first"), true));
                client.frame(COMPRESSED_TEXT, sender.deflate(new byte[64 << 20], true));
                client.frame(COMPRESSED_TEXT, sender.deflate(bytes("after"), true));
            }
            client.drain();
        })) {
            connect(server);
            assertEquals("first", nextText());
            final CloseReason reason = closed.get(30, TimeUnit.SECONDS);
            assertEquals(1009, reason.getCloseCode().getCode());
            assertEquals("a message inflates to more than " + LIMIT + " bytes", reason.getReasonPhrase());
            assertEquals("oversized " + (LIMIT + 1), heard.poll(30, TimeUnit.SECONDS));
            assertEquals(0, texts.size());
            assertTrue(released.await(30, TimeUnit.SECONDS), "native memory is kept after a refusal");
        }
    }

    @Test
    void shouldEndTheConnectionThatSendsDamage() throws Exception {
        try (SocketServer server = new SocketServer(client -> {
            client.upgrade("Sec-WebSocket-Extensions: permessage-deflate");
            client.frame(COMPRESSED_TEXT, bytes("\u007fnonsense"));
            client.drain();
        })) {
            connect(server);
            assertEquals(1002, closed.get(30, TimeUnit.SECONDS).getCloseCode().getCode());
            assertEquals("a compressed message is damaged: invalid block type", heard.poll(30, TimeUnit.SECONDS));
            assertEquals(0, texts.size());
        }
    }

    @Test
    void shouldRefuseInvalidTextThatWasCompressed() throws Exception {
        try (SocketServer server = new SocketServer(client -> {
            client.upgrade("Sec-WebSocket-Extensions: permessage-deflate");
            try (DeflatingSender sender = new DeflatingSender()) {
                client.frame(COMPRESSED_TEXT, sender.deflate(new byte[] {'a', (byte) 0xff}, true));
            }
            client.drain();
        })) {
            connect(server);
            assertEquals(1007, closed.get(30, TimeUnit.SECONDS).getCloseCode().getCode());
        }
    }

    @Test
    void shouldLetGoWhenTheServerLeaves() throws Exception {
        try (SocketServer server = new SocketServer(client -> {
            client.upgrade("Sec-WebSocket-Extensions: permessage-deflate");
            try (DeflatingSender sender = new DeflatingSender()) {
                client.frame(COMPRESSED_TEXT, sender.deflate(bytes("first"), true));
            }
        })) {
            connect(server);
            assertEquals("first", nextText());
            assertEquals(1006, closed.get(30, TimeUnit.SECONDS).getCloseCode().getCode());
            assertTrue(released.await(30, TimeUnit.SECONDS), "native memory is kept after the server left");
        }
    }
}
