package org.aegishydra.core.board;

/**
 * What a board held of one trader. Immutable.
 *
 * @param liveness whether the trader's process is there.
 * @param entry its figures; the text names its run and strategy.
 */
public record TraderReading(Liveness liveness, EntryReading<TraderFigure> entry) {
    /** Whether its scribe is further behind than it may be. */
    public boolean isScribeLate() {
        return liveness != Liveness.STOPPED
                && entry.has(TraderFigure.SCRIBE_LAG_NS)
                && entry.get(TraderFigure.SCRIBE_LAG_NS) > entry.get(TraderFigure.SCRIBE_LAG_LIMIT_NS);
    }
}
