package org.aegishydra.core.coinbase;

import java.io.IOException;
import java.nio.MappedByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import org.agrona.IoUtil;
import org.agrona.UnsafeApi;
import org.agrona.concurrent.UnsafeBuffer;

/**
 * Mapped memory behind whose end nothing may be read: the pages there are of a file that has been cut off, so that a read is an {@link
 * InternalError}. Used by one thread.
 */
final class MemoryEnd implements AutoCloseable {
    private static final int PAGES_BYTES = 1 << 16;

    private final MappedByteBuffer mapped;
    private final UnsafeBuffer buffer;

    MemoryEnd(Path file) throws IOException {
        try (FileChannel channel =
                FileChannel.open(file, StandardOpenOption.CREATE, StandardOpenOption.READ, StandardOpenOption.WRITE)) {
            mapped = channel.map(FileChannel.MapMode.READ_WRITE, 0, 2L * PAGES_BYTES);
            channel.truncate(PAGES_BYTES);
        }
        buffer = new UnsafeBuffer(mapped, 0, PAGES_BYTES);
    }

    UnsafeBuffer buffer() {
        return buffer;
    }

    /** Puts a message where the memory ends, and returns its offset. */
    int putLast(byte[] message) {
        final int offset = PAGES_BYTES - message.length;
        buffer.putBytes(offset, message);
        return offset;
    }

    /**
     * Reads behind the end. A JVM tells a fault of compiled code when the thread next leaves that code: at the sleep, here.
     *
     * @throws InternalError unless nothing noticed it.
     */
    long readBehind() throws InterruptedException {
        long read = 0;
        for (int i = 0; i < 1_000; i++) {
            read += UnsafeApi.getLong(buffer.addressOffset() + PAGES_BYTES - 1);
        }
        Thread.sleep(1);
        return read;
    }

    @Override
    public void close() {
        IoUtil.unmap(mapped);
    }
}
