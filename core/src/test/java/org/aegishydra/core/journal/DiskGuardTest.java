package org.aegishydra.core.journal;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class DiskGuardTest {
    @TempDir
    Path directory;

    @Test
    void shouldObjectWhenLessThanTheReserveIsLeft() throws IOException {
        final long totalGiB = Files.getFileStore(directory).getTotalSpace() >> 30;
        final DiskGuard all = DiskGuard.of(directory.resolve("not/made/yet"), (totalGiB + 1) + "GiB");
        assertNotNull(all.objection());
        assertTrue(all.objection().contains("--disk-reserve"), all.objection());
        assertNull(DiskGuard.of(directory, "256MiB").objection());
    }

    @Test
    void shouldTakeSharesAndSizes() throws IOException {
        final long total = Files.getFileStore(directory).getTotalSpace();
        assertEquals(total / 100 * 50, DiskGuard.of(directory, "50%").reserveBytes());
        assertEquals(3L << 30, DiskGuard.of(directory, "3GiB").reserveBytes());
        assertEquals(
                Math.max(256L << 20, Math.min(2L << 30, total / 100 * 5)),
                DiskGuard.of(directory, null).reserveBytes());
    }

    @Test
    void shouldRefuseWhatIsNoReserve() {
        for (final String wrong : new String[] {"2", "-1GiB", "much", "1MiB", "0%"}) {
            final IllegalArgumentException refused =
                    assertThrows(IllegalArgumentException.class, () -> DiskGuard.of(directory, wrong));
            assertTrue(refused.getMessage().contains(wrong), refused.getMessage());
        }
    }
}
