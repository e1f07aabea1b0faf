package org.aegishydra.replayer.diff;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.List;
import org.aegishydra.core.journal.JournalTailer;
import org.aegishydra.core.journal.RecordHandler;
import org.aegishydra.core.journal.RecordHeader;
import org.aegishydra.core.journal.RecordKind;
import org.aegishydra.core.run.ControlRecord;
import org.aegishydra.core.run.DecisionRecord;
import org.aegishydra.core.run.MarkRecord;
import org.aegishydra.core.run.RunFolder;
import org.agrona.DirectBuffer;
import org.agrona.concurrent.UnsafeBuffer;

/**
 * What a run decided and was told, in order. Its start, its ends and its resumptions are left out, since they are no part of
 * what two runs have in common; its marks are gathered aside. Used by one thread.
 */
final class DecisionStream implements AutoCloseable {
    private static final int RECORDS_PER_POLL = 256;

    private final JournalTailer tailer;
    private final RecordHandler handler = this::onRecord;
    private final ArrayDeque<Taken> waiting = new ArrayDeque<>();
    private final List<Mark> marks = new ArrayList<>();
    private boolean stopped;

    /** The record of the last decision, while nothing tells that there was no other one; else 0. */
    private long unfinishedSequence;

    /** The books' digest on the way. */
    record Mark(long marketSequence, long bookDigest) {}

    DecisionStream(RunFolder run) {
        tailer = run.decisions().tailer();
    }

    /** The next decision or control, or null at the end. */
    Taken next() {
        while (waiting.isEmpty() && tailer.poll(handler, RECORDS_PER_POLL) > 0) {
            // Marks alone leave nothing to be handed over.
        }
        return waiting.poll();
    }

    private void onRecord(RecordHeader header, DirectBuffer buffer, int offset, int length) {
        final boolean endedBefore = stopped;
        stopped = false;
        if (header.kind() == RecordKind.DECISION) {
            final byte[] bytes = new byte[DecisionRecord.LENGTH_BYTES];
            buffer.getBytes(offset, bytes);
            final DecisionRecord decision = new DecisionRecord().wrap(new UnsafeBuffer(bytes), 0);
            unfinishedSequence = decision.marketSequence();
            waiting.add(new Taken(decision, null));
        } else if (header.kind() == RecordKind.MARK) {
            unfinishedSequence = 0;
            final MarkRecord mark = new MarkRecord().wrap(buffer, offset);
            if (!endedBefore) {
                marks.add(new Mark(mark.marketSequence(), mark.bookDigest()));
            }
        } else {
            final ControlRecord control = ControlRecord.decode(buffer, offset, length);
            switch (control.type()) {
                case START, RESUMED -> {
                    // Every run has its own.
                }
                case STOP -> {
                    stopped = true;
                    unfinishedSequence = 0;
                }
                default -> {
                    unfinishedSequence = 0;
                    waiting.add(new Taken(null, control));
                }
            }
        }
    }

    /** The record that the run may have been killed in, between two decisions, if all was read; 0 if it was not. */
    long unfinishedSequence() {
        return unfinishedSequence;
    }

    /** The marks up to what was read by now. */
    List<Mark> marks() {
        return marks;
    }

    @Override
    public void close() {
        tailer.close();
    }
}
