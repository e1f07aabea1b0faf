package org.aegishydra.replayer.trial;

import com.fasterxml.jackson.databind.PropertyNamingStrategies;
import com.fasterxml.jackson.databind.annotation.JsonNaming;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import org.agrona.BufferUtil;

/**
 * A disturbance of known cause and size that a trial adds to its steps, to learn what a verification finds of it.
 *
 * @param kind what is done.
 * @param amount how much: microseconds of a stall, KiB that are written or touched, milliseconds for which another process is busy at a time;
 *     no meaning for a collection.
 * @param everySteps in which steps: those whose number it divides; milliseconds between two bursts of another process.
 */
@JsonNaming(PropertyNamingStrategies.SnakeCaseStrategy.class)
public record Injection(Kind kind, int amount, int everySteps) {
    private static final int KIB = 1024;
    private static final int PAGE_BYTES = 4096;

    /** What is done in a step. */
    public enum Kind {
        /** The thread is busy with nothing. */
        STALL,
        /** A full collection. */
        COLLECTION,
        /** A file is written, and waited for until it is on the disk. */
        SYNCHRONOUS_WRITE,
        /** Memory is touched for the first time. */
        PAGE_FAULTS,
        /** Nothing in the step: another process competes for the thread's CPU. */
        BUSY_PROCESS
    }

    /** Whether a step is disturbed. */
    public boolean hits(long step) {
        return kind != Kind.BUSY_PROCESS && step % everySteps == 0;
    }

    /** Does it. */
    void run(Path directory) {
        switch (kind) {
            case STALL -> stall();
            case COLLECTION -> System.gc();
            case SYNCHRONOUS_WRITE -> write(directory.resolve("injected"));
            case PAGE_FAULTS -> touch();
            default -> throw new IllegalStateException(kind + " is done by another process");
        }
    }

    private void stall() {
        final long endNs = System.nanoTime() + amount * 1_000L;
        while (System.nanoTime() < endNs) {
            Thread.onSpinWait();
        }
    }

    private void write(Path file) {
        try (FileChannel channel = FileChannel.open(
                file, StandardOpenOption.CREATE, StandardOpenOption.WRITE, StandardOpenOption.TRUNCATE_EXISTING)) {
            channel.write(ByteBuffer.allocate(amount * KIB));
            channel.force(true);
        } catch (final IOException e) {
            throw new UncheckedIOException("cannot write " + file, e);
        }
    }

    /** Pages that the process never had: a file's, of which nothing is in memory. */
    private void touch() {
        try {
            final Path file = java.nio.file.Files.createTempFile("aegis-injected", ".pages");
            try (FileChannel channel = FileChannel.open(
                    file, StandardOpenOption.READ, StandardOpenOption.WRITE, StandardOpenOption.DELETE_ON_CLOSE)) {
                final ByteBuffer pages = channel.map(FileChannel.MapMode.READ_WRITE, 0, (long) amount * KIB);
                for (int at = 0; at < pages.capacity(); at += PAGE_BYTES) {
                    pages.put(at, (byte) 1);
                }
                // Else all of them would stay until a collection.
                BufferUtil.free(pages);
            }
        } catch (final IOException e) {
            throw new UncheckedIOException("cannot map a file", e);
        }
    }
}
