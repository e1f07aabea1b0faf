package org.aegishydra.jmh.journal;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Locale;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import org.HdrHistogram.Histogram;
import org.aegishydra.core.journal.Dialect;
import org.aegishydra.core.journal.Journal;
import org.aegishydra.core.journal.JournalAppender;
import org.aegishydra.core.journal.JournalFormat;
import org.aegishydra.core.journal.JournalSync;
import org.aegishydra.core.journal.RecordKind;
import org.aegishydra.core.journal.Roll;
import org.agrona.concurrent.UnsafeBuffer;

/**
 * How long appends wait: a program that appends payloads of {@value #PAYLOAD_BYTES} bytes to a journal on the disk that
 * its first argument names, at a rate and at full speed, with and without pages populated ahead,
 * and with a sync a second, in turns. Prints a line
 * a trial: percentiles of the time from when an append was due (at a rate) or began (at full speed) to its return.
 */
public final class AppendLatency {
    private static final int PAYLOAD_BYTES = 770;
    private static final int RATE_PER_SECOND = 2_000;
    private static final int WARM_UP_RECORDS = 50_000;
    private static final long ROLL_EVERY_NS = TimeUnit.SECONDS.toNanos(5);

    private AppendLatency() {}

    private enum Variant {
        PLAIN(0, false),
        AHEAD_8_MIB(8L << 20, false),
        AHEAD_64_MIB(64L << 20, false),
        AHEAD_SYNCED(64L << 20, true);

        private final long aheadBytes;
        private final boolean isSynced;

        Variant(long aheadBytes, boolean isSynced) {
            this.aheadBytes = aheadBytes;
            this.isSynced = isSynced;
        }
    }

    /**
     * Runs the trials.
     *
     * @param args directory for the journals, seconds a trial, rounds, the most megabytes that a trial at full speed
     *     writes, 0 for none.
     */
    public static void main(String[] args) throws IOException {
        final Path directory = Files.createTempDirectory(Files.createDirectories(Path.of(args[0])), "append");
        final long trialNs = TimeUnit.SECONDS.toNanos(Long.parseLong(args[1]));
        final int rounds = Integer.parseInt(args[2]);
        final long limitRecords = (Long.parseLong(args[3]) << 20) / PAYLOAD_BYTES;
        System.out.println(
                "rate     variant        records        p50 µs    p99 µs  p99.9 µs p99.99 µs    max µs  slowest roll µs");
        for (int round = 0; round < rounds; round++) {
            for (final int rate : new int[] {RATE_PER_SECOND, 0}) {
                for (final Variant variant : Variant.values()) {
                    final Path journal = directory.resolve("journal");
                    trial(journal, variant, rate, trialNs, limitRecords);
                    RecordedMarket.deleteAll(journal);
                }
            }
        }
        Files.delete(directory);
    }

    @SuppressWarnings("try") // the syncs run beside, until the end
    private static void trial(Path directory, Variant variant, int rate, long trialNs, long limitRecords) {
        final Histogram waits = new Histogram(TimeUnit.MINUTES.toNanos(1), 3);
        final UnsafeBuffer payload = new UnsafeBuffer(new byte[PAYLOAD_BYTES]);
        payload.setMemory(0, PAYLOAD_BYTES, (byte) 'x');
        final long rollNs = Roll.MINUTELY.lengthNs();
        long slowestRollNs = 0;
        long records = 0;
        final Journal journal = Journal.create(directory, JournalFormat.MARKET.withRoll(Roll.MINUTELY));
        final Syncs syncs = variant.isSynced ? new Syncs(journal) : null;
        try (JournalAppender appender = journal.appender()) {
            if (variant.aheadBytes > 0) {
                appender.populateAhead(variant.aheadBytes, 4L << 30, System.out::println);
            }
            for (int i = 0; i < WARM_UP_RECORDS; i++) {
                append(appender, rollNs, payload);
            }
            final long startNs = System.nanoTime();
            final long intervalNs = rate == 0 ? 0 : TimeUnit.SECONDS.toNanos(1) / rate;
            long lastRoll = 0;
            for (long dueNs = startNs; dueNs - startNs < trialNs && (rate != 0 || records < limitRecords); records++) {
                if (rate == 0) {
                    dueNs = System.nanoTime();
                } else {
                    dueNs += intervalNs;
                    awaitUntil(dueNs);
                }
                // At a rate, a roll now and then; at full speed one file, as a day's is.
                final long roll = rate == 0 ? 0 : (dueNs - startNs) / ROLL_EVERY_NS;
                append(appender, (roll + 1) * rollNs, payload);
                final long waitedNs = System.nanoTime() - dueNs;
                if (roll != lastRoll) {
                    slowestRollNs = Math.max(slowestRollNs, waitedNs);
                    lastRoll = roll;
                } else {
                    waits.recordValue(Math.max(0, waitedNs));
                }
            }
        }
        if (syncs != null) {
            syncs.close();
        }
        System.out.println(String.format(
                Locale.ROOT,
                "%-8s %-13s %8d %13.1f %9.1f %9.1f %9.1f %9.1f %16.1f",
                rate == 0 ? "max" : rate + "/s",
                variant.name().toLowerCase(Locale.ROOT),
                records,
                waits.getValueAtPercentile(50) / 1e3,
                waits.getValueAtPercentile(99) / 1e3,
                waits.getValueAtPercentile(99.9) / 1e3,
                waits.getValueAtPercentile(99.99) / 1e3,
                waits.getMaxValue() / 1e3,
                slowestRollNs / 1e3));
    }

    /** A thread that syncs a journal once a second, and prints how long that took. */
    private static final class Syncs {
        private final Journal journal;
        private final Histogram times = new Histogram(TimeUnit.MINUTES.toNanos(1), 3);
        private final Thread thread = new Thread(this::run, "sync");
        private volatile boolean closed;

        Syncs(Journal journal) {
            this.journal = journal;
            thread.start();
        }

        private void run() {
            try (JournalSync sync = new JournalSync(journal)) {
                while (!closed) {
                    LockSupport.parkNanos(TimeUnit.SECONDS.toNanos(1));
                    final long startNs = System.nanoTime();
                    sync.sync();
                    times.recordValue(System.nanoTime() - startNs);
                }
            }
        }

        void close() {
            closed = true;
            LockSupport.unpark(thread);
            while (thread.isAlive()) {
                LockSupport.parkNanos(1_000_000);
            }
            System.out.println(String.format(
                    Locale.ROOT,
                    "         %d syncs: p50 %.1f ms, max %.1f ms",
                    times.getTotalCount(),
                    times.getValueAtPercentile(50) / 1e6,
                    times.getMaxValue() / 1e6));
        }
    }

    private static void append(JournalAppender appender, long wallNs, UnsafeBuffer payload) {
        appender.append(RecordKind.MESSAGE, Dialect.EXCHANGE, 1, wallNs, 0, payload, 0, PAYLOAD_BYTES);
    }

    private static void awaitUntil(long dueNs) {
        for (long leftNs = dueNs - System.nanoTime(); leftNs > 0; leftNs = dueNs - System.nanoTime()) {
            if (leftNs > 100_000) {
                LockSupport.parkNanos(leftNs - 100_000);
            } else {
                Thread.onSpinWait();
            }
        }
    }
}
