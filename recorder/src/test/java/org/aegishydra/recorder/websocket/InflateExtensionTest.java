package org.aegishydra.recorder.websocket;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertTrue;

import jakarta.websocket.Extension;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.List;
import java.util.Random;
import org.glassfish.tyrus.core.TyrusExtension;
import org.glassfish.tyrus.core.frame.Frame;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class InflateExtensionTest {
    private static final int LIMIT = 1 << 20;
    private static final byte TEXT = 1;
    private static final byte PING = 9;
    private static final byte PONG = 10;
    private static final byte CLOSE = 8;

    private final List<String> heard = new ArrayList<>();
    private final InflateExtension extension = new InflateExtension(LIMIT, new InflateListener() {
        @Override
        public void onOversized(long inflatedBytesAtLeast) {
            heard.add("oversized " + inflatedBytesAtLeast);
        }

        @Override
        public void onCorrupt(String reason) {
            heard.add(reason);
        }
    });
    private final DeflatingSender sender = new DeflatingSender();

    @AfterEach
    void release() {
        extension.destroy(null);
        sender.close();
    }

    private void answered(String header) {
        final List<Extension> extensions = TyrusExtension.fromHeaders(List.of(header));
        extension.onHandshakeResponse(null, extensions.get(0).getParameters());
    }

    private static Frame frame(int opcode, boolean fin, boolean rsv1, byte[] payload) {
        return Frame.builder()
                .opcode((byte) opcode)
                .fin(fin)
                .rsv1(rsv1)
                .payloadData(payload)
                .build();
    }

    private Frame receive(int opcode, boolean fin, boolean rsv1, byte[] payload) {
        return extension.processIncoming(null, frame(opcode, fin, rsv1, payload));
    }

    private static byte[] bytes(String text) {
        return text.getBytes(StandardCharsets.UTF_8);
    }

    private static String text(Frame frame) {
        assertEquals(TEXT, frame.getOpcode());
        assertTrue(frame.isFin());
        assertFalse(frame.isRsv1());
        return new String(frame.getPayloadData(), StandardCharsets.UTF_8);
    }

    private static void assertClose(int code, String reason, Frame frame) {
        assertEquals(CLOSE, frame.getOpcode());
        final byte[] payload = frame.getPayloadData();
        assertEquals(code, (payload[0] & 0xff) << 8 | (payload[1] & 0xff));
        assertEquals(reason, new String(payload, 2, payload.length - 2, StandardCharsets.US_ASCII));
    }

    /** The examples of RFC 7692, 7.2.3. */
    @Test
    void shouldInflateTheExamplesOfTheStandard() {
        answered("permessage-deflate");
        final HexFormat hex = HexFormat.of();
        assertEquals("Hello", text(receive(TEXT, true, true, hex.parseHex("f248cdc9c90700"))));
        // Refers to the message before.
        assertEquals("Hello", text(receive(TEXT, true, true, hex.parseHex("f200110000"))));
        // A block without compression.
        assertEquals("Hello", text(receive(TEXT, true, true, hex.parseHex("000500faff48656c6c6f00"))));
        // A block that ends for good; the next message comes all the same.
        assertEquals("Hello", text(receive(TEXT, true, true, hex.parseHex("f348cdc9c9070000"))));
        assertEquals("Hello", text(receive(TEXT, true, true, hex.parseHex("f24805000000ffffcac9c90700"))));
        // In fragments.
        assertEquals(PONG, receive(TEXT, false, true, hex.parseHex("f248cd")).getOpcode());
        assertEquals("Hello", text(receive(0, true, false, hex.parseHex("c9c90700"))));
        assertEquals(List.of(), heard);
    }

    @Test
    void shouldInflateWhatAnotherDeflates() {
        answered("permessage-deflate; server_max_window_bits=15; client_max_window_bits=15");
        final Random random = new Random(1);
        for (int i = 0; i < 300; i++) {
            final String message = message(random, random.nextInt(i % 50 == 0 ? 200_000 : 2_000));
            final byte[] deflated = sender.deflate(bytes(message), true);
            int from = 0;
            boolean first = true;
            while (true) {
                final int to = Math.min(deflated.length, from + 1 + random.nextInt(1_000));
                final boolean last = to == deflated.length;
                final Frame got = receive(first ? TEXT : 0, last, first, Arrays.copyOfRange(deflated, from, to));
                if (last) {
                    assertEquals(message, text(got));
                    break;
                }
                assertEquals(PONG, got.getOpcode());
                final Frame ping = frame(PING, true, false, bytes("now"));
                assertSame(ping, extension.processIncoming(null, ping));
                from = to;
                first = false;
            }
        }
        assertEquals(List.of(), heard);
    }

    private static String message(Random random, int length) {
        final StringBuilder message = new StringBuilder("{\"channel\":\"l2_data\",\"text\":\"\u20ac\ud83d\ude00");
        while (message.length() < length) {
            message.append(random.nextInt(3) == 0 ? "65062.5" : Integer.toString(random.nextInt()));
        }
        return message.append("\"}").toString();
    }

    @Test
    void shouldInflateEachMessageByItselfIfAgreed() {
        answered("permessage-deflate; server_no_context_takeover; client_no_context_takeover");
        final Random random = new Random(2);
        for (int i = 0; i < 100; i++) {
            final String message = message(random, 1_000);
            assertEquals(message, text(receive(TEXT, true, true, sender.deflate(bytes(message), false))));
        }
        // A reference to the message before leads nowhere now.
        sender.deflate(bytes("Hello, hello, hello"), true);
        final byte[] referring = sender.deflate(bytes("Hello, hello, hello"), true);
        assertEquals(CLOSE, receive(TEXT, true, true, referring).getOpcode());
        assertEquals(1, heard.size());
    }

    @Test
    void shouldInflateEmptyMessages() {
        answered("permessage-deflate");
        assertEquals("", text(receive(TEXT, true, true, new byte[] {0})));
        assertEquals("", text(receive(TEXT, true, true, new byte[] {2, 0})));
        assertEquals(PONG, receive(TEXT, false, true, new byte[0]).getOpcode());
        assertEquals("", text(receive(0, true, false, new byte[] {2, 0})));
        assertEquals("after", text(receive(TEXT, true, true, sender.deflate(bytes("after"), true))));
        assertEquals(List.of(), heard);
    }

    @Test
    void shouldLeaveUncompressedMessagesAsTheyAre() {
        answered("permessage-deflate");
        for (final Frame frame : List.of(
                frame(TEXT, true, false, bytes("whole")),
                frame(TEXT, false, false, bytes("in ")),
                frame(0, true, false, bytes("parts")),
                frame(2, true, false, new byte[] {1, 2}))) {
            assertSame(frame, extension.processIncoming(null, frame));
        }
        final Frame outgoing = frame(TEXT, true, false, bytes("subscribe"));
        assertSame(outgoing, extension.processOutgoing(null, outgoing));
    }

    /** Tyrus ends the connection for these: a reserved bit where none may be. */
    @Test
    void shouldLeaveWrongBitsToTyrus() {
        answered("permessage-deflate");
        for (final Frame frame :
                List.of(frame(0, true, true, bytes("continued")), frame(PING, true, true, bytes("compressed ping")))) {
            assertSame(frame, extension.processIncoming(null, frame));
        }
        assertEquals(PONG, receive(TEXT, false, true, new byte[] {2}).getOpcode());
        final Frame again = frame(0, true, true, new byte[] {0});
        assertSame(again, extension.processIncoming(null, again));
    }

    @Test
    void shouldTakeAMessageOfTheLimitAndNoByteMore() {
        answered("permessage-deflate");
        final byte[] largest = new byte[LIMIT];
        Arrays.fill(largest, (byte) 'x');
        assertArrayEquals(
                largest,
                receive(TEXT, true, true, sender.deflate(largest, true)).getPayloadData());
        assertEquals(List.of(), heard);
        final byte[] larger = new byte[LIMIT + 1];
        assertClose(
                1009,
                "a message inflates to more than " + LIMIT + " bytes",
                receive(TEXT, true, true, sender.deflate(larger, true)));
        assertEquals(List.of("oversized " + (LIMIT + 1)), heard);
    }

    @Test
    void shouldStopAtABombInBoundedMemory() {
        answered("permessage-deflate");
        final byte[] bomb = sender.deflate(new byte[64 << 20], true);
        assertTrue(bomb.length < 1 << 20, bomb.length + " bytes");
        final com.sun.management.ThreadMXBean threads =
                (com.sun.management.ThreadMXBean) java.lang.management.ManagementFactory.getThreadMXBean();
        final Frame frame = frame(TEXT, false, true, bomb);
        final long before = threads.getCurrentThreadAllocatedBytes();
        final Frame got = extension.processIncoming(null, frame);
        final long allocated = threads.getCurrentThreadAllocatedBytes() - before;
        assertEquals(CLOSE, got.getOpcode());
        assertTrue(allocated < 4 * LIMIT + bomb.length, allocated + " bytes allocated");
        // Nothing more of it, nor of what follows, is looked at.
        assertEquals(PONG, receive(0, true, false, bomb).getOpcode());
        assertEquals(PONG, receive(TEXT, true, true, bomb).getOpcode());
        assertEquals(List.of("oversized " + (LIMIT + 1)), heard);
    }

    @Test
    void shouldRefuseWhatIsNotDeflated() {
        answered("permessage-deflate");
        assertClose(
                1002,
                "a compressed message is damaged: invalid block type",
                receive(TEXT, true, true, bytes("\u007f{}")));
        assertEquals(List.of("a compressed message is damaged: invalid block type"), heard);
    }

    @Test
    void shouldRefuseAMessageWithinAMessage() {
        answered("permessage-deflate");
        assertEquals(PONG, receive(TEXT, false, true, new byte[] {2}).getOpcode());
        assertClose(1002, "a message begins within a compressed one", receive(TEXT, true, false, bytes("plain")));
        assertEquals(List.of("a message begins within a compressed one"), heard);
    }

    @Test
    void shouldRefuseAnAnswerThatItDidNotAskFor() {
        for (final String answer : new String[] {
            "permessage-deflate; server_max_window_bits=7",
            "permessage-deflate; server_max_window_bits=016",
            "permessage-deflate; client_max_window_bits",
            "permessage-deflate; server_no_context_takeover=1",
            "permessage-deflate; level=9",
            "permessage-deflate; server_no_context_takeover; server_no_context_takeover"
        }) {
            heard.clear();
            final InflateExtension refusing = new InflateExtension(LIMIT, new InflateListener() {
                @Override
                public void onOversized(long inflatedBytesAtLeast) {
                    heard.add("oversized");
                }

                @Override
                public void onCorrupt(String reason) {
                    heard.add(reason);
                }
            });
            refusing.onHandshakeResponse(
                    null, TyrusExtension.fromHeaders(List.of(answer)).get(0).getParameters());
            assertEquals(1, heard.size(), answer);
            final Frame got = refusing.processIncoming(null, frame(TEXT, true, false, bytes("first")));
            assertClose(1002, heard.get(0), got);
        }
    }

    @Test
    void shouldBeSilentAfterItsEnd() {
        answered("permessage-deflate");
        extension.destroy(null);
        extension.destroy(null);
        assertEquals(
                PONG,
                receive(TEXT, true, true, sender.deflate(bytes("late"), true)).getOpcode());
    }
}
