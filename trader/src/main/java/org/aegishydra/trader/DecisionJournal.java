package org.aegishydra.trader;

import java.util.Map;
import java.util.TreeMap;
import org.aegishydra.core.checkpoint.Checkpointed;
import org.aegishydra.core.checkpoint.StateInput;
import org.aegishydra.core.checkpoint.StateOutput;
import org.aegishydra.core.journal.Dialect;
import org.aegishydra.core.journal.Journal;
import org.aegishydra.core.journal.JournalAppender;
import org.aegishydra.core.journal.RecordKind;
import org.aegishydra.core.run.ControlRecord;
import org.aegishydra.core.run.DecisionRecord;
import org.aegishydra.core.run.DecisionType;
import org.aegishydra.core.run.MarkRecord;
import org.aegishydra.core.run.OrderIntent;
import org.aegishydra.core.run.RefusalReason;
import org.aegishydra.core.run.RunDigest;
import org.aegishydra.core.run.RunSummary;
import org.aegishydra.trader.paper.DecisionSink;
import org.agrona.DirectBuffer;

/**
 * The truth about what a trader did: every decision, control and mark, in order, with the digest over them. A run that is
 * resumed comes to the records again that it wrote before; those are compared and not written again. Used by the trading
 * thread.
 */
public final class DecisionJournal implements DecisionSink, Checkpointed, AutoCloseable {
    private final Journal journal;
    private final JournalAppender appender;
    private final RunDigest digest = new RunDigest();
    private final MarkRecord mark = new MarkRecord();
    private final long[] refusals = new long[RefusalReason.values().length];
    private long orders;
    private long entries;
    private long exits;
    private long fills;
    private long multiLevelOrders;
    private long partialFills;
    private long cancels;
    private long lastOrderSize;

    /** What is still to be repeated, or null. */
    private RepeatedDecisions repeated;

    /** A journal that is written from its end on. */
    public DecisionJournal(Journal journal) {
        this.journal = journal;
        appender = journal.appender();
    }

    /** The last record that is in the journal. */
    long lastRecord() {
        return appender.lastSequence();
    }

    /** Notes that the run goes on in this process. */
    void resumed(long marketSequence) {
        final DirectBuffer payload = new ControlRecord(ControlRecord.Type.RESUMED, marketSequence, "resumed").encode();
        appender.append(RecordKind.CONTROL, Dialect.NONE, 0, 0, 0, payload, 0, payload.capacity());
    }

    /** The records from one to another are come to again: see {@link RepeatedDecisions}. */
    void repeat(long firstRecord, long lastRecord) {
        repeated = new RepeatedDecisions(journal, firstRecord, lastRecord);
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
        appender.append(kind, Dialect.NONE, 0, eventTimeNs, 0, payload, 0, length);
    }

    @Override
    public void onDecision(DecisionRecord decision) {
        write(RecordKind.DECISION, decision.eventTimeNs(), decision.buffer(), DecisionRecord.LENGTH_BYTES);
        digest.add(decision);
        count(decision);
    }

    private void count(DecisionRecord decision) {
        final DecisionType type = decision.type();
        if (type == DecisionType.ORDER) {
            orders++;
            lastOrderSize = decision.size();
            if (decision.intent() == OrderIntent.ENTER) {
                entries++;
            } else {
                exits++;
            }
        } else if (type == DecisionType.FILL) {
            fills++;
            multiLevelOrders += decision.level() == 1 ? 1 : 0;
        } else if (type == DecisionType.CANCEL) {
            cancels++;
            partialFills += decision.size() < lastOrderSize ? 1 : 0;
        } else {
            refusals[decision.reason().ordinal()]++;
        }
    }

    /** Writes a control. */
    void control(ControlRecord control, long eventTimeNs) {
        final DirectBuffer payload = control.encode();
        write(RecordKind.CONTROL, eventTimeNs, payload, payload.capacity());
    }

    /** Writes a mark. */
    void mark(long marketSequence, long eventTimeNs, long bookDigest) {
        mark.set(marketSequence, digest, bookDigest);
        write(RecordKind.MARK, eventTimeNs, mark.buffer(), MarkRecord.LENGTH_BYTES);
    }

    /** The digest over the decisions so far. */
    public RunDigest digest() {
        return digest;
    }

    /** How many decisions of which sort were written. */
    public RunSummary.Decisions counts() {
        final Map<String, Long> byReason = new TreeMap<>();
        for (final RefusalReason reason : RefusalReason.values()) {
            if (refusals[reason.ordinal()] > 0) {
                byReason.put(reason.name().toLowerCase(java.util.Locale.ROOT), refusals[reason.ordinal()]);
            }
        }
        return new RunSummary.Decisions(
                digest.count(), orders, entries, exits, fills, multiLevelOrders, partialFills, cancels, byReason);
    }

    @Override
    public void writeState(StateOutput output) {
        output.section("decisions");
        digest.writeState(output);
        output.putLongs(refusals, refusals.length);
        output.putLong(orders);
        output.putLong(entries);
        output.putLong(exits);
        output.putLong(fills);
        output.putLong(multiLevelOrders);
        output.putLong(partialFills);
        output.putLong(cancels);
        output.putLong(lastOrderSize);
    }

    @Override
    public void readState(StateInput input) {
        input.section("decisions");
        digest.readState(input);
        input.getLongs(refusals, refusals.length);
        orders = input.getLong();
        entries = input.getLong();
        exits = input.getLong();
        fills = input.getLong();
        multiLevelOrders = input.getLong();
        partialFills = input.getLong();
        cancels = input.getLong();
        lastOrderSize = input.getLong();
    }

    @Override
    public void close() {
        if (repeated != null) {
            repeated.close();
        }
        appender.close();
    }
}
