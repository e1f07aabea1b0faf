package org.aegishydra.core.journal;

import com.github.luben.zstd.ZstdInputStreamNoFinalizer;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.RandomAccessFile;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.file.Path;
import org.agrona.BufferUtil;
import org.agrona.concurrent.UnsafeBuffer;

/** Finds where in a damaged frame the damage begins, from as much of it as can still be inflated. Stateless. */
final class DamagedFrame {
    private DamagedFrame() {}

    /** The first record that cannot be read; 0 if all can, so that the frame's own bytes alone are damaged. */
    static long firstDamagedRecord(Path file, ArchiveManifest.Frame frame) {
        final byte[] raw = new byte[frame.rawLengthBytes()];
        final int length = inflate(file, frame, raw);
        final ByteBuffer memory = ByteBuffer.allocateDirect(raw.length);
        try {
            memory.put(raw);
            return firstDamagedRecord(new UnsafeBuffer(memory), length, frame);
        } finally {
            BufferUtil.free(memory);
        }
    }

    private static int inflate(Path file, ArchiveManifest.Frame frame, byte[] raw) {
        int length = 0;
        try (RandomAccessFile access = new RandomAccessFile(file.toFile(), "r")) {
            final byte[] compressed = new byte[frame.lengthBytes()];
            access.seek(frame.offsetBytes());
            access.readFully(compressed);
            try (ZstdInputStreamNoFinalizer in = new ZstdInputStreamNoFinalizer(new ByteArrayInputStream(compressed))) {
                for (int read = 0; read >= 0 && length < raw.length; length += Math.max(0, read)) {
                    read = in.read(raw, length, raw.length - length);
                }
            }
        } catch (final IOException e) {
            // What was inflated before it broke off is what counts.
            return length;
        }
        return length;
    }

    private static long firstDamagedRecord(UnsafeBuffer raw, int length, ArchiveManifest.Frame frame) {
        final RecordView view = new RecordView();
        view.verifyChecksums = true;
        int position = 0;
        for (long record = frame.firstRecord(); record <= frame.lastRecord(); record++) {
            if (length - position < Integer.BYTES) {
                return record;
            }
            final int recordLength = raw.getInt(position, ByteOrder.LITTLE_ENDIAN);
            position += Integer.BYTES;
            if (recordLength < 0
                    || recordLength > length - position
                    || view.wrap(raw.addressOffset() + position, recordLength) < 0
                    || view.header.sequence != record) {
                return record;
            }
            position += recordLength;
        }
        return 0;
    }
}
