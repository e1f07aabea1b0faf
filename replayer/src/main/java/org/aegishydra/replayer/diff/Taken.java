package org.aegishydra.replayer.diff;

import org.aegishydra.core.coinbase.Decimals;
import org.aegishydra.core.coinbase.Side;
import org.aegishydra.core.run.ControlRecord;
import org.aegishydra.core.run.DecisionRecord;
import org.aegishydra.core.run.DecisionType;

/**
 * What a run decided or was told: one of the two.
 *
 * @param decision its own bytes, or null.
 * @param control or null.
 */
record Taken(DecisionRecord decision, ControlRecord control) {
    /** The record of the market that led to it, or that it follows. */
    long marketSequence() {
        return decision != null ? decision.marketSequence() : control.marketSequence();
    }

    /** Whether a run that began at a record has no part in it; a control behind the record before is one of its own. */
    boolean isBefore(long firstSequence) {
        return marketSequence() < (decision != null ? firstSequence : firstSequence - 1);
    }

    boolean isSameAs(Taken other) {
        if (decision == null || other.decision == null) {
            return control != null && control.equals(other.control);
        }
        return decision.buffer().equals(other.decision.buffer());
    }

    /** For a person, on one line. */
    String toText() {
        if (decision == null) {
            return "control " + control.type() + " after record " + control.marketSequence() + ": " + control.text();
        }
        final StringBuilder text = new StringBuilder()
                .append(decision.type())
                .append(' ')
                .append(decision.side() == Side.BID ? "buy" : "sell")
                .append(' ')
                .append(Decimals.plain(decision.size(), decision.sizeScale()))
                .append(' ')
                .append(decision.productId())
                .append(" at ")
                .append(Decimals.plain(decision.price(), decision.priceScale()))
                .append(", ")
                .append(decision.intent());
        if (decision.type() == DecisionType.REFUSAL) {
            text.append(", refused: ").append(decision.reason());
        } else {
            text.append(", order ").append(decision.orderId());
        }
        if (decision.type() == DecisionType.FILL) {
            text.append(", level ").append(decision.level());
        }
        return text.append(", position ")
                .append(Decimals.plain(decision.position(), decision.sizeScale()))
                .append(", step ")
                .append(decision.step())
                .append(", record ")
                .append(decision.marketSequence())
                .toString();
    }
}
