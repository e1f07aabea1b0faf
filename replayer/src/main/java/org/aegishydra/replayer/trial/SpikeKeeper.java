package org.aegishydra.replayer.trial;

import java.util.ArrayList;
import java.util.List;
import org.aegishydra.core.run.StepRecord;
import org.aegishydra.replayer.fixes.ForwardingObserver;
import org.aegishydra.trader.StepObserver;

/**
 * Keeps the slow steps of a trial before they go to the observer of its variant: alike for every variant, whether that one
 * detects spikes or not. What it does itself is in no step's time, and it allocates nothing. Used by the trading thread.
 */
final class SpikeKeeper extends ForwardingObserver {
    /** The first ones of a trial are kept. */
    static final int MAX_KEPT = 5_000;

    private static final int FIELDS = 10;

    private final long[] fields = new long[MAX_KEPT * FIELDS];
    private int count;

    SpikeKeeper(StepObserver observer) {
        super(observer);
    }

    /**
     * A step that was kept; times in ns, below zero where one is unknown.
     *
     * @param endNs when the step had ended, on the clock of {@link System#nanoTime()}.
     * @param operations bits of {@link org.aegishydra.core.run.StepOperation}.
     */
    record Kept(
            long endNs,
            long step,
            long record,
            long totalNs,
            long decodeNs,
            long bookNs,
            long engineNs,
            long orderNs,
            long followNs,
            long operations) {}

    @Override
    public void onSpike(StepRecord step, long followNs) {
        if (count < MAX_KEPT) {
            final int at = count * FIELDS;
            fields[at] = System.nanoTime();
            fields[at + 1] = step.step();
            fields[at + 2] = step.marketSequence();
            fields[at + 3] = step.totalNs();
            fields[at + 4] = step.decodeNs();
            fields[at + 5] = step.bookNs();
            fields[at + 6] = step.strategyNs();
            fields[at + 7] = step.orderNs();
            fields[at + 8] = followNs;
            fields[at + 9] = step.operations();
            count++;
        }
        super.onSpike(step, followNs);
    }

    /** The run-up is over: those that were kept so far do not count. */
    void begin() {
        count = 0;
    }

    /** Those that were kept, in their order. */
    List<Kept> kept() {
        final List<Kept> kept = new ArrayList<>();
        for (int at = 0; at < count * FIELDS; at += FIELDS) {
            kept.add(new Kept(
                    fields[at],
                    fields[at + 1],
                    fields[at + 2],
                    fields[at + 3],
                    fields[at + 4],
                    fields[at + 5],
                    fields[at + 6],
                    fields[at + 7],
                    fields[at + 8],
                    fields[at + 9]));
        }
        return kept;
    }
}
