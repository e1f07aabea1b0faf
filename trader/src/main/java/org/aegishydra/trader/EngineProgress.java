package org.aegishydra.trader;

import java.util.concurrent.atomic.AtomicLong;
import org.aegishydra.core.latency.HotPath;

/**
 * How far an engine has come, for other threads to see: set by the trading thread after each duty cycle, with plain stores in
 * order, so that nobody who looks costs it anything.
 */
@HotPath
final class EngineProgress {
    private final AtomicLong records = new AtomicLong();
    private final AtomicLong lastSequence = new AtomicLong();
    private final AtomicLong steps = new AtomicLong();
    private final AtomicLong spikes = new AtomicLong();
    private final AtomicLong products = new AtomicLong();

    void set(long newRecords, long newLastSequence, long newSteps, long newSpikes, long newProducts) {
        records.lazySet(newRecords);
        lastSequence.lazySet(newLastSequence);
        steps.lazySet(newSteps);
        spikes.lazySet(newSpikes);
        products.lazySet(newProducts);
    }

    long records() {
        return records.get();
    }

    long lastSequence() {
        return lastSequence.get();
    }

    long steps() {
        return steps.get();
    }

    long spikes() {
        return spikes.get();
    }

    long products() {
        return products.get();
    }
}
