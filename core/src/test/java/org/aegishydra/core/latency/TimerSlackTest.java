package org.aegishydra.core.latency;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;

class TimerSlackTest {
    @Test
    void shouldWakeAThreadExactlyForAsLongAsItIsOpen() throws IOException {
        final Path thread = Path.of("/proc/thread-self");
        assumeTrue(Files.exists(thread), "only Linux tells a thread's timer slack");
        final Path file =
                Path.of("/proc").resolve(thread.toRealPath().getFileName()).resolve("timerslack_ns");
        assumeTrue(Files.isWritable(file), "this kernel does not let a thread choose its timer slack");
        final String before = Files.readString(file);
        final TimerSlack slack = TimerSlack.least();
        try {
            assertEquals("1", Files.readString(file).strip());
        } finally {
            slack.close();
        }
        assertEquals(before, Files.readString(file));
    }
}
