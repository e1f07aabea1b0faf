package org.aegishydra.trader;

import java.util.Map;
import java.util.TreeMap;
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
 * The truth about what a trader did: every decision, control and mark, in order, with the digest over them. Used by the
 * trading thread.
 */
public final class DecisionJournal implements DecisionSink, AutoCloseable {
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

    /** A journal that is written from its end on. */
    public DecisionJournal(Journal journal) {
        appender = journal.appender();
    }

    @Override
    public void onDecision(DecisionRecord decision) {
        appender.append(
                RecordKind.DECISION,
                Dialect.NONE,
                0,
                decision.eventTimeNs(),
                0,
                decision.buffer(),
                0,
                DecisionRecord.LENGTH_BYTES);
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
        appender.append(RecordKind.CONTROL, Dialect.NONE, 0, eventTimeNs, 0, payload, 0, payload.capacity());
    }

    /** Writes a mark. */
    void mark(long marketSequence, long eventTimeNs, long bookDigest) {
        mark.set(marketSequence, digest, bookDigest);
        appender.append(RecordKind.MARK, Dialect.NONE, 0, eventTimeNs, 0, mark.buffer(), 0, MarkRecord.LENGTH_BYTES);
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
    public void close() {
        appender.close();
    }
}
