package org.aegishydra.replayer.trial;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.List;
import java.util.concurrent.TimeUnit;
import org.aegishydra.core.latency.LatencyTrace;
import org.junit.jupiter.api.Test;

/** Which steps of a trial are spikes: by their own time, which no queueing lengthens and no idle work escapes. */
class TrialTimesTest {
    private static final long SECOND = 1_000_000_000L;
    private static final long RECORD = 77;

    /** No step of these is told to an observer. */
    private final SpikeKeeper spikes = new SpikeKeeper(null);

    private final TrialTimes times = new TrialTimes(SECOND, spikes, () -> RECORD);
    private final LatencyTrace trace = new LatencyTrace();

    /** A step that takes no time to speak of. */
    private void step(long dueNs) {
        trace.begin(dueNs);
        trace.decoded();
        trace.booked();
        trace.strategyEnded();
        times.record(trace);
    }

    @Test
    void shouldNotCountAStepThatHadToQueueAsASpikeAgain() {
        step(0);
        times.begin();
        step(System.nanoTime() - 2 * SECOND);
        step(System.nanoTime() - 2 * SECOND);
        assertEquals(0, spikes.count());
        assertEquals(2, times.steps());
        assertTrue(times.response().getMinValue() >= 1.99 * SECOND, "their lateness is in the latencies");
        assertEquals(2, times.timeline().firstStep());
    }

    @Test
    void shouldCountWhatTheTraderDidBeforeTheStepCouldBegin() throws InterruptedException {
        step(0);
        times.begin();
        step(System.nanoTime());
        TimeUnit.MILLISECONDS.sleep(1_050);
        step(System.nanoTime() - 2 * SECOND);
        assertEquals(1, spikes.count());
        final SpikeKeeper.Kept spike = spikes.kept().get(0);
        assertEquals(3, spike.step);
        assertEquals(RECORD, spike.record);
        assertTrue(spike.ownNs > SECOND && spike.totalNs < SECOND, spike.ownNs + ", of which " + spike.totalNs);
    }

    @Test
    void shouldNotCountTheRunUp() {
        step(System.nanoTime() - 2 * SECOND);
        times.begin();
        assertEquals(0, spikes.count());
        assertEquals(0, times.steps());
    }

    @Test
    void shouldKeepTheLongestSpikesInTheirOrder() {
        step(0);
        final int all = SpikeKeeper.MAX_KEPT + 10;
        for (int i = 1; i <= all; i++) {
            // The first ten are the shortest, the eleventh is the longest.
            spikes.keep(trace, i == 11 ? 1_000_000 : i, i, RECORD, 0);
        }
        final List<SpikeKeeper.Kept> kept = spikes.kept();
        assertEquals(all, spikes.count());
        assertEquals(SpikeKeeper.MAX_KEPT, kept.size());
        assertEquals(11, kept.get(0).step);
        assertEquals(1_000_000, kept.get(0).ownNs);
        assertEquals(all, kept.get(kept.size() - 1).step);
    }
}
