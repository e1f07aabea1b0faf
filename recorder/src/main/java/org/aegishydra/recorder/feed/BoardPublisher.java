package org.aegishydra.recorder.feed;

import com.sun.management.UnixOperatingSystemMXBean;
import java.io.UncheckedIOException;
import java.lang.management.GarbageCollectorMXBean;
import java.lang.management.ManagementFactory;
import java.lang.management.MemoryUsage;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.aegishydra.core.board.BoardException;
import org.aegishydra.core.board.EntryWriter;
import org.aegishydra.core.board.LaneFigure;
import org.aegishydra.core.board.LaneState;
import org.aegishydra.core.board.RecorderFigure;
import org.aegishydra.core.board.RecorderState;
import org.aegishydra.core.board.StatusBoard;
import org.aegishydra.core.journal.DiskGuard;

/**
 * Shows a recorder's figures on the status board beside its journal, from a thread of its own: making a board takes
 * seconds, for which a recording cannot wait. The recording does not depend on it: where there can be no board, that is
 * said once and nothing is shown.
 */
final class BoardPublisher {
    private static final long INTERVAL_MS = 200;

    /** A recording that ends before its board is made does not wait for it. */
    private static final long CLOSE_LIMIT_MS = 3_000;

    private final Path directory;
    private final FeedRecorder recorder;
    private final DiskGuard disk;
    private final String version;
    private final CountDownLatch ended = new CountDownLatch(1);
    private final Thread thread = new Thread(this::run, "status-board");

    BoardPublisher(Path directory, FeedRecorder recorder, DiskGuard disk, String version) {
        this.directory = directory;
        this.recorder = recorder;
        this.disk = disk;
        this.version = version;
        thread.setDaemon(true);
    }

    /** Begins to show figures. The journal's appender must be open. */
    void start() {
        thread.start();
    }

    private void run() {
        try (StatusBoard board = StatusBoard.create(directory)) {
            board.replaced().ifPresent(recorder::say);
            board.recorder().text(version);
            do {
                publish(board, recorder.isRecording() ? RecorderState.RECORDING : RecorderState.STARTING);
            } while (!ended.await(INTERVAL_MS, TimeUnit.MILLISECONDS));
            publish(board, recorder.isFailing() ? RecorderState.FAILED : RecorderState.STOPPED);
        } catch (final BoardException | UncheckedIOException e) {
            recorder.say("no status board, so `aegis top` shows nothing: " + e.getMessage());
        } catch (final InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    /** Shows the end, if anything was shown. */
    void end() throws InterruptedException {
        ended.countDown();
        thread.join(CLOSE_LIMIT_MS);
    }

    private void publish(StatusBoard board, RecorderState state) {
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
            lane(board, lanes.get(i));
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

    private static void lane(StatusBoard board, LaneFigures figures) {
        final EntryWriter<LaneFigure> entry = board.lane(figures.lane());
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
}
