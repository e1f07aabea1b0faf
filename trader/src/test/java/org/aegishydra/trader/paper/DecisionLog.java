package org.aegishydra.trader.paper;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import org.aegishydra.core.coinbase.Decimals;
import org.aegishydra.core.coinbase.Side;
import org.aegishydra.core.run.DecisionRecord;
import org.aegishydra.core.run.DecisionType;

/** Keeps decisions as lines such as {@code fill buy 0.5 at 100.01 level 0}. */
final class DecisionLog implements DecisionSink {
    private final List<String> lines = new ArrayList<>();

    @Override
    public void onDecision(DecisionRecord decision) {
        final DecisionType type = decision.type();
        final StringBuilder line = new StringBuilder(type.name().toLowerCase(Locale.ROOT))
                .append(decision.side() == Side.BID ? " buy " : " sell ")
                .append(Decimals.plain(decision.size(), decision.sizeScale()))
                .append(" at ")
                .append(Decimals.plain(decision.price(), decision.priceScale()));
        if (type == DecisionType.FILL) {
            line.append(" level ").append(decision.level());
        } else if (type == DecisionType.REFUSAL) {
            line.append(' ').append(decision.reason().name().toLowerCase(Locale.ROOT));
        }
        lines.add(line.toString());
    }

    /** The lines since the last call. */
    List<String> take() {
        final List<String> taken = List.copyOf(lines);
        lines.clear();
        return taken;
    }
}
