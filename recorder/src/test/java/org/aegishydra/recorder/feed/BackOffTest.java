package org.aegishydra.recorder.feed;

import static org.junit.jupiter.api.Assertions.assertTrue;

import java.time.Duration;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;

class BackOffTest {
    @Test
    void shouldDoubleUpToItsLimitWithARandomPartLess() {
        for (int seed = 0; seed < 100; seed++) {
            final BackOff backOff = new BackOff(
                    new BackOff.Limits(Duration.ofMillis(500), Duration.ofSeconds(30)), new SplittableRandom(seed));
            for (final long longest : new long[] {500, 1000, 2000, 4000, 8000, 16_000, 30_000, 30_000}) {
                final long delay = backOff.nextDelayMs();
                assertTrue(delay >= longest / 2 && delay <= longest, () -> delay + " for " + longest);
            }
            for (int i = 0; i < 100; i++) {
                assertTrue(backOff.nextDelayMs() <= 30_000);
            }
            backOff.reset();
            assertTrue(backOff.nextDelayMs() <= 500);
        }
    }
}
