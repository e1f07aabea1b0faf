package org.aegishydra.core.latency;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.BufferedReader;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

@Timeout(60)
class SafepointTest {
    @TempDir
    Path directory;

    /** Collects three times, and prints when each time began. */
    static final class Collecting {
        private Collecting() {}

        public static void main(String[] args) throws InterruptedException {
            for (int i = 0; i < 3; i++) {
                System.out.println(System.nanoTime());
                System.gc();
                // The line in the log is stamped when it is written, which may be a moment later.
                Thread.sleep(100);
            }
        }
    }

    @Test
    void shouldFindTheCollectionsOfAJvmWithinTheirTimes() throws Exception {
        final Path log = directory.resolve("safepoints.log");
        final Process jvm = new ProcessBuilder(
                        Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                        "-XX:+UseSerialGC",
                        Safepoint.logFlag(log),
                        "-cp",
                        System.getProperty("java.class.path"),
                        Collecting.class.getName())
                .redirectError(ProcessBuilder.Redirect.INHERIT)
                .start();
        final List<String> lines;
        try (BufferedReader output =
                new BufferedReader(new InputStreamReader(jvm.getInputStream(), StandardCharsets.UTF_8))) {
            lines = output.lines().toList();
        }
        assertTrue(jvm.waitFor(30, TimeUnit.SECONDS));
        final List<Safepoint> collections = Safepoint.read(log).stream()
                .filter(safepoint -> safepoint.operation().contains("Collect")
                        || safepoint.operation().contains("GC"))
                .toList();
        assertEquals(3, lines.size());
        for (int i = 0; i < lines.size(); i++) {
            final long beginNs = Long.parseLong(lines.get(i));
            final long endNs = i + 1 < lines.size() ? Long.parseLong(lines.get(i + 1)) : Long.MAX_VALUE;
            assertEquals(
                    1,
                    collections.stream()
                            .filter(safepoint -> safepoint.beginNs() >= beginNs && safepoint.beginNs() < endNs)
                            .count(),
                    () -> "collections " + collections + " from " + beginNs + " to " + endNs);
        }
    }
}
