package org.aegishydra.trader;

import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import org.aegishydra.core.checkpoint.Checkpointed;
import org.aegishydra.core.checkpoint.StateInput;
import org.aegishydra.core.checkpoint.StateOutput;
import org.aegishydra.core.run.DecisionRecord;
import org.aegishydra.core.run.DecisionType;
import org.aegishydra.core.run.OrderIntent;
import org.aegishydra.core.run.RefusalReason;
import org.aegishydra.core.run.RunDigest;
import org.aegishydra.core.run.RunSummary;

/** The digest over a run's decisions, and how many there are of which sort. Used by the trading thread. */
final class DecisionTally implements Checkpointed {
    private final RunDigest digest = new RunDigest();
    private final long[] refusals = new long[RefusalReason.values().length];
    private long orders;
    private long entries;
    private long exits;
    private long fills;
    private long multiLevelOrders;
    private long partialFills;
    private long cancels;
    private long lastOrderSize;

    void add(DecisionRecord decision) {
        digest.add(decision);
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

    RunDigest digest() {
        return digest;
    }

    RunSummary.Decisions counts() {
        final Map<String, Long> byReason = new TreeMap<>();
        for (final RefusalReason reason : RefusalReason.values()) {
            if (refusals[reason.ordinal()] > 0) {
                byReason.put(reason.name().toLowerCase(Locale.ROOT), refusals[reason.ordinal()]);
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
}
