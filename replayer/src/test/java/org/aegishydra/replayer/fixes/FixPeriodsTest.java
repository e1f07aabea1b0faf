package org.aegishydra.replayer.fixes;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.util.Map;
import org.aegishydra.core.command.UsageException;
import org.junit.jupiter.api.Test;

class FixPeriodsTest {
    @Test
    void shouldHaveThePeriodsOfTheSystemBefore() {
        assertEquals(new FixPeriods(100, 1_000, 500, 503, 1_000, 10, 100, 1_000), FixPeriods.DEFAULT);
    }

    @Test
    void shouldChangeThoseThatAreNamed() {
        assertEquals(
                new FixPeriods(100, 1_000, 250, 251, 1_000, 10, 100, 1_000),
                FixPeriods.DEFAULT.with(Map.of("dump-steps", 250, "seed-dump-steps", 251)));
    }

    @Test
    void shouldRefuseAPeriodBelowOne() {
        assertEquals(
                "--period collect-steps=0: must be 1 or more",
                assertThrows(UsageException.class, () -> FixPeriods.DEFAULT.with(Map.of("collect-steps", 0)))
                        .getMessage());
    }

    @Test
    void shouldSayWhichPeriodsThereAre() {
        assertEquals(
                "--period dumps=5: must be one of log-lines, seed-log-lines, dump-steps, seed-dump-steps,"
                        + " collect-steps, status-steps, seed-status-steps, cleanup-updates",
                assertThrows(UsageException.class, () -> FixPeriods.DEFAULT.with(Map.of("dumps", 5)))
                        .getMessage());
    }
}
