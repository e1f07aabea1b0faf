package org.aegishydra.replayer.trial;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.PriorityQueue;
import org.aegishydra.core.latency.LatencyTrace;
import org.aegishydra.core.run.StepRecord;
import org.aegishydra.replayer.fixes.ForwardingObserver;
import org.aegishydra.trader.StepObserver;

/**
 * Keeps the longest of a trial's spikes, with the housekeeping that the observer of its variant says it did: alike for every
 * variant, whether that one detects spikes or not. What it does itself is in no step's time, and it allocates nothing while
 * steps are measured. Used by the trading thread.
 */
final class SpikeKeeper extends ForwardingObserver {
    /** The longest ones of a trial are kept. */
    static final int MAX_KEPT = 5_000;

    private final PriorityQueue<Kept> kept =
            new PriorityQueue<>(MAX_KEPT, Comparator.comparingLong(spike -> spike.ownNs));
    private final List<Kept> free = new ArrayList<>(MAX_KEPT);
    private long operations;
    private long count;

    SpikeKeeper(StepObserver observer) {
        super(observer);
        for (int i = 0; i < MAX_KEPT; i++) {
            free.add(new Kept());
        }
    }

    /** A step that was kept; times in ns, below zero where one is unknown. */
    static final class Kept {
        /** When the step had ended, on the clock of {@link System#nanoTime()}. */
        long endNs;

        long step;
        long record;

        /** The step, and for how long before it nobody but the trader itself kept it from beginning. */
        long ownNs;

        long totalNs;
        long decodeNs;
        long bookNs;
        long engineNs;
        long orderNs;
        long followNs;

        /** Bits of {@link org.aegishydra.core.run.StepOperation}. */
        long operations;
    }

    @Override
    public long onStep(StepRecord step) {
        operations = super.onStep(step);
        return operations;
    }

    /** The housekeeping of the step that has just ended, bits of {@link org.aegishydra.core.run.StepOperation}; once. */
    long takeOperations() {
        final long taken = operations;
        operations = 0;
        return taken;
    }

    /** A spike. */
    void keep(LatencyTrace trace, long ownNs, long step, long record, long stepOperations) {
        count++;
        final Kept spike;
        if (free.isEmpty()) {
            if (kept.peek().ownNs >= ownNs) {
                return;
            }
            spike = kept.poll();
        } else {
            spike = free.remove(free.size() - 1);
        }
        spike.endNs = trace.endNs();
        spike.step = step;
        spike.record = record;
        spike.ownNs = ownNs;
        spike.totalNs = trace.totalNs();
        spike.decodeNs = trace.decodeNs();
        spike.bookNs = trace.bookNs();
        spike.engineNs = trace.strategyNs();
        spike.orderNs = trace.orderNs();
        spike.followNs = trace.followNs();
        spike.operations = stepOperations;
        kept.offer(spike);
    }

    /** How many spikes there were. */
    long count() {
        return count;
    }

    /** Those that were kept, in the order of their steps. */
    List<Kept> kept() {
        return kept.stream()
                .sorted(Comparator.comparingLong(spike -> spike.step))
                .toList();
    }
}
