package org.aegishydra.core.journal;

import java.io.IOException;
import java.nio.MappedByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import org.agrona.IoUtil;
import org.agrona.concurrent.UnsafeBuffer;

/** How far a {@link CrashingWriter} is, in a mapped file that it shares with the process that kills it. */
final class CrashProgress implements AutoCloseable {
    private static final int LENGTH_BYTES = 64;
    private static final int PHASE_OFFSET = 0;
    private static final int SEQUENCE_OFFSET = 8;
    private static final int FIRST_SEQUENCE_OFFSET = 16;
    private static final int FIRST_TIME_OFFSET = 24;

    private final MappedByteBuffer mapped;
    private final UnsafeBuffer buffer;

    private CrashProgress(MappedByteBuffer mapped) {
        this.mapped = mapped;
        this.buffer = new UnsafeBuffer(mapped);
    }

    static CrashProgress open(Path file) throws IOException {
        try (FileChannel channel =
                FileChannel.open(file, StandardOpenOption.CREATE, StandardOpenOption.READ, StandardOpenOption.WRITE)) {
            return new CrashProgress(channel.map(FileChannel.MapMode.READ_WRITE, 0, LENGTH_BYTES));
        }
    }

    /** Forgets what an earlier process told, but for the last sequence. */
    void restart() {
        phase(CrashingWriter.Phase.STARTING);
        buffer.putLongVolatile(FIRST_SEQUENCE_OFFSET, 0);
        buffer.putLongVolatile(FIRST_TIME_OFFSET, 0);
    }

    void phase(CrashingWriter.Phase phase) {
        buffer.putIntVolatile(PHASE_OFFSET, phase.ordinal());
    }

    CrashingWriter.Phase phase() {
        return CrashingWriter.Phase.values()[buffer.getIntVolatile(PHASE_OFFSET)];
    }

    void appended(long sequence) {
        if (buffer.getLong(FIRST_SEQUENCE_OFFSET) == 0) {
            buffer.putLongVolatile(FIRST_TIME_OFFSET, System.nanoTime());
            buffer.putLongVolatile(FIRST_SEQUENCE_OFFSET, sequence);
        }
        buffer.putLongVolatile(SEQUENCE_OFFSET, sequence);
    }

    /** The last record whose append returned; 0 if none did. */
    long lastSequence() {
        return buffer.getLongVolatile(SEQUENCE_OFFSET);
    }

    /** The first record that the present process appended; 0 if it appended none yet. */
    long firstSequence() {
        return buffer.getLongVolatile(FIRST_SEQUENCE_OFFSET);
    }

    /** When the append of {@link #firstSequence()} returned, by {@link System#nanoTime()}. */
    long firstTimeNs() {
        return buffer.getLongVolatile(FIRST_TIME_OFFSET);
    }

    @Override
    public void close() {
        IoUtil.unmap(mapped);
    }
}
