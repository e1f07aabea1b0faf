package org.aegishydra.core.latency;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.List;
import org.junit.jupiter.api.Test;

class StallWitnessesTest {
    private static final long MS = 1_000_000;

    private static StallWindow window(long fromMs, long lateNs, long runDelayNs, long blockDelayNs, long faults) {
        return new StallWindow(fromMs * MS, (fromMs + 1) * MS, lateNs, runDelayNs, blockDelayNs, faults, 0, -1);
    }

    private static StallCause explain(List<Safepoint> safepoints, StallWindow... windows) {
        return new StallWitnesses(safepoints, List.of(windows)).explain(10 * MS, 12 * MS);
    }

    @Test
    void shouldNameWhatCoversAtLeastHalfOfTheTime() {
        assertEquals(StallCause.SAFEPOINT, explain(List.of(new Safepoint(9 * MS, 11 * MS, "G1"))));
        assertEquals(StallCause.RUN_DELAY, explain(List.of(), window(11, 0, MS, 0, 0)));
        assertEquals(
                StallCause.RUN_DELAY, explain(List.of(), window(10, 0, MS / 2, 0, 0), window(11, 0, MS / 2, 0, 0)));
        assertEquals(StallCause.BLOCK_DELAY, explain(List.of(), window(11, 0, 0, 10 * MS, 3)));
        assertEquals(StallCause.CONTROL_THREAD, explain(List.of(), window(11, MS, 0, 0, 0)));
    }

    @Test
    void shouldNotNameWhatIsTooShortOrAtAnotherTime() {
        assertEquals(StallCause.UNEXPLAINED, explain(List.of()));
        assertEquals(StallCause.UNEXPLAINED, explain(List.of(new Safepoint(9 * MS, 10 * MS + MS / 2, "G1"))));
        assertEquals(StallCause.UNEXPLAINED, explain(List.of(), window(8, MS, MS, 10 * MS, 1)));
        assertEquals(StallCause.UNEXPLAINED, explain(List.of(), window(12, MS, MS, 10 * MS, 1)));
        assertEquals(StallCause.UNEXPLAINED, explain(List.of(), window(11, MS / 2, MS / 2, 0, 0)));
    }

    @Test
    void shouldTakeOnlyTheLatenessThatLiesInTheTime() {
        // Woke 30 ms late at 41 ms: from 11 ms on, so half of the time from 10 to 12.
        assertEquals(
                StallCause.CONTROL_THREAD,
                explain(List.of(), new StallWindow(10 * MS, 41 * MS, 30 * MS, 0, 0, 0, 0, -1)));
        assertEquals(
                StallCause.UNEXPLAINED,
                explain(List.of(), new StallWindow(10 * MS, 41 * MS, 29 * MS + MS / 2, 0, 0, 0, 0, -1)));
    }

    @Test
    void shouldNotTakeMoreOfADelayThanItsWindowSharesWithTheTime() {
        // From 9 to 10.25 ms, of which a quarter of a millisecond lies in the time.
        final StallWindow before = new StallWindow(9 * MS, 10 * MS + MS / 4, 0, MS, 10 * MS, 0, 0, -1);
        assertEquals(StallCause.UNEXPLAINED, explain(List.of(), before));
        assertEquals(StallCause.RUN_DELAY, explain(List.of(), before, window(11, 0, 3 * MS / 4, 0, 0)));
    }

    @Test
    void shouldBlameFaultsOnlyWhereNothingElseCoversTheTime() {
        assertEquals(StallCause.PAGE_FAULTS, explain(List.of(), window(10, 0, 0, 0, 1)));
        assertEquals(StallCause.RUN_DELAY, explain(List.of(), window(10, 0, MS, 0, 1)));
    }

    @Test
    void shouldNotCountWhatIsUnknown() {
        assertEquals(
                StallCause.UNEXPLAINED, explain(List.of(), new StallWindow(10 * MS, 11 * MS, 0, -1, -1, -1, -1, -1)));
    }

    @Test
    void shouldSayThatAThreadWasOffItsCpuWhereNothingTellsMore() {
        final StallWindow off = new StallWindow(10 * MS, 11 * MS, 0, 0, 0, 1, 0, MS);
        assertEquals(StallCause.OFF_CPU, explain(List.of(), off));
        assertEquals(StallCause.SAFEPOINT, explain(List.of(new Safepoint(10 * MS, 11 * MS, "G1")), off));
        assertEquals(StallCause.BLOCK_DELAY, explain(List.of(), off, window(11, 0, 0, 10 * MS, 0)));
        assertEquals(
                StallCause.UNEXPLAINED, explain(List.of(), new StallWindow(10 * MS, 11 * MS, 0, 0, 0, 0, 0, MS / 2)));
    }

    @Test
    void shouldTakeADelayThatIsLongerThanItsWindowBackToWhereItBegan() {
        // Counted in the last half of a millisecond, where it ended.
        final StallWindow end = new StallWindow(11 * MS + MS / 2, 12 * MS, 0, 2 * MS, 0, 0, 0, -1);
        assertEquals(StallCause.RUN_DELAY, explain(List.of(), end));
        assertEquals(
                StallCause.BLOCK_DELAY, explain(List.of(), new StallWindow(11 * MS, 12 * MS, 0, 0, 10 * MS, 0, 0, -1)));
    }
}
