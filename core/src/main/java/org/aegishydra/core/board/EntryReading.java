package org.aegishydra.core.board;

import java.util.Map;

/**
 * What one entry of a board held at one moment: a consistent set. Immutable.
 *
 * @param number the lane's or the trader's number; -1 for the recorder.
 * @param publications how often it had been published.
 * @param text a lane's products, the recorder's version, a trader's run.
 * @param figures all figures; {@link #UNKNOWN} where none was set.
 * @param <F> the figures that the entry has.
 */
public record EntryReading<F extends Enum<F>>(int number, long publications, String text, Map<F, Long> figures) {
    /** The value of a figure that nobody set. */
    public static final long UNKNOWN = Long.MIN_VALUE;

    public EntryReading {
        figures = Map.copyOf(figures);
    }

    /** A figure; {@link #UNKNOWN} if nobody set it. */
    public long get(F figure) {
        return figures.get(figure);
    }

    /** Whether somebody set the figure. */
    public boolean has(F figure) {
        return get(figure) != UNKNOWN;
    }
}
