package org.aegishydra.recorder.faults;

import java.io.ByteArrayOutputStream;
import java.io.DataInputStream;
import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.util.zip.DataFormatException;
import java.util.zip.Deflater;
import java.util.zip.Inflater;

/** WebSocket frames (RFC 6455) and their compression (RFC 7692), written so that each part can also be wrong. */
final class Frames {
    static final int CONTINUATION = 0;
    static final int TEXT = 1;
    static final int BINARY = 2;
    static final int CLOSE = 8;
    static final int PING = 9;
    static final int PONG = 10;

    private static final int FIN = 0x80;
    private static final int RSV1 = 0x40;
    private static final int MASKED = 0x80;
    private static final int MAX_CLIENT_FRAME_BYTES = 1 << 20;

    /** What an empty block of DEFLATE ends in; it is left out of a message. */
    private static final byte[] TAIL = {0, 0, (byte) 0xFF, (byte) 0xFF};

    private Frames() {}

    /** A frame's head, as a server writes it, for a payload of any length that is announced. */
    static byte[] head(boolean last, boolean compressed, int opcode, long announcedBytes) {
        final ByteBuffer head = ByteBuffer.allocate(10);
        head.put((byte) ((last ? FIN : 0) | (compressed ? RSV1 : 0) | opcode));
        if (announcedBytes < 126) {
            head.put((byte) announcedBytes);
        } else if (announcedBytes < 1 << 16) {
            head.put((byte) 126).putShort((short) announcedBytes);
        } else {
            head.put((byte) 127).putLong(announcedBytes);
        }
        final byte[] bytes = new byte[head.position()];
        head.flip().get(bytes);
        return bytes;
    }

    /** A whole frame. */
    static byte[] frame(boolean last, boolean compressed, int opcode, byte[] payload, int offset, int length) {
        final byte[] head = head(last, compressed, opcode, length);
        final byte[] frame = new byte[head.length + length];
        System.arraycopy(head, 0, frame, 0, head.length);
        System.arraycopy(payload, offset, frame, head.length, length);
        return frame;
    }

    static byte[] frame(int opcode, byte[] payload) {
        return frame(true, false, opcode, payload, 0, payload.length);
    }

    /** The payload of a close frame. */
    static byte[] closePayload(int code, byte[] reason) {
        return ByteBuffer.allocate(2 + reason.length)
                .putShort((short) code)
                .put(reason)
                .array();
    }

    /** Compresses a message as permessage-deflate does. */
    static byte[] deflate(Deflater deflater, byte[] message) {
        final ByteArrayOutputStream out = new ByteArrayOutputStream(message.length / 2 + 64);
        final byte[] part = new byte[1 << 16];
        deflater.setInput(message);
        int length;
        do {
            length = deflater.deflate(part, 0, part.length, Deflater.SYNC_FLUSH);
            out.write(part, 0, length);
        } while (length == part.length);
        final byte[] whole = out.toByteArray();
        final byte[] bytes = new byte[whole.length - TAIL.length];
        System.arraycopy(whole, 0, bytes, 0, bytes.length);
        return bytes;
    }

    private static byte[] inflate(Inflater inflater, byte[] payload) throws IOException {
        final ByteArrayOutputStream out = new ByteArrayOutputStream(payload.length * 4);
        final byte[] part = new byte[1 << 12];
        try {
            for (final byte[] input : new byte[][] {payload, TAIL}) {
                inflater.setInput(input);
                int length;
                while ((length = inflater.inflate(part)) > 0 && out.size() < MAX_CLIENT_FRAME_BYTES) {
                    out.write(part, 0, length);
                }
            }
        } catch (final DataFormatException e) {
            throw new IOException("the client's compressed message does not inflate", e);
        }
        return out.toByteArray();
    }

    /** A client's message or control frame. */
    static final class Incoming {
        final int opcode;
        final byte[] payload;

        Incoming(int opcode, byte[] payload) {
            this.opcode = opcode;
            this.payload = payload;
        }
    }

    /**
     * Reads a client's next message or control frame; fragments are put together.
     *
     * @param inflater for compressed messages; null where none was agreed on.
     * @return null at the end of the stream.
     */
    static Incoming read(InputStream stream, Inflater inflater) throws IOException {
        final DataInputStream in = new DataInputStream(stream);
        final ByteArrayOutputStream message = new ByteArrayOutputStream();
        int opcode = CONTINUATION;
        boolean compressed = false;
        while (true) {
            final int first = in.read();
            if (first < 0) {
                return null;
            }
            final byte[] payload = readPayload(in);
            final int frameOpcode = first & 0xF;
            if (frameOpcode >= CLOSE) {
                return new Incoming(frameOpcode, payload);
            }
            if (frameOpcode != CONTINUATION) {
                opcode = frameOpcode;
                compressed = (first & RSV1) != 0;
            }
            message.write(payload);
            if (message.size() > MAX_CLIENT_FRAME_BYTES) {
                throw new IOException("the client's message is over " + MAX_CLIENT_FRAME_BYTES + " bytes");
            }
            if ((first & FIN) != 0) {
                final byte[] bytes = message.toByteArray();
                return new Incoming(opcode, compressed && inflater != null ? inflate(inflater, bytes) : bytes);
            }
        }
    }

    private static byte[] readPayload(DataInputStream in) throws IOException {
        final int second = in.readUnsignedByte();
        long length = second & 0x7F;
        if (length == 126) {
            length = in.readUnsignedShort();
        } else if (length == 127) {
            length = in.readLong();
        }
        if ((second & MASKED) == 0 || length > MAX_CLIENT_FRAME_BYTES) {
            throw new IOException("the client sent an unmasked frame, or one of " + length + " bytes");
        }
        final byte[] mask = in.readNBytes(4);
        final byte[] payload = in.readNBytes((int) length);
        if (mask.length + payload.length < 4 + length) {
            throw new EOFException("the client left in the middle of a frame");
        }
        for (int i = 0; i < payload.length; i++) {
            payload[i] ^= mask[i & 3];
        }
        return payload;
    }
}
