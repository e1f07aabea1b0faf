package org.aegishydra.core.board;

import java.util.List;

/**
 * What a board held at one moment: each entry consistent in itself. Immutable.
 *
 * @param wallTimeNs when it was read, in ns since the epoch.
 * @param monotonicTimeNs when it was read, by {@link System#nanoTime()}.
 * @param liveness whether the recorder's process is there.
 * @param recorder the recorder's entry.
 * @param lanes the lanes that were ever published, by number.
 * @param traders the traders that have published on this board.
 */
public record BoardReading(
        long wallTimeNs,
        long monotonicTimeNs,
        Liveness liveness,
        EntryReading<RecorderFigure> recorder,
        List<EntryReading<LaneFigure>> lanes,
        List<TraderReading> traders) {
    public BoardReading {
        lanes = List.copyOf(lanes);
        traders = List.copyOf(traders);
    }

    /** The recorder's state; null if the board holds a number that is none. */
    public RecorderState recorderState() {
        return state(RecorderState.values(), recorder.get(RecorderFigure.STATE));
    }

    /** A lane's state; null if the lane has not set one. */
    public static LaneState laneState(EntryReading<LaneFigure> lane) {
        return state(LaneState.values(), lane.get(LaneFigure.STATE));
    }

    /** A trader's state; null if it has not set one. */
    public static TraderState traderState(EntryReading<TraderFigure> trader) {
        return state(TraderState.values(), trader.get(TraderFigure.STATE));
    }

    /** How long ago the recorder published last, by the wall clock; not below 0. */
    public long ageNs() {
        return Math.max(0, wallTimeNs - recorder.get(RecorderFigure.UPDATED_WALL_NS));
    }

    private static <S> S state(S[] states, long ordinal) {
        return ordinal >= 0 && ordinal < states.length ? states[(int) ordinal] : null;
    }
}
