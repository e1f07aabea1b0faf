package org.aegishydra.trader;

import org.aegishydra.core.journal.Journal;
import org.aegishydra.core.journal.JournalException;
import org.aegishydra.core.journal.JournalTailer;
import org.aegishydra.core.journal.RecordHandler;
import org.aegishydra.core.journal.RecordHeader;
import org.aegishydra.core.journal.RecordKind;
import org.aegishydra.core.run.ControlRecord;
import org.aegishydra.core.run.DecisionRecord;
import org.agrona.DirectBuffer;

/**
 * What a run had written before it was resumed: the resumed run comes to each of these records again, and must come to the
 * same. So nothing is written twice, and other data, or a build that decides otherwise, ends the run where that shows in
 * what is repeated; behind a checkpoint that may be little. Used by the trading thread.
 */
final class RepeatedDecisions implements AutoCloseable {
    /** Where the type of a control is found, see {@link ControlRecord}. */
    private static final int START_BYTES_COMPARED = 16;

    private final JournalTailer tailer;
    private final RecordHandler compare = this::compare;
    private long left;

    /** Of the record that the resumed run comes to; null if it comes to none any more. */
    private RecordKind kind;

    private DirectBuffer expected;
    private int expectedLength;
    private boolean found;
    private boolean stopped;

    /**
     * The records from one on.
     *
     * @param firstSequence the first one that is come to again.
     * @param lastSequence the last one that was written before the run was resumed.
     */
    RepeatedDecisions(Journal journal, long firstSequence, long lastSequence) {
        tailer = journal.tailer();
        tailer.seek(firstSequence);
        left = lastSequence - firstSequence + 1;
    }

    /**
     * The resumed run comes to a record.
     *
     * @return false if it was not written before: everything is repeated.
     * @throws JournalException if there was another one in its place.
     */
    boolean repeat(RecordKind newKind, DirectBuffer payload, int length) {
        kind = newKind;
        expected = payload;
        expectedLength = length;
        found = false;
        while (left > 0 && !found) {
            left--;
            if (tailer.poll(compare, 1) == 0) {
                throw new JournalException("the run's decisions end earlier than they did when it was resumed");
            }
        }
        return found;
    }

    /**
     * The resumed run has come to where it was.
     *
     * @throws JournalException if there was a record that it has not come to.
     */
    void requireAllRepeated() {
        kind = null;
        while (left > 0) {
            left--;
            tailer.poll(compare, 1);
        }
    }

    private void compare(RecordHeader header, DirectBuffer buffer, int offset, int length) {
        final boolean endedBefore = stopped;
        stopped = false;
        if (header.kind() == RecordKind.CONTROL) {
            final ControlRecord.Type type =
                    ControlRecord.decode(buffer, offset, length).type();
            if (type == ControlRecord.Type.STOP || type == ControlRecord.Type.RESUMED) {
                stopped = type == ControlRecord.Type.STOP;
                return;
            }
        } else if (header.kind() == RecordKind.MARK && endedBefore) {
            // The one that every end of a run leaves.
            return;
        }
        if (header.kind() != kind || !isEqual(buffer, offset, length)) {
            throw new JournalException("the run cannot be resumed: its decision record " + header.sequence() + " was "
                    + describe(header.kind(), buffer, offset, length) + ", and would now be "
                    + (kind == null ? "none" : describe(kind, expected, 0, expectedLength))
                    + ". Is this the journal that it traded, and the same build?");
        }
        found = true;
    }

    /** The settings of a start are those that were read from it, perhaps written in another order by now. */
    private boolean isEqual(DirectBuffer buffer, int offset, int length) {
        final boolean start = kind == RecordKind.CONTROL
                && ControlRecord.decode(expected, 0, expectedLength).type() == ControlRecord.Type.START;
        if (!start && length != expectedLength) {
            return false;
        }
        final int compared = start ? START_BYTES_COMPARED : length;
        for (int i = 0; i < compared; i++) {
            if (buffer.getByte(offset + i) != expected.getByte(i)) {
                return false;
            }
        }
        return true;
    }

    private static String describe(RecordKind kind, DirectBuffer buffer, int offset, int length) {
        if (kind == RecordKind.CONTROL) {
            final ControlRecord control = ControlRecord.decode(buffer, offset, length);
            return control.type() + " behind record " + control.marketSequence();
        }
        if (kind != RecordKind.DECISION) {
            return kind.toString();
        }
        final DecisionRecord decision = new DecisionRecord().wrap(buffer, offset);
        return decision.type() + " " + decision.productId() + " " + decision.side() + " at record "
                + decision.marketSequence();
    }

    @Override
    public void close() {
        tailer.close();
    }
}
