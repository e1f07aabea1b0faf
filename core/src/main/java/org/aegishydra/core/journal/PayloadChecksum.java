package org.aegishydra.core.journal;

import java.util.zip.CRC32C;
import org.agrona.DirectBuffer;

/** CRC-32C (Castagnoli, RFC 3720) of a payload, wherever it lies. Used by one thread at a time. */
public final class PayloadChecksum {
    private final CRC32C crc = new CRC32C();
    private final byte[] chunk = new byte[8192];

    /** The checksum of a range of a buffer. */
    public int of(DirectBuffer payload, int offset, int length) {
        crc.reset();
        for (int done = 0; done < length; ) {
            final int size = Math.min(chunk.length, length - done);
            payload.getBytes(offset + done, chunk, 0, size);
            crc.update(chunk, 0, size);
            done += size;
        }
        return (int) crc.getValue();
    }
}
