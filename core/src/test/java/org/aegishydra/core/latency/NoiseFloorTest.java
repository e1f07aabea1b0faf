package org.aegishydra.core.latency;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.agrona.BufferUtil;
import org.agrona.concurrent.UnsafeBuffer;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;

class NoiseFloorTest {
    private static final int PAGE_BYTES = 4096;
    private static final int PAGES = 20_000;

    @TempDir
    Path directory;

    private static void spin(long ns) {
        final long beginNs = System.nanoTime();
        while (System.nanoTime() - beginNs < ns) {
            Thread.onSpinWait();
        }
    }

    @Test
    void shouldMeasureUntilItIsStopped() {
        try (NoiseFloor noise = NoiseFloor.beside()) {
            final LatencyFigures figures = noise.stop();
            assertTrue(figures.count() > 0);
            assertEquals(figures, noise.stop(), "nothing is measured after the stop");
            assertFalse(figures.maxNs() < figures.p50Ns());
        }
    }

    @Test
    void shouldNotTakeACollectionForTheMachine() throws InterruptedException {
        try (NoiseFloor noise = NoiseFloor.beside()) {
            long collectedNs = 0;
            for (int i = 0; i < 20; i++) {
                TimeUnit.MILLISECONDS.sleep(3);
                final long beginNs = System.nanoTime();
                System.gc();
                collectedNs += System.nanoTime() - beginNs;
            }
            final LatencyFigures figures = noise.stop();
            // Whoever counted the collections would be late by nearly all of their time.
            final double lateNs = figures.meanNs() * figures.count();
            assertTrue(lateNs < 0.5 * collectedNs, figures + " beside " + collectedNs + " ns of collections");
        }
    }

    @Test
    @EnabledOnOs(OS.LINUX)
    void shouldTellWhenABusyThreadDidNotRun() throws InterruptedException {
        try (NoiseFloor noise = NoiseFloor.besideBusyThread()) {
            spin(5_000_000);
            final long beginNs = System.nanoTime();
            TimeUnit.MILLISECONDS.sleep(50);
            final long endNs = System.nanoTime();
            spin(5_000_000);
            noise.stop();
            final long offNs = noise.windows().stream()
                    .filter(window -> window.overlaps(beginNs, endNs))
                    .mapToLong(window -> window.offCpuNs() + Math.max(0, window.runDelayNs()))
                    .sum();
            assertTrue(offNs >= (endNs - beginNs) / 2, offNs + " of " + (endNs - beginNs) + " ns");
        }
    }

    @Test
    @EnabledOnOs(OS.LINUX)
    void shouldKeepTheFaultsOfTheWatchedThreadWithTheirTime() {
        try (NoiseFloor noise = NoiseFloor.beside()) {
            spin(5_000_000);
            final long beginNs = System.nanoTime();
            final UnsafeBuffer memory =
                    new UnsafeBuffer(BufferUtil.allocateDirectAligned(PAGES * PAGE_BYTES, PAGE_BYTES));
            for (int page = 0; page < PAGES; page++) {
                memory.putByte(page * PAGE_BYTES, (byte) 1);
            }
            final long endNs = System.nanoTime();
            spin(5_000_000);
            noise.stop();
            final long faults = noise.windows().stream()
                    .filter(window -> window.overlaps(beginNs, endNs))
                    .mapToLong(StallWindow::minorFaults)
                    .sum();
            // Huge pages would take 512 at a time.
            assertTrue(faults >= PAGES / 512, faults + " faults");
            assertEquals(0, noise.forgottenWindows());
        }
    }

    @Test
    void shouldReadBackTheWindowsThatItWrote() {
        final List<StallWindow> windows = List.of(
                new StallWindow(10, 20, 1, 2, ThreadCounters.UNKNOWN, 4, 5, 6),
                new StallWindow(20, 35, 0, 0, 0, 9, 0, 7));
        final Path file = directory.resolve("stalls.jsonl");
        StallWindow.write(file, windows);
        assertEquals(windows, StallWindow.read(file));
        assertTrue(windows.get(0).overlaps(19, 30));
        assertFalse(windows.get(0).overlaps(20, 30));
        assertFalse(windows.get(0).overlaps(0, 10));
    }
}
