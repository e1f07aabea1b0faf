package org.aegishydra.core.journal;

import com.github.luben.zstd.ZstdDecompressCtx;
import com.github.luben.zstd.ZstdException;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.channels.FileChannel;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.zip.CRC32C;
import org.agrona.BufferUtil;
import org.agrona.concurrent.UnsafeBuffer;

/**
 * Reads an archive's records in place from one inflated frame at a time. A frame whose bytes changed is refused before it is
 * inflated. Used by one thread at a time.
 *
 * <pre>
 *   records file:   frame, frame, …          each a zstd frame of its own, with a content checksum
 *   inflated frame: record, record, …
 *   record:         4 bytes length (little-endian), then the record as it stood in the cycle file
 * </pre>
 */
final class ArchiveReader implements AutoCloseable {
    private static final int NONE = -1;

    private final Path file;
    private final ArchiveManifest manifest;
    private final FileChannel channel;
    private final ZstdDecompressCtx zstd = new ZstdDecompressCtx();
    private final UnsafeBuffer raw = new UnsafeBuffer(0, 0);
    private ByteBuffer compressed = ByteBuffer.allocateDirect(1 << 20);
    private ByteBuffer inflated = ByteBuffer.allocateDirect(CycleFilePass.FRAME_BYTES);
    private int frame = NONE;
    private int inflatedFrame = NONE;
    private long inflatedFrames;
    private int position;
    private int end;
    private long nextSequence;
    private int recordLength;

    ArchiveReader(Path file, ArchiveManifest manifest) throws NoSuchFileException {
        this.file = file;
        this.manifest = manifest;
        try {
            channel = FileChannel.open(file, StandardOpenOption.READ);
        } catch (final NoSuchFileException e) {
            throw e;
        } catch (final IOException e) {
            throw new JournalException("cannot open archive " + file + ": " + e, e);
        }
        nextSequence = manifest.firstRecord();
    }

    /** Opens a segment's archive before its first record. */
    static ArchiveReader open(Path directory, Segment segment) throws NoSuchFileException {
        return new ArchiveReader(segment.recordsFile(directory), ArchiveManifest.read(directory, segment));
    }

    ArchiveManifest manifest() {
        return manifest;
    }

    /** How many frames were inflated by now. */
    long inflatedFrames() {
        return inflatedFrames;
    }

    /** Moves before the first record. */
    void seekToStart() {
        seek(manifest.firstRecord());
    }

    /** Whether the last record was read. */
    boolean isAtEnd() {
        return nextSequence > manifest.lastRecord();
    }

    /** Moves before a record of this archive, or behind the last one. */
    void seek(long sequence) {
        nextSequence = sequence;
        frame = NONE;
        end = 0;
        position = 0;
        if (sequence <= manifest.lastRecord()) {
            frame = manifest.frameOf(sequence);
            loadFrame();
            for (long skipped = manifest.frames().get(frame).firstRecord(); skipped < sequence; skipped++) {
                advance();
            }
            nextSequence = sequence;
        }
    }

    /** Moves to the next record, {@link #address} and {@link #length}; false at the archive's end. */
    boolean advance() {
        if (position == end && !nextFrame()) {
            return false;
        }
        if (end - position < Integer.BYTES) {
            throw damaged("its records do not fill it");
        }
        recordLength = raw.getInt(position, ByteOrder.LITTLE_ENDIAN);
        position += Integer.BYTES;
        if (recordLength < 0 || recordLength > end - position) {
            throw damaged("a record reaches over its end");
        }
        position += recordLength;
        nextSequence++;
        return true;
    }

    /** Where the record lies that {@link #advance} moved to. */
    long address() {
        return raw.addressOffset() + position - recordLength;
    }

    /** Its length. */
    int length() {
        return recordLength;
    }

    private boolean nextFrame() {
        final int next = frame == NONE ? manifest.frameOf(nextSequence) : frame + 1;
        if (nextSequence > manifest.lastRecord() || next >= manifest.frames().size()) {
            return false;
        }
        frame = next;
        loadFrame();
        return true;
    }

    private void loadFrame() {
        if (inflatedFrame != frame) {
            inflatedFrame = NONE;
            inflate(manifest.frames().get(frame));
            inflatedFrame = frame;
            inflatedFrames++;
        }
        position = 0;
        end = manifest.frames().get(frame).rawLengthBytes();
    }

    private void inflate(ArchiveManifest.Frame found) {
        compressed = withCapacity(compressed, found.lengthBytes());
        compressed.clear().limit(found.lengthBytes());
        try {
            while (compressed.hasRemaining()) {
                if (channel.read(compressed, found.offsetBytes() + compressed.position()) < 0) {
                    throw damaged("the file ends before it does");
                }
            }
        } catch (final IOException e) {
            throw new JournalException("cannot read archive " + file + ": " + e, e);
        }
        final CRC32C crc = new CRC32C();
        crc.update(compressed.flip());
        if (crc.getValue() != found.crc32c()) {
            throw damaged("it does not match its CRC-32C");
        }
        inflated = withCapacity(inflated, found.rawLengthBytes());
        final int length;
        try {
            length = zstd.decompressDirectByteBuffer(
                    inflated, 0, inflated.capacity(), compressed, 0, found.lengthBytes());
        } catch (final ZstdException e) {
            throw damaged("it cannot be inflated (" + e.getMessage() + ")");
        }
        if (length != found.rawLengthBytes()) {
            throw damaged("it inflates to " + length + " bytes instead of " + found.rawLengthBytes());
        }
        raw.wrap(inflated, 0, length);
    }

    private static ByteBuffer withCapacity(ByteBuffer buffer, int length) {
        if (buffer.capacity() >= length) {
            return buffer;
        }
        BufferUtil.free(buffer);
        return ByteBuffer.allocateDirect(length);
    }

    /** The frame's records are read. */
    void requireFrameEnd() {
        if (position != end) {
            throw damaged("it holds more than its records");
        }
    }

    /** The frame being read, inflated. */
    ByteBuffer inflatedFrame() {
        return inflated.duplicate().clear().limit(end);
    }

    /** Where in the archive the reading stands, for an error. */
    String place() {
        final ArchiveManifest.Frame found = manifest.frames().get(Math.max(0, frame));
        return "archive " + file + ", frame " + Math.max(0, frame) + " (bytes " + found.offsetBytes() + " to "
                + (found.offsetBytes() + found.lengthBytes() - 1) + ", records " + found.firstRecord() + " to "
                + found.lastRecord() + ")";
    }

    private JournalException damaged(String why) {
        return new JournalException(
                place() + ": the frame is damaged: " + why + "; `aegis archive --verify-only` looks for more");
    }

    @Override
    public void close() {
        zstd.close();
        BufferUtil.free(compressed);
        BufferUtil.free(inflated);
        try {
            channel.close();
        } catch (final IOException e) {
            throw new JournalException("cannot close archive " + file + ": " + e, e);
        }
    }
}
