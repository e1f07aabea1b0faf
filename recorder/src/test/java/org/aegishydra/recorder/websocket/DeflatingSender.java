package org.aegishydra.recorder.websocket;

import java.io.ByteArrayOutputStream;
import java.util.Arrays;
import java.util.zip.Deflater;

/** The other side of permessage-deflate, straight on the JDK's deflater: RFC 7692, 7.2.1. */
final class DeflatingSender implements AutoCloseable {
    private final Deflater deflater = new Deflater(6, true);

    /** One message's payload, which refers to earlier ones if the context is taken over. */
    byte[] deflate(byte[] message, boolean contextTakeover) {
        if (!contextTakeover) {
            deflater.reset();
        }
        deflater.setInput(message);
        final ByteArrayOutputStream out = new ByteArrayOutputStream();
        final byte[] part = new byte[1 << 16];
        int count;
        do {
            count = deflater.deflate(part, 0, part.length, Deflater.SYNC_FLUSH);
            out.write(part, 0, count);
        } while (count == part.length);
        final byte[] deflated = out.toByteArray();
        return Arrays.copyOf(deflated, deflated.length - 4);
    }

    @Override
    public void close() {
        deflater.end();
    }
}
