package org.aegishydra.replayer.pace;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import org.aegishydra.core.command.UsageException;
import org.junit.jupiter.api.Test;

class PaceTest {
    @Test
    void shouldReadWhatPeopleWrite() {
        assertTrue(Pace.parse("max").isMax());
        assertEquals(0, Pace.MAX.scaledNs(1_000));
        assertEquals(1_000, Pace.parse("1x").scaledNs(1_000));
        assertEquals(20, Pace.parse(" 50X ").scaledNs(1_000));
        assertEquals(2_000, Pace.parse("0.5x").scaledNs(1_000));
        assertEquals("max 1x 0.5x", Pace.MAX + " " + Pace.REAL_TIME + " " + new Pace(0.5));
        for (final String wrong : new String[] {"", "x", "5", "0x", "-1x", "NaNx", "Infinityx", "fast"}) {
            assertThrows(UsageException.class, () -> Pace.parse(wrong), wrong);
        }
    }
}
