package org.aegishydra.trader;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.concurrent.atomic.AtomicReference;
import org.aegishydra.core.command.UsageException;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What the kernel says of a thread, not what the library does. */
class ThreadPinningTest {
    private static final Path STATUS = Path.of("/proc/thread-self/status");
    private static final String KEY = "Cpus_allowed_list:";

    @BeforeEach
    void needLinux() {
        assumeTrue(Files.isReadable(STATUS), "the kernel tells no thread's CPUs here");
    }

    private static String cpus() throws IOException {
        return Files.readAllLines(STATUS).stream()
                .filter(line -> line.startsWith(KEY))
                .map(line -> line.substring(KEY.length()).strip())
                .findFirst()
                .orElseThrow();
    }

    private static String cpusOfANewThread() throws InterruptedException {
        final AtomicReference<String> found = new AtomicReference<>();
        final Thread thread = new Thread(() -> {
            try {
                found.set(cpus());
            } catch (final IOException e) {
                found.set(e.toString());
            }
        });
        thread.start();
        thread.join();
        return found.get();
    }

    private static int lastOf(String cpus) {
        return Integer.parseInt(cpus.substring(1 + Math.max(cpus.lastIndexOf('-'), cpus.lastIndexOf(','))));
    }

    @Test
    void shouldGiveTheThreadACpuThatThoseStartedBeforeKeepOff() throws Exception {
        final String all = cpus();
        final int cpu = lastOf(all);
        final ThreadPinning pinning = ThreadPinning.to(cpu);
        assertEquals(all, cpus(), "nothing changes before it is told to");
        try {
            pinning.keepOff();
            final String others = cpusOfANewThread();
            pinning.pin();
            assertEquals(Integer.toString(cpu), cpus());
            if (!all.equals(Integer.toString(cpu))) {
                assertTrue(lastOf(others) < cpu, others);
            }
        } finally {
            pinning.release();
        }
        assertEquals(all, cpus());
        assertEquals(all, cpusOfANewThread());
        assertEquals(cpu, pinning.cpu());
    }

    @ParameterizedTest
    @ValueSource(ints = {-1, 1023, 100_000})
    void shouldNameTheCpusThatThereAre(int cpu) throws IOException {
        final String all = cpus();
        final String message =
                assertThrows(UsageException.class, () -> ThreadPinning.to(cpu)).getMessage();
        assertTrue(message.startsWith("--cpu " + cpu + ": this process may run on the CPUs "), message);
        assertTrue(message.endsWith(Integer.toString(lastOf(all))), message);
        assertEquals(all, cpus());
    }
}
