package org.aegishydra.trader.scribe;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;

class BacklogTest {
    private final Backlog backlog = new Backlog();

    @Test
    void shouldTellSinceWhenTheNextRecordHasBeenThere() {
        assertEquals(0, backlog.look(100, 0, 0));
        assertEquals(0, backlog.look(200, 5, 5));
        assertEquals(0, backlog.look(300, 7, 5), "records that just came are not late");
        assertEquals(100, backlog.look(400, 9, 5));
        assertEquals(200, backlog.look(500, 9, 6), "record 7 was there at 300");
        assertEquals(200, backlog.look(600, 9, 7), "record 8 was there at 400");
        assertEquals(0, backlog.look(700, 9, 9));
    }

    /** Every record's time is known here, so the lag can be computed from the record that is next. */
    @Test
    void shouldAgreeWithThePlainFormOnAnyPaceOfBoth() {
        final SplittableRandom random = new SplittableRandom(3);
        final long[] seenNs = new long[20_001];
        long written = 0;
        long handled = 0;
        long nowNs = 0;
        int late = 0;
        while (written < 20_000) {
            nowNs += 1 + random.nextInt(50);
            final long before = written;
            written = Math.min(20_000, written + random.nextInt(20));
            for (long i = before + 1; i <= written; i++) {
                seenNs[(int) i] = nowNs;
            }
            handled = Math.min(written, handled + random.nextInt(random.nextInt(10) == 0 ? 200 : 15));
            final long expectedNs = handled == written ? 0 : nowNs - seenNs[(int) handled + 1];
            assertEquals(expectedNs, backlog.look(nowNs, written, handled));
            late += expectedNs > 0 ? 1 : 0;
        }
        assertTrue(late > 100, late + " looks at a reader that was late");
    }

    @Test
    void shouldKeepTheOldestRecordsTimeHoweverLongTheReaderStandsStill() {
        for (int i = 1; i <= 5_000; i++) {
            backlog.look(i, i, 0);
        }
        assertEquals(6_000 - 1, backlog.look(6_000, 6_000, 0));
    }
}
