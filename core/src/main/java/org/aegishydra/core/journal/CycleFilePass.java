package org.aegishydra.core.journal;

import java.nio.ByteBuffer;
import net.openhft.chronicle.bytes.Bytes;
import net.openhft.chronicle.wire.DocumentContext;
import org.agrona.BufferUtil;
import org.agrona.concurrent.UnsafeBuffer;

/**
 * One pass over one cycle file, which puts its records together to frames, each checked against its CRC-32C and its
 * neighbours. Used by one thread.
 */
class CycleFilePass implements AutoCloseable {
    /** What a frame holds at most, unless one record alone is larger. */
    static final int FRAME_BYTES = 4 << 20;

    final Journal journal;
    final RecordedSegment source;
    final ArchiveTally tally = new ArchiveTally();
    private final CycleFiles cycleFiles;
    private final RecordView view = new RecordView();
    private final UnsafeBuffer raw = new UnsafeBuffer(0, 0);
    private ByteBuffer frame = ByteBuffer.allocateDirect(FRAME_BYTES);
    private int frameLength;
    private int frameRecords;
    private long frameFirstEventNs;
    private long eventNs;
    private boolean ended;

    CycleFilePass(Journal journal, RecordedSegment source) {
        this.journal = journal;
        this.source = source;
        view.verifyChecksums = true;
        raw.wrap(frame);
        cycleFiles = new CycleFiles(journal);
        if (!cycleFiles.moveToStart(source.segment())) {
            cycleFiles.close();
            throw damaged("cannot be opened", null);
        }
    }

    /**
     * Reads on.
     *
     * @return how many records were read; 0 at the file's end.
     * @throws JournalException if the file is damaged.
     */
    public final int poll(int limit) {
        int records = 0;
        while (records < limit && !ended) {
            try (DocumentContext document = cycleFiles.tailer.readingDocument()) {
                if (document.isPresent() && cycleFiles.isIn(source.segment(), document)) {
                    add(document);
                    records++;
                } else {
                    ended = true;
                }
            }
        }
        if (ended && frameRecords > 0) {
            endFrame();
        }
        if (ended && records == 0 && tally.lastRecord() != source.lastSequence()) {
            throw damaged(
                    "can be read up to record " + tally.lastRecord() + ", although its last record is "
                            + source.lastSequence(),
                    null);
        }
        return records;
    }

    private void add(DocumentContext document) {
        final Bytes<?> bytes = document.wire().bytes();
        final int length = (int) bytes.readRemaining();
        final long address = bytes.addressForRead(bytes.readPosition());
        final int payloadLength = view.wrap(address, length);
        if (payloadLength < 0) {
            throw damaged(
                    "the record after record " + tally.lastRecord() + " " + RecordView.problem(payloadLength), null);
        }
        try {
            tally.onRecord(view, payloadLength);
        } catch (final JournalException e) {
            throw damaged(e.getMessage(), e);
        }
        final int entryLength = Integer.BYTES + length;
        if (frameRecords > 0 && frameLength + entryLength > FRAME_BYTES) {
            endFrame();
        }
        if (entryLength > frame.capacity()) {
            BufferUtil.free(frame);
            frame = ByteBuffer.allocateDirect(entryLength);
            raw.wrap(frame);
        }
        eventNs = Math.max(eventNs, view.header.wallTimeNs);
        if (frameRecords == 0) {
            frameFirstEventNs = eventNs;
        }
        raw.putInt(frameLength, length, java.nio.ByteOrder.LITTLE_ENDIAN);
        raw.putBytes(frameLength + Integer.BYTES, view.record, 0, length);
        frameLength += entryLength;
        frameRecords++;
    }

    private void endFrame() {
        final ByteBuffer bytes = frame.duplicate().clear().limit(frameLength);
        tally.onFrame(bytes.duplicate());
        onFrame(bytes, frameRecords, frameFirstEventNs, eventNs);
        frameLength = 0;
        frameRecords = 0;
    }

    /** A frame is full. */
    void onFrame(ByteBuffer bytes, int records, long firstEventNs, long lastEventNs) {
        // A pass that only looks has nothing to do with it.
    }

    /** How many bytes of records were read by now. */
    public final long rawBytes() {
        return tally.rawBytes();
    }

    final long cycleLengthNs() {
        return cycleFiles.cycleLengthNs();
    }

    private JournalException damaged(String what, Throwable cause) {
        return new JournalException(
                "cycle file " + source.segment().cycleFile(journal.directory()) + ": " + what, cause);
    }

    @Override
    public void close() {
        cycleFiles.close();
        BufferUtil.free(frame);
    }
}
