package org.aegishydra.replayer;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.stream.Stream;
import org.aegishydra.core.command.UsageException;
import org.aegishydra.core.journal.DiskGuard;
import org.aegishydra.core.journal.Journal;
import org.aegishydra.core.journal.JournalAppender;
import org.aegishydra.core.journal.JournalException;
import org.aegishydra.core.journal.JournalFormat;
import org.aegishydra.core.journal.RecordHandler;
import org.aegishydra.core.journal.RecordHeader;
import org.aegishydra.core.latency.LatencyFigures;
import org.aegishydra.core.run.RunSummary;
import org.agrona.DirectBuffer;

/**
 * Hands records on to a new journal, for readers that tail it as if they were received now: all of a record stays as it
 * was, its sequence and its wall time, the input of decisions, among it; only the monotonic time, from which latency is
 * measured, becomes that of handing over. What was handed over is whole at any time. Used by one thread.
 */
final class JournalRelay implements RecordHandler, AutoCloseable {
    private static final double NS_PER_SECOND = 1e9;

    /** As a recorder does, so that an append takes no longer than it would live. */
    private static final long POPULATED_AHEAD_BYTES = 64L << 20;

    /** What is written between two looks at the disk; far less than the least reserve. */
    private static final long LOOK_INTERVAL_BYTES = 64L << 20;

    private final Path directory;
    private final DiskGuard disk;
    private final JournalAppender appender;
    private final long startNs = System.nanoTime();
    private long firstSequence;
    private long firstTimeNs;
    private long lastTimeNs;
    private long payloadBytes;
    private long nextLookBytes;

    private JournalRelay(Path directory, JournalAppender appender, DiskGuard disk) {
        this.directory = directory;
        this.appender = appender;
        this.disk = disk;
    }

    /**
     * A relay to a journal that does not exist yet.
     *
     * @param format of the journal that the records are from.
     * @param disk ends the relay before the disk is full.
     * @throws UsageException if the directory is not new and not empty either.
     */
    static JournalRelay into(Path directory, JournalFormat format, DiskGuard disk) {
        if (Files.exists(directory) && !isEmptyDirectory(directory)) {
            throw new UsageException("--into " + directory
                    + ": is not empty; name a new directory, since a recording is never overwritten");
        }
        final JournalAppender appender = Journal.create(directory, format).appender();
        appender.populateAhead(POPULATED_AHEAD_BYTES, disk.reserveBytes(), System.err::println);
        return new JournalRelay(directory, appender, disk);
    }

    private static boolean isEmptyDirectory(Path directory) {
        if (!Files.isDirectory(directory)) {
            return false;
        }
        try (Stream<Path> files = Files.list(directory)) {
            return files.findAny().isEmpty();
        } catch (final IOException e) {
            throw new UncheckedIOException("cannot read --into " + directory, e);
        }
    }

    @Override
    public void onRecord(RecordHeader header, DirectBuffer buffer, int offset, int length) {
        if (firstSequence == 0) {
            firstSequence = header.sequence();
            firstTimeNs = header.eventTimeNs();
            appender.beginAt(firstSequence);
        }
        if (payloadBytes >= nextLookBytes) {
            requireRoom(header.sequence());
        }
        appender.append(
                header.kind(),
                header.dialect(),
                header.connectionId(),
                header.wallTimeNs(),
                System.nanoTime(),
                buffer,
                offset,
                length);
        lastTimeNs = header.eventTimeNs();
        payloadBytes += length;
    }

    private void requireRoom(long sequence) {
        if (disk.usableBytes() < disk.reserveBytes()) {
            throw new JournalException(
                    "--into " + directory + ": ended before record " + sequence + ", because the disk has "
                            + (disk.usableBytes() >> 20) + " MiB left and " + (disk.reserveBytes() >> 20)
                            + " MiB are to stay free: make room, or name a directory on another disk");
        }
        nextLookBytes = payloadBytes + LOOK_INTERVAL_BYTES;
    }

    /** What was handed over of a session by now. */
    RelaySummary summary(Path recording, Pace pace, ReplayRange range, ReplaySession session) {
        final long records = session.nextSequence() - range.firstSequence();
        return new RelaySummary(
                recording.toString(),
                directory.toString(),
                pace.toString(),
                new RunSummary.Range(
                        firstSequence,
                        appender.lastSequence(),
                        records,
                        Instant.ofEpochSecond(0, firstTimeNs).toString(),
                        Instant.ofEpochSecond(0, lastTimeNs).toString(),
                        (lastTimeNs - firstTimeNs) / NS_PER_SECOND),
                payloadBytes,
                (System.nanoTime() - startNs) / NS_PER_SECOND,
                records == range.records(),
                pace.isMax() ? null : LatencyFigures.of(session.lateness()),
                pace.isMax() ? null : LatencyFigures.of(session.ownLateness()));
    }

    @Override
    public void close() {
        appender.close();
    }
}
