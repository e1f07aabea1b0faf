package org.aegishydra.core.checkpoint;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.util.zip.CRC32C;
import org.agrona.DirectBuffer;
import org.agrona.concurrent.UnsafeBuffer;

/**
 * A state in a file. It is written beside the one before, made durable, and renamed: a reader finds the old one or the new
 * one, never a half. Little-endian:
 *
 * <pre>
 *     0  "AEGISCHK"   8
 *     8  format       4   another one is another build's, and not read
 *    12  CRC-32C      4   of the state
 *    16  length       8   of the state, in bytes
 *    24  state
 * </pre>
 *
 * @param path the file.
 */
public record CheckpointFile(Path path) {
    private static final long MAGIC = 0x4b48435349474541L;
    private static final int FORMAT = 1;
    private static final int HEADER_BYTES = 24;

    /** Replaces what the file holds. */
    public void write(StateOutput state) {
        final DirectBuffer buffer = state.buffer();
        final ByteBuffer payload = ByteBuffer.wrap(buffer.byteArray(), 0, state.lengthBytes());
        final ByteBuffer header = ByteBuffer.allocate(HEADER_BYTES).order(ByteOrder.LITTLE_ENDIAN);
        header.putLong(MAGIC).putInt(FORMAT).putInt(crc32c(payload.duplicate())).putLong(payload.remaining());
        header.flip();
        final Path unfinished = path.resolveSibling(path.getFileName() + ".new");
        try {
            try (FileChannel channel = FileChannel.open(
                    unfinished,
                    StandardOpenOption.CREATE,
                    StandardOpenOption.WRITE,
                    StandardOpenOption.TRUNCATE_EXISTING)) {
                write(channel, header);
                write(channel, payload);
                channel.force(true);
            }
            Files.move(unfinished, path, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
        } catch (final IOException e) {
            throw new UncheckedIOException("cannot write " + path, e);
        }
    }

    private static void write(FileChannel channel, ByteBuffer bytes) throws IOException {
        while (bytes.hasRemaining()) {
            channel.write(bytes);
        }
    }

    /** Whether there is one. */
    public boolean exists() {
        return Files.exists(path);
    }

    /**
     * Reads the state.
     *
     * @throws CheckpointException if the file is not whole, or another build's.
     */
    public StateInput read() {
        final ByteBuffer file;
        try {
            file = ByteBuffer.wrap(Files.readAllBytes(path)).order(ByteOrder.LITTLE_ENDIAN);
        } catch (final IOException e) {
            throw new CheckpointException("it cannot be read: " + e);
        }
        if (file.remaining() < HEADER_BYTES || file.getLong() != MAGIC) {
            throw new CheckpointException("it is no checkpoint");
        }
        final int format = file.getInt();
        if (format != FORMAT) {
            throw new CheckpointException("it has format " + format + ", this build reads " + FORMAT);
        }
        final int expectedCrc32c = file.getInt();
        final long length = file.getLong();
        if (length != file.remaining() || crc32c(file.duplicate()) != expectedCrc32c) {
            throw new CheckpointException("it is damaged");
        }
        return new StateInput(new UnsafeBuffer(file.array()), HEADER_BYTES, file.remaining());
    }

    private static int crc32c(ByteBuffer bytes) {
        final CRC32C checksum = new CRC32C();
        checksum.update(bytes);
        return (int) checksum.getValue();
    }
}
