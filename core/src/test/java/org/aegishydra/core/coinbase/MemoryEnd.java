package org.aegishydra.core.coinbase;

import java.io.IOException;
import java.nio.MappedByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.concurrent.atomic.AtomicReference;
import java.util.concurrent.locks.LockSupport;
import org.agrona.IoUtil;
import org.agrona.UnsafeApi;
import org.agrona.concurrent.UnsafeBuffer;

/**
 * Mapped memory behind whose end nothing may be read: the pages there are of a file that has been cut off, so that a read is an {@link
 * InternalError}. Used by one thread.
 */
final class MemoryEnd implements AutoCloseable {
    private static final int PAGES_BYTES = 1 << 16;
    private static final int READS = 1_000;

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
     * Whether a read behind the end is noticed. The JVM throws its error some time after the read, so a thread of its own
     * reads, which the error then ends wherever it is.
     */
    boolean isGuarded() throws InterruptedException {
        final AtomicReference<Throwable> end = new AtomicReference<>();
        final Thread reader = new Thread(this::readBehind);
        reader.setUncaughtExceptionHandler((thread, thrown) -> end.set(thrown));
        reader.start();
        reader.join();
        return end.get() instanceof InternalError;
    }

    private void readBehind() {
        long sum = 0;
        for (int i = 0; i < READS; i++) {
            sum += UnsafeApi.getLong(buffer.addressOffset() + PAGES_BYTES - 1);
            LockSupport.parkNanos(1);
        }
        throw new IllegalStateException("read " + sum);
    }

    @Override
    public void close() {
        IoUtil.unmap(mapped);
    }
}
