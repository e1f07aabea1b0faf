package org.aegishydra.analysis.top;

import java.nio.file.Path;
import org.aegishydra.core.board.LaneFigure;
import org.aegishydra.core.board.LaneState;
import org.aegishydra.core.board.RecorderFigure;
import org.aegishydra.core.board.RecorderState;
import org.aegishydra.core.board.StatusBoard;

/** A process that publishes what a recorder of two lanes would, five times a second, until it is killed. */
final class RecorderStandIn {
    private RecorderStandIn() {}

    public static void main(String[] args) throws InterruptedException {
        final StatusBoard board = StatusBoard.create(Path.of(args[0]));
        for (long messages = 1000; ; messages += 200) {
            publish(board, messages, RecorderState.RECORDING);
            Thread.sleep(200);
        }
    }

    static void publish(StatusBoard board, long messages, RecorderState state) {
        board.recorder()
                .text("0.1.0")
                .set(RecorderFigure.STATE, state)
                .set(RecorderFigure.MESSAGES, messages)
                .set(RecorderFigure.BYTES, messages * 770)
                .set(RecorderFigure.FACTS, 5)
                .set(RecorderFigure.RECORDS, messages + 5)
                .set(RecorderFigure.LAST_RECORD_SEQUENCE, messages + 5)
                .set(RecorderFigure.RECENT_APPEND_P50_NS, 310)
                .set(RecorderFigure.RECENT_APPEND_P99_NS, 2_400)
                .set(RecorderFigure.RECENT_APPEND_MAX_NS, 38_000_000)
                .set(RecorderFigure.DISK_USABLE_BYTES, 1_234_000_000_000L)
                .set(RecorderFigure.DISK_RESERVE_BYTES, 5_000_000_000L)
                .set(RecorderFigure.HEAP_USED_BYTES, 120_000_000)
                .set(RecorderFigure.HEAP_MAX_BYTES, 1_000_000_000)
                .set(RecorderFigure.COLLECTIONS, 12)
                .set(RecorderFigure.COLLECTION_TIME_MS, 34);
        final long wallNs = System.currentTimeMillis() * 1_000_000;
        board.lane(0)
                .text("BTC-USD,ETH-USD")
                .set(LaneFigure.STATE, LaneState.RECORDING)
                .set(LaneFigure.CONNECTION_ID, 3)
                .set(LaneFigure.MESSAGES, messages)
                .set(LaneFigure.BYTES, messages * 770)
                .set(LaneFigure.GAPS, 1)
                .set(LaneFigure.RECONNECTS, 2)
                .set(LaneFigure.LAST_MESSAGE_WALL_NS, wallNs);
        board.lane(1).text("SOL-USD").set(LaneFigure.STATE, LaneState.BACKING_OFF);
        board.publish();
    }
}
