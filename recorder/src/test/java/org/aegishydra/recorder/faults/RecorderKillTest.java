package org.aegishydra.recorder.faults;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;
import java.util.concurrent.TimeUnit;
import org.aegishydra.core.journal.Dialect;
import org.aegishydra.core.journal.RecordKind;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.CleanupMode;
import org.junit.jupiter.api.io.TempDir;

/**
 * Recorders under load that are killed with SIGKILL at random moments, one after the other, on one journal. The long form:
 * {@code -Daegis.kills=200}; another seed: {@code -Daegis.seed=7}.
 */
@Timeout(value = 3, unit = TimeUnit.HOURS)
class RecorderKillTest {
    private static final int KILLS = Integer.getInteger("aegis.kills", 20);
    private static final long SEED = Long.getLong("aegis.seed", System.nanoTime());
    private static final int MESSAGES_PER_SECOND = 2000;
    private static final long LONGEST_WAIT_NS = TimeUnit.SECONDS.toNanos(2);
    private static final long LIMIT_MS = 60_000;

    /** Where many JVMs are started and each lives for a second only. */
    private static final List<String> QUICK_START =
            KILLS < 100 ? List.of("-XX:TieredStopAtLevel=1", "-XX:+UseSerialGC") : List.of();

    /** When a recorder dies. */
    private enum Moment {
        /** While a snapshot of five megabytes is sent or written. */
        SNAPSHOT,
        /** Within a third of a second of a minute's change. */
        ROLL,
        /** While messages come. */
        ANY
    }

    @TempDir(cleanup = CleanupMode.ON_SUCCESS)
    Path directory;

    private final SplittableRandom random = new SplittableRandom(SEED);
    private long killedInSnapshot;
    private long longestDelayNs = 40_000_000;

    private static Moment moment(int kill, boolean rolls) {
        if (kill % 3 == 1) {
            return Moment.SNAPSHOT;
        }
        return rolls && KILLS >= 100 && kill % 10 == 2 ? Moment.ROLL : Moment.ANY;
    }

    @Test
    void shouldLoseNothingThatWasCommitted() throws Exception {
        final Path journal = directory.resolve("journal");
        final boolean rolls = RecorderProcess.knows(directory, "--roll");
        final LoadSettings settings = LoadSettings.of(
                        Dialect.ADVANCED_TRADE, List.of("BTC-USD", "ETH-USD", "SOL-USD"), MESSAGES_PER_SECOND)
                .withDeepLevels(23_000)
                .withSeed(SEED);
        final List<String> arguments = new ArrayList<>(
                List.of("--product", String.join(",", settings.products()), "--journal", journal.toString()));
        if (rolls) {
            arguments.addAll(List.of("--roll", "minutely"));
        }
        try (LoadFeed feed = new LoadFeed(settings, directory.resolve("sent"));
                TailingReader reader = new TailingReader(journal, feed)) {
            arguments.addAll(List.of("--url", feed.url().toString()));
            for (int kill = 0; kill < KILLS; kill++) {
                killOne(feed, reader, arguments, kill, moment(kill, rolls));
            }
            try (RecorderProcess last = RecorderProcess.start(directory, QUICK_START, arguments)) {
                awaitMessages(reader, last, KILLS, 1000);
                reader.assertBooksOnceCaughtUp();
                last.terminate();
                assertEquals(0, last.exitCode(), last::errors);
            }
            final long sequence = reader.count(JournalAgreement::lastSequence);
            System.err.println(KILLS + " kills (seed " + SEED + "), " + killedInSnapshot
                    + " of them while a snapshot was on its way: " + sequence + " records, " + feed.messages()
                    + " messages sent, a new recorder's first record came within "
                    + reader.count(JournalAgreement::longestStartLagNs) / 1_000_000 + " ms, a reader missed it for "
                    + reader.count(JournalAgreement::longestBlindNs) / 1_000_000 + " ms");
            assertEquals(KILLS + 1, reader.count(agreement -> agreement.count(RecordKind.RECORDER_STARTED)));
            assertEquals(1, reader.count(agreement -> agreement.count(RecordKind.RECORDER_STOPPED)));
            assertEquals(0, reader.count(JournalAgreement::unusableMessages));
            assertEquals(List.of(), feed.violations());
            assertTrue(KILLS < 100 || killedInSnapshot >= KILLS / 5, killedInSnapshot + " were killed in a snapshot");
            assertTrue(reader.count(JournalAgreement::longestBlindNs) <= LONGEST_WAIT_NS, "a reader waited too long");
            try (JournalAgreement again = new JournalAgreement(journal, feed)) {
                assertEquals(sequence, again.advanceToEnd().lastSequence());
            }
        }
    }

    private void killOne(LoadFeed feed, TailingReader reader, List<String> arguments, int kill, Moment moment)
            throws Exception {
        final long snapshots = feed.snapshotsBegun();
        final long largeBefore = kill == 0 ? 0 : reader.count(JournalAgreement::largeMessages);
        try (RecorderProcess recorder = RecorderProcess.start(directory, QUICK_START, arguments)) {
            switch (moment) {
                case SNAPSHOT -> {
                    assertTrue(feed.awaitSnapshots(snapshots + 1, LIMIT_MS), () -> said(kill, recorder));
                    TimeUnit.NANOSECONDS.sleep(random.nextLong(longestDelayNs));
                }
                case ROLL -> {
                    awaitMessages(reader, recorder, kill, 1);
                    final long toMinute = 60_000 - System.currentTimeMillis() % 60_000;
                    Thread.sleep(Math.max(0, toMinute - 300 + random.nextInt(600)));
                }
                case ANY -> {
                    awaitMessages(reader, recorder, kill, 1 + random.nextInt(200));
                    TimeUnit.MICROSECONDS.sleep(random.nextInt(200_000));
                }
            }
            recorder.kill();
            if (moment == Moment.SNAPSHOT) {
                final boolean committed = reader.count(JournalAgreement::largeMessages) > largeBefore;
                killedInSnapshot += committed ? 0 : 1;
                // Most kills are to come shortly before the commit, whatever the machine's speed.
                longestDelayNs = (long) (longestDelayNs * (committed ? 0.7 : 1.1)) + 1000;
            }
        }
        reader.count(JournalAgreement::lastSequence);
        assertEquals(kill + 1, reader.runs(), "recorders that said in the journal that they started");
    }

    private static String said(int kill, RecorderProcess recorder) {
        return "after " + kill + " kills (seed " + SEED + ") a recorder does not go on: " + recorder.state();
    }

    /** Waits until the recorder that follows so many kills has recorded so many messages. */
    private static void awaitMessages(TailingReader reader, RecorderProcess recorder, int kill, long messages)
            throws InterruptedException {
        final long deadlineNs = System.nanoTime() + TimeUnit.MILLISECONDS.toNanos(LIMIT_MS);
        while (reader.runs() < kill + 1 || reader.runMessages() < messages) {
            reader.check();
            assertTrue(recorder.isAlive() && System.nanoTime() < deadlineNs, () -> said(kill, recorder));
            Thread.sleep(1);
        }
    }
}
