package org.aegishydra.recorder.websocket;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import jakarta.websocket.ClientEndpointConfig;
import jakarta.websocket.CloseReason;
import jakarta.websocket.CloseReason.CloseCodes;
import jakarta.websocket.Endpoint;
import jakarta.websocket.EndpointConfig;
import jakarta.websocket.MessageHandler;
import jakarta.websocket.Session;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.Consumer;
import org.glassfish.tyrus.client.ClientManager;
import org.glassfish.tyrus.client.ClientProperties;
import org.junit.jupiter.api.Test;

/** What recording relies on in Tyrus and Grizzly, and what no document of theirs promises. */
class TyrusClientTest {
    private static final int FRAME_LIMIT = 1 << 20;
    private static final int MESSAGE_LIMIT = 1_000;
    private static final int TEXT = 0x81;
    private static final int FIRST_OF_TEXT = 0x01;
    private static final int MIDDLE = 0x00;
    private static final int LAST = 0x80;

    private final CompletableFuture<CloseReason> closed = new CompletableFuture<>();

    private Session connect(SocketServer server, Consumer<String> handler) throws Exception {
        final ClientManager client = ClientManager.createClient();
        client.getProperties().put(ClientProperties.INCOMING_BUFFER_SIZE, FRAME_LIMIT);
        final Endpoint endpoint = new Endpoint() {
            @Override
            public void onOpen(Session session, EndpointConfig config) {
                session.setMaxTextMessageBufferSize(MESSAGE_LIMIT);
                session.addMessageHandler(String.class, (MessageHandler.Whole<String>) handler::accept);
            }

            @Override
            public void onClose(Session session, CloseReason reason) {
                closed.complete(reason);
            }
        };
        return client.connectToServer(
                endpoint, ClientEndpointConfig.Builder.create().build(), server.url("127.0.0.1"));
    }

    /** Recording writes to the disk in the handler: a slow disk must hold up the server, not fill the memory. */
    @Test
    void shouldReadNoFurtherWhileAMessageIsHandled() throws Exception {
        final byte[] frame = SocketServer.framed(TEXT, new byte[10_000]);
        final int frames = 10_000;
        final AtomicLong sentBytes = new AtomicLong();
        final CountDownLatch released = new CountDownLatch(1);
        final CountDownLatch all = new CountDownLatch(frames);
        try (SocketServer server = new SocketServer(client -> {
            client.upgrade();
            for (int i = 0; i < frames; i++) {
                client.send(frame);
                sentBytes.addAndGet(frame.length);
            }
            client.drain();
        })) {
            final Session session = connect(server, text -> {
                await(released);
                all.countDown();
            });
            // The server stands when its count does not move for this long.
            long before;
            do {
                before = sentBytes.get();
                Thread.sleep(300);
            } while (before == 0 || sentBytes.get() > before);
            assertTrue(sentBytes.get() < (long) frames * frame.length / 2, sentBytes + " bytes");
            released.countDown();
            assertTrue(all.await(60, TimeUnit.SECONDS));
            session.close();
        }
    }

    private static void await(CountDownLatch latch) {
        try {
            latch.await();
        } catch (final InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    /** A message is journalled as the bytes of its text. */
    @Test
    void shouldHandOnTextExactly() throws Exception {
        final StringBuilder every = new StringBuilder("\ufeff");
        for (int codePoint = 0; codePoint <= Character.MAX_CODE_POINT; codePoint += codePoint < 0x3000 ? 1 : 7) {
            if (codePoint < Character.MIN_SURROGATE || codePoint > Character.MAX_SURROGATE) {
                every.appendCodePoint(codePoint);
            }
        }
        final byte[] sent = every.append("\uffff\udbff\udfff").toString().getBytes(StandardCharsets.UTF_8);
        assertTrue(sent.length < FRAME_LIMIT, sent.length + " bytes");
        final CompletableFuture<String> got = new CompletableFuture<>();
        try (SocketServer server = new SocketServer(client -> {
            client.upgrade();
            client.frame(TEXT, sent);
            client.drain();
        })) {
            final Session session = connect(server, got::complete);
            assertTrue(Arrays.equals(sent, got.get(30, TimeUnit.SECONDS).getBytes(StandardCharsets.UTF_8)));
            session.close();
        }
    }

    private void assertEnds(int code, String reason, SocketServer.Script script) throws Exception {
        final AtomicInteger messages = new AtomicInteger();
        try (SocketServer server = new SocketServer(client -> {
            client.upgrade();
            script.play(client);
            client.drain();
        })) {
            connect(server, text -> messages.incrementAndGet());
            final CloseReason got = closed.get(30, TimeUnit.SECONDS);
            assertEquals(code, got.getCloseCode().getCode());
            assertEquals(reason, got.getReasonPhrase());
            assertEquals(0, messages.get());
        }
    }

    @Test
    void shouldTellOfAFrameAboveTheLimit() throws Exception {
        assertEnds(1011, "Buffer overflow.", client -> client.frame(TEXT, new byte[FRAME_LIMIT + 1]));
    }

    @Test
    void shouldTellOfFragmentsAboveTheLimit() throws Exception {
        assertEnds(1009, "Too big.", client -> {
            client.frame(FIRST_OF_TEXT, new byte[MESSAGE_LIMIT]);
            client.frame(MIDDLE, new byte[1]);
            client.frame(LAST, new byte[1]);
        });
    }

    @Test
    void shouldTellOfInvalidText() throws Exception {
        assertEnds(1007, "Illegal UTF-8 Sequence.", client -> client.frame(TEXT, new byte[] {'a', (byte) 0xff}));
    }

    @Test
    void shouldTellOfTextThatEndsWithinACharacter() throws Exception {
        assertEnds(1007, "Illegal UTF-8 Sequence.", client -> {
            client.frame(FIRST_OF_TEXT, new byte[] {'a', (byte) 0xe2});
            client.frame(LAST, new byte[] {(byte) 0x82});
        });
    }

    /** A server that is gone without a word must not hold up the recorder. */
    @Test
    void shouldCloseWithoutThePeer() throws Exception {
        try (SocketServer server = new SocketServer(client -> {
            client.upgrade();
            Thread.sleep(TimeUnit.MINUTES.toMillis(5));
        })) {
            final Session session = connect(server, text -> {});
            final String large = "x".repeat(1 << 20);
            for (int i = 0; i < 16; i++) {
                session.getAsyncRemote().sendText(large, result -> {});
            }
            final CompletableFuture<Void> done = CompletableFuture.runAsync(() -> {
                try {
                    session.close(new CloseReason(CloseCodes.GOING_AWAY, "enough"));
                } catch (final IOException e) {
                    throw new UncheckedIOException(e);
                }
            });
            done.get(30, TimeUnit.SECONDS);
            assertEquals("enough", closed.get(30, TimeUnit.SECONDS).getReasonPhrase());
            assertFalse(session.isOpen());
        }
    }
}
