package org.aegishydra.core.journal;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.NavigableMap;
import java.util.Random;
import java.util.concurrent.ConcurrentSkipListMap;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import java.util.function.BooleanSupplier;
import org.aegishydra.core.command.JvmFlags;
import org.aegishydra.core.journal.CrashingWriter.Phase;
import org.agrona.IoUtil;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * Kills a writing process again and again, at moments that are aimed at, and starts another one in the same directory
 * while a reader tails. The number of kills is the system property {@code aegis.crash.kills}, the seed of the moments
 * {@code aegis.crash.seed}.
 */
class JournalCrashTest {
    static final JournalFormat FORMAT = new JournalFormat(Roll.MINUTELY, 64L << 20);
    static final long CYCLE_NS = 60_000_000_000L;

    private static final int KILLS = Integer.getInteger("aegis.crash.kills", 10);
    private static final long SEED = Long.getLong("aegis.crash.seed", 1);

    /** After how many kills a new journal is begun, so that a long run fills no disk. */
    private static final int KILLS_PER_JOURNAL = 10;

    private static final int LARGE_EVERY = 257;
    private static final long PATIENCE_NS = TimeUnit.SECONDS.toNanos(60);
    private static final long LONGEST_WAIT_NS = TimeUnit.SECONDS.toNanos(2);

    @TempDir
    Path directory;

    private final Random random = new Random(SEED);

    /** What is tried in a row: what the killer aims at, and for how long after it the writer lives on at most. */
    private record Aim(Phase phase, long delayNs) {}

    private static final List<Aim> AIMS = List.of(
            new Aim(Phase.ROLLING, 2_000_000),
            new Aim(Phase.APPENDING_LARGE, 4_000_000),
            new Aim(Phase.ROLLING, 300_000),
            new Aim(Phase.OPENING, 500_000_000),
            new Aim(Phase.APPENDING, 20_000_000));

    @Test
    void shouldLoseNothingWhenTheWriterIsKilledAtAnyMoment() throws Exception {
        long longestWaitNs = 0;
        for (int kill = 0; kill < KILLS; kill += KILLS_PER_JOURNAL) {
            final Path journal = directory.resolve("journal-" + kill);
            longestWaitNs =
                    Math.max(longestWaitNs, killInARow(journal, Math.min(KILLS_PER_JOURNAL, KILLS - kill), kill));
            IoUtil.delete(journal.toFile(), false);
        }
        System.out.println(KILLS + " kills, longest wait of a reader after a restart: "
                + TimeUnit.NANOSECONDS.toMicros(longestWaitNs) + " µs");
    }

    private long killInARow(Path journalDirectory, int kills, int firstKill) throws Exception {
        // Few, for many rolls; or more than one page of Chronicle's index holds.
        final int recordsPerCycle = random.nextBoolean() ? 300 + random.nextInt(3000) : 40_000 + random.nextInt(40_000);
        final KnownRecords records = new KnownRecords(recordsPerCycle, CYCLE_NS, LARGE_EVERY);
        final Path progressFile = directory.resolve("progress-" + firstKill);
        Files.createDirectories(journalDirectory);
        long longestWaitNs = 0;
        try (CrashProgress progress = CrashProgress.open(progressFile);
                LiveReader reader = new LiveReader(journalDirectory, records)) {
            for (int kill = 0; kill <= kills; kill++) {
                progress.restart();
                final long lastBefore = progress.lastSequence();
                final Process writer = start(journalDirectory, progressFile, recordsPerCycle);
                final Aim aim = kill == kills ? AIMS.get(0) : AIMS.get((firstKill + kill) % AIMS.size());
                final String where = "kill " + (firstKill + kill) + " at " + aim.phase();
                try {
                    aimAndKill(writer, progress, aim, kill == kills);
                } finally {
                    writer.destroyForcibly().waitFor();
                }
                final long last = lastSequence(journalDirectory);
                assertTrue(
                        last >= progress.lastSequence(),
                        () -> where + ": record " + progress.lastSequence() + " was appended, but the last is " + last);
                reader.await(last, where);
                if (progress.firstSequence() != 0) {
                    assertTrue(progress.firstSequence() > lastBefore, where);
                    final long waitNs = reader.waitNs(progress.firstSequence(), progress.firstTimeNs());
                    longestWaitNs = Math.max(longestWaitNs, waitNs);
                    assertTrue(waitNs < LONGEST_WAIT_NS, () -> where + ": a reader waited " + waitNs + " ns");
                }
            }
        }
        assertEquals(lastSequence(journalDirectory), readAll(journalDirectory, records));
        return longestWaitNs;
    }

