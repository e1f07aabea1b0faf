package org.aegishydra.trader.scribe;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;

/**
 * A file that the scribe writes from its beginning. A seam: a test puts one in its place that blocks, as a disk may. Used by
 * the scribe's thread.
 */
public interface OutputFile extends AutoCloseable {
    /** Makes files. */
    @FunctionalInterface
    interface Opener {
        /** A new file, or an old one that begins anew. */
        OutputFile open(Path file) throws IOException;
    }

    /** Writes all that remains in a direct buffer. */
    void write(ByteBuffer bytes) throws IOException;

    @Override
    void close() throws IOException;

    /** A file of the operating system's. */
    static OutputFile open(Path file) throws IOException {
        final FileChannel channel = FileChannel.open(
                file, StandardOpenOption.CREATE, StandardOpenOption.WRITE, StandardOpenOption.TRUNCATE_EXISTING);
        return new OutputFile() {
            @Override
            public void write(ByteBuffer bytes) throws IOException {
                while (bytes.hasRemaining()) {
                    channel.write(bytes);
                }
            }

            @Override
            public void close() throws IOException {
                channel.close();
            }
        };
    }
}
