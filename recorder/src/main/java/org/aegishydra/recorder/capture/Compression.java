package org.aegishydra.recorder.capture;

import com.github.luben.zstd.ZstdInputStream;
import java.io.BufferedInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.zip.GZIPInputStream;

/** How a file is compressed, told by its first bytes and never by its name. */
enum Compression {
    PLAIN,
    GZIP,
    ZSTD;

    private static final int BUFFER_BYTES = 1 << 16;
    private static final int MAGIC_BYTES = 4;

    static Compression of(Path file) throws IOException {
        final byte[] magic;
        try (InputStream in = Files.newInputStream(file)) {
            magic = in.readNBytes(MAGIC_BYTES);
        }
        if (magic.length >= 2 && magic[0] == 0x1F && magic[1] == (byte) 0x8B) {
            return GZIP;
        }
        final boolean zstd = magic.length == MAGIC_BYTES
                && magic[0] == 0x28
                && magic[1] == (byte) 0xB5
                && magic[2] == 0x2F
                && magic[3] == (byte) 0xFD;
        return zstd ? ZSTD : PLAIN;
    }

    /** The file's content, inflated. */
    InputStream open(InputStream file) throws IOException {
        final InputStream buffered = new BufferedInputStream(file, BUFFER_BYTES);
        return switch (this) {
            case PLAIN -> buffered;
            case GZIP -> new GZIPInputStream(buffered, BUFFER_BYTES);
            case ZSTD -> new ZstdInputStream(buffered);
        };
    }
}
