package org.aegishydra.recorder.feed;

import com.sun.management.UnixOperatingSystemMXBean;
import java.lang.management.GarbageCollectorMXBean;
import java.lang.management.ManagementFactory;
import java.lang.management.MemoryUsage;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.aegishydra.core.board.BoardException;
import org.aegishydra.core.board.EntryWriter;
import org.aegishydra.core.board.LaneFigure;
import org.aegishydra.core.board.LaneState;
import org.aegishydra.core.board.RecorderFigure;
import org.aegishydra.core.board.RecorderState;
import org.aegishydra.core.board.StatusBoard;
import org.aegishydra.core.journal.Journal;

/**
 * Shows a recorder's figures on the status board beside its journal. The recording does not depend on it: where there can
 * be no board, that is said once and nothing is shown. Used by the recorder's thread.
 */
final class BoardPublisher implements AutoCloseable {
    private final StatusBoard board;
    private final FeedRecorder recorder;
    private final DiskGuard disk;

    private BoardPublisher(StatusBoard board, FeedRecorder recorder, DiskGuard disk) {
        this.board = board;
        this.recorder = recorder;
        this.disk = disk;
    }

    /** A publisher with a board, or without one if it cannot be made. */
    static BoardPublisher create(Journal journal, FeedRecorder recorder, DiskGuard disk, String version) {
        StatusBoard board = null;
        try {
            board = StatusBoard.create(journal.directory());
            board.replaced().ifPresent(recorder::say);
            board.recorder().text(version);
        } catch (final BoardException e) {
            recorder.say("no status board, so `aegis top` shows nothing: " + e.getMessage());
        }
        return new BoardPublisher(board, recorder, disk);
    }

    void publish(RecorderState state) {
        if (board == null) {
            return;
        }
        final RecordingWriter writer = recorder.writer();
        final RecorderGauge gauge = recorder.gauge();
        final EntryWriter<RecorderFigure> entry = board.recorder();
        entry.set(RecorderFigure.STATE, state)
                .set(RecorderFigure.MESSAGES, writer.messages())
                .set(RecorderFigure.BYTES, writer.messageBytes())
                .set(RecorderFigure.FACTS, writer.facts())
                .set(RecorderFigure.RECORDS, writer.messages() + writer.facts())
                .set(RecorderFigure.LAST_RECORD_SEQUENCE, writer.lastSequence())
                .set(RecorderFigure.RECENT_APPEND_P50_NS, gauge.recentAppendNs(50))
                .set(RecorderFigure.RECENT_APPEND_P99_NS, gauge.recentAppendNs(99))
                .set(RecorderFigure.RECENT_APPEND_MAX_NS, gauge.recentAppendNs(100))
                .set(RecorderFigure.APPEND_P50_NS, gauge.appendNs(50))
                .set(RecorderFigure.APPEND_P99_NS, gauge.appendNs(99))
                .set(RecorderFigure.APPEND_MAX_NS, gauge.appendNs(100))
                // There is no queue that could overflow: what comes is appended, or the recording ends.
                .set(RecorderFigure.DROPPED_MESSAGES, 0)
                .set(RecorderFigure.BLOCKED_APPENDS, writer.heldUpAppends())
                .set(RecorderFigure.DISK_USABLE_BYTES, disk.usableBytes())
                .set(RecorderFigure.DISK_RESERVE_BYTES, disk.reserveBytes());
        process(entry);
        final List<LaneFigures> lanes = recorder.lanes();
        for (int i = 0; i < Math.min(lanes.size(), StatusBoard.LANES); i++) {
            lane(lanes.get(i));
        }
        board.publish();
    }

    private static void process(EntryWriter<RecorderFigure> entry) {
        final MemoryUsage heap = ManagementFactory.getMemoryMXBean().getHeapMemoryUsage();
        long collections = 0;
        long collectionMs = 0;
        for (final GarbageCollectorMXBean collector : ManagementFactory.getGarbageCollectorMXBeans()) {
            collections += Math.max(0, collector.getCollectionCount());
            collectionMs += Math.max(0, collector.getCollectionTime());
        }
        entry.set(RecorderFigure.HEAP_USED_BYTES, heap.getUsed())
                .set(RecorderFigure.HEAP_MAX_BYTES, heap.getMax())
                .set(RecorderFigure.COLLECTIONS, collections)
                .set(RecorderFigure.COLLECTION_TIME_MS, collectionMs);
        if (ManagementFactory.getOperatingSystemMXBean() instanceof UnixOperatingSystemMXBean system) {
            entry.set(RecorderFigure.OPEN_FILES, system.getOpenFileDescriptorCount());
        }
    }

    private void lane(LaneFigures figures) {
        final EntryWriter<LaneFigure> entry = board.lane(figures.lane() - 1);
        entry.text(String.join(",", figures.products()))
                .set(LaneFigure.STATE, LaneState.valueOf(figures.state().name()))
                .set(LaneFigure.CONNECTION_ID, figures.connectionId())
                .set(LaneFigure.MESSAGES, figures.messages())
                .set(LaneFigure.BYTES, figures.messageBytes())
                .set(LaneFigure.GAPS, figures.gaps())
                .set(LaneFigure.RECONNECTS, figures.reconnects())
                .set(LaneFigure.TAKEOVERS, figures.takeovers());
        if (figures.messages() > 0) {
            final long ageNs = System.nanoTime() - figures.lastReceivedNs();
            entry.set(LaneFigure.LAST_MESSAGE_MONOTONIC_NS, figures.lastReceivedNs())
                    .set(
                            LaneFigure.LAST_MESSAGE_WALL_NS,
                            TimeUnit.MILLISECONDS.toNanos(System.currentTimeMillis()) - ageNs);
        }
    }

    @Override
    public void close() {
        if (board != null) {
            board.close();
        }
    }
}