    private void aimAndKill(Process writer, CrashProgress progress, Aim aim, boolean lastOne) {
        final BooleanSupplier reached = () ->
                progress.phase() == aim.phase() && (aim.phase() == Phase.OPENING || progress.firstSequence() != 0);
        await(() -> {
            assertTrue(writer.isAlive(), "the writer ended by itself");
            return lastOne ? progress.firstSequence() != 0 : reached.getAsBoolean();
        });
        final long killAtNs = System.nanoTime() + (long) (random.nextDouble() * aim.delayNs());
        while (System.nanoTime() - killAtNs < 0) {
            Thread.onSpinWait();
        }
        writer.destroyForcibly();
    }

    private Process start(Path journal, Path progress, int recordsPerCycle) throws IOException {
        return new ProcessBuilder(JvmFlags.command(
                        JvmFlags.aegisHome(),
                        "-XX:TieredStopAtLevel=1",
                        "-XX:+UseSerialGC",
                        "-Xmx128m",
                        "-cp",
                        System.getProperty("java.class.path"),
                        CrashingWriter.class.getName(),
                        journal.toString(),
                        progress.toString(),
                        Integer.toString(recordsPerCycle),
                        Integer.toString(LARGE_EVERY)))
                .inheritIO()
                .start();
    }

    private static long lastSequence(Path directory) {
        if (!Journal.exists(directory)) {
            return 0;
        }
        try (JournalTailer tailer = Journal.open(directory, FORMAT).tailer()) {
            final RecordHeader last = tailer.readLast();
            return last == null ? 0 : last.sequence();
        }
    }

    private static long readAll(Path directory, KnownRecords records) {
        final long[] last = {0};
        try (JournalTailer tailer = Journal.open(directory, FORMAT).tailer().verifyChecksums(true)) {
            final RecordHandler check = (header, buffer, offset, length) -> {
                assertEquals(last[0] + 1, header.sequence());
                records.check(header, buffer, offset, length);
                last[0] = header.sequence();
            };
            int polled;
            do {
                polled = tailer.poll(check, 1024);
            } while (polled > 0);
        }
        return last[0];
    }

    private static void await(BooleanSupplier condition) {
        final long deadlineNs = System.nanoTime() + PATIENCE_NS;
        while (!condition.getAsBoolean()) {
            assertTrue(System.nanoTime() < deadlineNs, "waited too long");
            LockSupport.parkNanos(10_000);
        }
    }

    /** A thread that tails the journal all the time, over every kill. */
    private static final class LiveReader implements AutoCloseable {
        private final Path directory;
        private final KnownRecords records;
        private final Thread thread = new Thread(this::run, "live-reader");
        private volatile boolean closed;
        private volatile long sequence;
        private volatile Throwable failure;
        private final NavigableMap<Long, Long> batches = new ConcurrentSkipListMap<>();

        LiveReader(Path directory, KnownRecords records) {
            this.directory = directory;
            this.records = records;
            thread.start();
        }

        private void run() {
            try {
                while (!closed && !Journal.exists(directory)) {
                    LockSupport.parkNanos(1_000_000);
                }
                try (JournalTailer tailer = Journal.open(directory, FORMAT).tailer()) {
                    final long[] last = {0};
                    while (!closed) {
                        final int polled = tailer.poll(
                                (header, buffer, offset, length) -> {
                                    records.check(header, buffer, offset, length);
                                    last[0] = header.sequence();
                                },
                                16);
                        if (polled > 0) {
                            batches.put(last[0], System.nanoTime());
                            sequence = last[0];
                        } else {
                            LockSupport.parkNanos(50_000);
                        }
                    }
                }
            } catch (final Throwable e) {
                failure = e;
            }
        }

        void await(long last, String where) {
            JournalCrashTest.await(() -> {
                assertNull(failure, () -> where + ": " + failure);
                return sequence >= last;
            });
            assertEquals(last, sequence, where);
        }

        /** How long after a moment the reader had read a record. */
        long waitNs(long record, long sinceNs) {
            final var batch = batches.ceilingEntry(record);
            assertNotNull(batch);
            return batch.getValue() - sinceNs;
        }

        @Override
        public void close() {
            closed = true;
            JournalCrashTest.await(() -> !thread.isAlive());
        }
    }
}
