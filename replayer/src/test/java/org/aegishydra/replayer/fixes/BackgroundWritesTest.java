package org.aegishydra.replayer.fixes;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.io.RandomAccessFile;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;
import java.util.function.IntPredicate;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class BackgroundWritesTest {
    /** More than may wait. */
    private static final int WRITES = 2 * BackgroundWrites.QUEUE_LENGTH;

    @TempDir
    Path directory;

    @Test
    void shouldKeepTheOrderOfTheWritesToAFile() throws IOException {
        final Path log = directory.resolve("log");
        final Path trades = directory.resolve("trades");
        try (BackgroundWrites writes = new BackgroundWrites()) {
            for (int i = 0; i < WRITES; i++) {
                writes.append(i % 3 == 0 ? trades : log, i + "\n");
            }
        }
        assertInOrder(log, i -> i % 3 != 0);
        assertInOrder(trades, i -> i % 3 == 0);
    }

    private static void assertInOrder(Path file, IntPredicate belongs) throws IOException {
        final List<String> expected = IntStream.range(0, WRITES)
                .filter(belongs)
                .mapToObj(Integer::toString)
                .toList();
        final List<String> lines = Files.readAllLines(file);
        assertEquals(expected.size(), lines.size());
        for (int i = 0; i < lines.size(); i++) {
            assertEquals(expected.get(i), lines.get(i), "line " + i);
        }
    }

    @Test
    void shouldWriteTheRowsAsTheyWereWhenTheyWereHandedOver() throws IOException {
        final Path state = directory.resolve("state");
        final Deque<String> rows = new ArrayDeque<>(List.of("1"));
        try (BackgroundWrites writes = new BackgroundWrites()) {
            writes.replace(state, rows);
            rows.clear();
        }
        assertEquals("[\n1\n]\n", Files.readString(state));
    }

    @Test
    void shouldFailIfAWriteFailed() {
        final BackgroundWrites writes = new BackgroundWrites();
        writes.append(directory.resolve("not/there"), "lost");
        assertThrows(UncheckedIOException.class, writes::close);
    }

    /** To open a named pipe for writing waits until somebody has opened it for reading. */
    @Test
    void shouldTellHowManyWritesWait() throws IOException, InterruptedException {
        final Path pipe = directory.resolve("pipe");
        assumeTrue(new ProcessBuilder("mkfifo", pipe.toString()).start().waitFor() == 0);
        final BackgroundWrites writes = new BackgroundWrites();
        assertEquals(0, writes.waiting());
        for (int i = 0; i < 10; i++) {
            writes.append(pipe, "row\n");
        }
        // One may be at work by now.
        assertTrue(writes.waiting() >= 9);
        try (RandomAccessFile reader = new RandomAccessFile(pipe.toFile(), "rw")) {
            writes.close();
            assertEquals("row", reader.readLine());
        }
        assertEquals(0, writes.waiting());
    }
}
