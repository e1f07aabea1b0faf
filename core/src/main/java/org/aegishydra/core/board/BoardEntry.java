package org.aegishydra.core.board;

import java.lang.invoke.VarHandle;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import net.openhft.chronicle.bytes.Byteable;
import net.openhft.chronicle.bytes.BytesStore;

/**
 * One entry of the map, as a direct reference to its memory. Two slots take turns, so that what was published last stays
 * whole while the next is being written, even if the writer is killed in the middle. No lock is ever held.
 *
 * <pre>
 *    0         8       16                                   16 + slot
 *   +---------+-------+------------------------------------+------------------------------------+
 *   | version | count | slot 0: 32 figures | length | text | slot 1: 32 figures | length | text |
 *   +---------+-------+------------------------------------+------------------------------------+
 * </pre>
 *
 * <p>The count of publications says by its lowest bit which slot is valid; 0: nothing was published yet. All numbers are
 * 64 bits wide, aligned, in the machine's own byte order. One thread publishes, any process reads.
 */
final class BoardEntry implements Byteable {
    static final int FIGURES = 32;
    static final int TEXT_BYTES = 256;

    private static final int TEXT_LENGTH_OFFSET = FIGURES * Long.BYTES;
    private static final int TEXT_OFFSET = TEXT_LENGTH_OFFSET + Long.BYTES;
    private static final int SLOT_BYTES = TEXT_OFFSET + TEXT_BYTES;
    private static final int COUNT_OFFSET = Long.BYTES;
    private static final int SLOTS_OFFSET = COUNT_OFFSET + Long.BYTES;
    static final int BYTES = SLOTS_OFFSET + 2 * SLOT_BYTES;

    /** Whatever changes an entry's meaning changes this number. */
    static final long VERSION = Arrays.asList(
                    Arrays.toString(RecorderFigure.values()),
                    Arrays.toString(LaneFigure.values()),
                    Arrays.toString(TraderFigure.values()),
                    Arrays.toString(TraderState.values()),
                    Arrays.toString(RecorderState.values()),
                    Arrays.toString(LaneState.values()))
            .hashCode();

    private static final int READ_ATTEMPTS = 100_000;

    private BytesStore<?, ?> memory;
    private long offset;

    /** An entry on the heap with nothing published, as the map's first value and as the sample of its size. */
    static BoardEntry blank() {
        final BoardEntry entry = new BoardEntry();
        entry.bytesStore(BytesStore.wrap(new byte[BYTES]), 0, BYTES);
        entry.memory.writeLong(0, VERSION);
        return entry;
    }

    void publish(long[] figures, byte[] text) {
        // What follows must not overtake the count of the publication before.
        VarHandle.fullFence();
        final long count = memory.readLong(offset + COUNT_OFFSET) + 1;
        final long slot = slot(count);
        for (int i = 0; i < figures.length; i++) {
            memory.writeLong(slot + (long) i * Long.BYTES, figures[i]);
        }
        memory.writeLong(slot + TEXT_LENGTH_OFFSET, text.length);
        memory.write(slot + TEXT_OFFSET, text, 0, text.length);
        memory.writeVolatileLong(offset + COUNT_OFFSET, count);
    }

    /**
     * Copies what was published last.
     *
     * @param figures takes the figures.
     * @return the text and the count of publications; null if nothing was published yet.
     */
    Published read(long[] figures) {
        for (int attempt = 0; attempt < READ_ATTEMPTS; attempt++) {
            final long count = memory.readVolatileLong(offset + COUNT_OFFSET);
            if (count == 0) {
                return null;
            }
            final long slot = slot(count);
            for (int i = 0; i < figures.length; i++) {
                figures[i] = memory.readLong(slot + (long) i * Long.BYTES);
            }
            final long length = memory.readLong(slot + TEXT_LENGTH_OFFSET);
            final byte[] text = new byte[(int) Math.max(0, Math.min(TEXT_BYTES, length))];
            memory.read(slot + TEXT_OFFSET, text, 0, text.length);
            VarHandle.loadLoadFence();
            if (memory.readVolatileLong(offset + COUNT_OFFSET) == count) {
                return new Published(count, new String(text, StandardCharsets.UTF_8));
            }
            Thread.onSpinWait();
        }
        throw new BoardException("the status board changed " + READ_ATTEMPTS + " times while it was read");
    }

    boolean isOfThisVersion() {
        return memory.readLong(offset) == VERSION;
    }

    private long slot(long count) {
        return offset + SLOTS_OFFSET + (count & 1) * SLOT_BYTES;
    }

    /** The text of an entry, and how often it was published. */
    record Published(long count, String text) {}

    @Override
    @SuppressWarnings("rawtypes")
    public void bytesStore(BytesStore bytesStore, long newOffset, long length) {
        if (length != BYTES) {
            throw new BoardException("an entry of the status board has " + length + " bytes, not " + BYTES);
        }
        memory = bytesStore;
        offset = newOffset;
    }

    @Override
    public BytesStore<?, ?> bytesStore() {
        return memory;
    }

    @Override
    public long offset() {
        return offset;
    }

    @Override
    public long maxSize() {
        return BYTES;
    }
}
