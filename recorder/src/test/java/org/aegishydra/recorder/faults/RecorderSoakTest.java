package org.aegishydra.recorder.faults;

import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.CleanupMode;
import org.junit.jupiter.api.io.TempDir;

/** The short form of {@link RecorderSoak}; the long one: {@code -Daegis.soak.seconds=3600}. */
@Timeout(value = 3, unit = TimeUnit.HOURS)
class RecorderSoakTest {
    private static final long SECONDS = Long.getLong("aegis.soak.seconds", 20);
    private static final long SEED = Long.getLong("aegis.seed", System.nanoTime());

    @TempDir(cleanup = CleanupMode.ON_SUCCESS)
    Path directory;

    @Test
    void shouldAgreeMessageByMessage() throws Exception {
        final Map<String, Object> report = new RecorderSoak(
                        directory,
                        Duration.ofSeconds(SECONDS),
                        Duration.ofSeconds(3),
                        SEED,
                        SECONDS > 60 ? System.err::println : line -> {})
                .run();
        System.err.println("soak (seed " + SEED + "): " + report);
        assertTrue((int) report.get("faults") > 0, report::toString);
        assertTrue((int) report.get("books compared at the ends of cycles") > 0, report::toString);
    }
}
