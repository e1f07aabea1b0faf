package org.aegishydra.recorder;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.ByteArrayOutputStream;
import java.io.OutputStream;
import java.io.PrintStream;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(60)
class SayingsTest {
    @Test
    void shouldPrintInOrderBeforeItEnds() throws Exception {
        final ByteArrayOutputStream printed = new ByteArrayOutputStream();
        final Sayings sayings = new Sayings(new PrintStream(printed, true, UTF_8));
        for (int i = 0; i < 100; i++) {
            sayings.print(i + "\n");
        }
        sayings.end();
        final List<String> lines = printed.toString(UTF_8).lines().toList();
        assertEquals(100, lines.size());
        assertEquals("99", lines.get(99));
    }

    @Test
    void shouldHoldUpNobodyWhereNobodyReads() throws Exception {
        final CountDownLatch read = new CountDownLatch(1);
        final ByteArrayOutputStream printed = new ByteArrayOutputStream();
        final Sayings sayings = new Sayings(new PrintStream(
                new OutputStream() {
                    @Override
                    public void write(int b) {
                        try {
                            read.await();
                        } catch (final InterruptedException e) {
                            Thread.currentThread().interrupt();
                        }
                        printed.write(b);
                    }
                },
                true,
                UTF_8));
        for (int i = 0; i < 5_000; i++) {
            sayings.print("line\n");
        }
        assertEquals(0, printed.size());
        read.countDown();
        sayings.end();
        final String text = printed.toString(UTF_8);
        assertTrue(text.contains("lines were not printed in time"), "what was left out is counted");
        assertTrue(text.lines().count() <= 1_100, "and the queue has a limit");
    }
}
