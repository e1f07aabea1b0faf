package org.aegishydra.trader;

import java.util.concurrent.atomic.AtomicLong;
import java.util.function.Consumer;
import org.aegishydra.core.journal.Dialect;
import org.aegishydra.core.journal.Journal;
import org.aegishydra.core.journal.JournalAppender;
import org.aegishydra.core.journal.RecordKind;
import org.aegishydra.core.run.ControlRecord;
import org.aegishydra.core.run.DecisionRecord;
import org.aegishydra.core.run.MarkRecord;
import org.aegishydra.core.run.RunDigest;
import org.aegishydra.core.run.RunFolder;
import org.aegishydra.core.run.RunSummary;
import org.aegishydra.trader.paper.DecisionSink;
import org.agrona.DirectBuffer;

/**
 * The truth about what a trader did: every decision, control and mark, in order, with the digest over them. A run that is
 * resumed comes to the records again that it wrote before; those are compared and not written again. Used by the trading
 * thread.
 */
public final class DecisionJournal implements DecisionSink, AutoCloseable {
    /** As for the steps, of which there are more. */
    private static final long AHEAD_BYTES = 2L << 20;

    private final Journal journal;
    private final JournalAppender appender;
    private final AtomicLong writtenRecords = new AtomicLong();
    private final MarkRecord mark = new MarkRecord();
    private DecisionTally tally = new DecisionTally();

    /** What is still to be repeated, or null. */
    private RepeatedDecisions repeated;

    /** A journal that is written from its end on. */
    public DecisionJournal(Journal journal) {
        this.journal = journal;
        appender = journal.appender();
        writtenRecords.set(appender.lastSequence());
    }

    /** Has a thread bring in the pages that will be written next: see {@link JournalAppender#populateAhead}. */
    public void populateAhead(Consumer<String> log) {
        appender.populateAhead(AHEAD_BYTES, RunFolder.KEEP_FREE_BYTES, log);
    }

    long populatedBytes() {
        return appender.populatedBytes();
    }

    /** The last record that is in the journal. */
    long lastRecord() {
        return appender.lastSequence();
    }

    /** The same; may be asked by any thread. */
    long writtenRecords() {
        return writtenRecords.get();
    }

    /** Notes that the run goes on in this process. */
    void resumed(long marketSequence) {
        final DirectBuffer payload = new ControlRecord(ControlRecord.Type.RESUMED, marketSequence, "resumed").encode();
        writtenRecords.lazySet(
                appender.append(RecordKind.CONTROL, Dialect.NONE, 0, 0, 0, payload, 0, payload.capacity()));
    }

    /** The records from one to another are come to again: see {@link RepeatedDecisions}. */
    void repeat(long firstRecord, long lastRecord) {
        repeated = new RepeatedDecisions(journal, firstRecord, lastRecord);
    }

    /** All that was to be repeated has been, or the run cannot be resumed: see {@link RepeatedDecisions}. */
    void requireAllRepeated() {
        if (repeated != null) {
            repeated.requireAllRepeated();
        }
    }

    /** Writes a record, unless it is repeated. */
    private void write(RecordKind kind, long eventTimeNs, DirectBuffer payload, int length) {
        if (repeated != null) {
            if (repeated.repeat(kind, payload, length)) {
                return;
            }
            repeated.close();
            repeated = null;
        }
        writtenRecords.lazySet(appender.append(kind, Dialect.NONE, 0, eventTimeNs, 0, payload, 0, length));
    }

    @Override
    public void onDecision(DecisionRecord decision) {
        write(RecordKind.DECISION, decision.eventTimeNs(), decision.buffer(), DecisionRecord.LENGTH_BYTES);
        tally.add(decision);
    }

    /** Writes a control. */
    void control(ControlRecord control, long eventTimeNs) {
        final DirectBuffer payload = control.encode();
        write(RecordKind.CONTROL, eventTimeNs, payload, payload.capacity());
    }

    /** Writes a mark. */
    void mark(long marketSequence, long eventTimeNs, long bookDigest) {
        mark.set(marketSequence, tally.digest(), bookDigest);
        write(RecordKind.MARK, eventTimeNs, mark.buffer(), MarkRecord.LENGTH_BYTES);
    }

    /** The digest over the decisions so far. */
    public RunDigest digest() {
        return tally.digest();
    }

    /** How many decisions of which sort were written. */
    public RunSummary.Decisions counts() {
        return tally.counts();
    }

    /** What a checkpoint keeps of the decisions so far. */
    DecisionTally tally() {
        return tally;
    }

    /** Goes on from the decisions that a checkpoint was written behind. */
    void goOnFrom(DecisionTally checkpointed) {
        tally = checkpointed;
    }

    @Override
    public void close() {
        if (repeated != null) {
            repeated.close();
        }
        appender.close();
    }
}
