package org.aegishydra.core.latency;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.sun.management.ThreadMXBean;
import java.lang.management.ManagementFactory;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.concurrent.TimeUnit;
import org.agrona.concurrent.UnsafeBuffer;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;

@EnabledOnOs(OS.LINUX)
class ThreadCountersTest {
    private static final int PAGE_BYTES = 4096;

    @Test
    void shouldCountTheFaultsOfFreshPages() {
        try (ThreadCounters counters = ThreadCounters.ofThisThread()) {
            final long before = counters.minorFaults();
            final int pages = 20_000;
            // Fresh memory from the system, each page touched once; huge pages would take 512 of them at a time.
            final UnsafeBuffer memory =
                    new UnsafeBuffer(org.agrona.BufferUtil.allocateDirectAligned(pages * PAGE_BYTES, PAGE_BYTES));
            for (int page = 0; page < pages; page++) {
                memory.putByte(page * PAGE_BYTES, (byte) 1);
            }
            counters.read();
            assertTrue(counters.minorFaults() - before >= pages / 512, before + " -> " + counters.minorFaults());
        }
    }

    @Test
    void shouldCountHowLongAThreadHadNoCpu() throws Exception {
        final int rivals = 2 * Runtime.getRuntime().availableProcessors();
        final Thread[] threads = new Thread[rivals];
        try (ThreadCounters counters = ThreadCounters.ofThisThread()) {
            for (int i = 0; i < rivals; i++) {
                threads[i] = new Thread(() -> {
                    while (!Thread.currentThread().isInterrupted()) {
                        Thread.onSpinWait();
                    }
                });
                threads[i].setDaemon(true);
                threads[i].start();
            }
            final long before = counters.runDelayNs();
            final long deadlineNs = System.nanoTime() + TimeUnit.SECONDS.toNanos(60);
            while (counters.runDelayNs() - before < 1_000_000 && System.nanoTime() < deadlineNs) {
                counters.read();
            }
            assertTrue(counters.runDelayNs() - before >= 1_000_000, before + " -> " + counters.runDelayNs());
        } finally {
            for (final Thread thread : threads) {
                thread.interrupt();
                thread.join();
            }
        }
    }

    @Test
    void shouldTellBlockDelayOnlyWhereTheKernelCountsIt() throws Exception {
        final Path accounting = Path.of("/proc/sys/kernel/task_delayacct");
        final boolean counted =
                Files.exists(accounting) && Files.readString(accounting).trim().equals("1");
        try (ThreadCounters counters = ThreadCounters.ofThisThread()) {
            assertEquals(counted, counters.blockDelayNs() != ThreadCounters.UNKNOWN);
        }
    }

    @Test
    void shouldReadTheFieldsBehindANameThatHoldsParentheses() throws Exception {
        final long[] faults = new long[2];
        final Thread thread = new Thread(
                () -> {
                    try (ThreadCounters counters = ThreadCounters.ofThisThread()) {
                        faults[0] = counters.minorFaults();
                        faults[1] = counters.runDelayNs();
                    }
                },
                "a) R 1 (b 9");
        thread.start();
        thread.join();
        // A field too early or too late would be a process id, or flags of millions.
        assertTrue(faults[0] > 0 && faults[0] < 100_000, "faults " + faults[0]);
        assertTrue(faults[1] >= 0);
    }

    @Test
    void shouldAllocateNothing() {
        final ThreadMXBean threads = (ThreadMXBean) ManagementFactory.getThreadMXBean();
        try (ThreadCounters counters = ThreadCounters.ofThisThread()) {
            for (int i = 0; i < 20_000; i++) {
                counters.read();
            }
            final long before = threads.getCurrentThreadAllocatedBytes();
            for (int i = 0; i < 10_000; i++) {
                counters.read();
            }
            final long allocated = threads.getCurrentThreadAllocatedBytes() - before;
            assertTrue(allocated < 10_000, allocated + " bytes in 10,000 readings");
        }
    }
}
