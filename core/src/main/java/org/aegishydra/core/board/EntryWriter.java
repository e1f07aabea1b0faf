package org.aegishydra.core.board;

import java.nio.charset.StandardCharsets;
import java.util.Arrays;

/**
 * One entry of a board, as its writer sees it: figures are set here and appear in the file with the next
 * {@link StatusBoard#publish()}, all at once. A figure that was never set reads as unknown. Used by the thread that
 * publishes.
 *
 * @param <F> the figures that the entry has.
 */
public final class EntryWriter<F extends Enum<F>> {
    private final BoardEntry entry;
    private final long[] figures;
    private byte[] text = {};

    EntryWriter(BoardEntry entry, Class<F> figureType) {
        this.entry = entry;
        figures = new long[figureType.getEnumConstants().length];
        Arrays.fill(figures, EntryReading.UNKNOWN);
    }

    /** Sets a figure. */
    public EntryWriter<F> set(F figure, long value) {
        figures[figure.ordinal()] = value;
        return this;
    }

    /** Sets a figure that is a state: a {@link RecorderState} or a {@link LaneState}. */
    public EntryWriter<F> set(F figure, Enum<?> state) {
        return set(figure, state.ordinal());
    }

    /**
     * Sets the entry's text: a lane's products, the recorder's version.
     *
     * @param value what is over 256 bytes is cut, and ends with an ellipsis.
     */
    public EntryWriter<F> text(String value) {
        String shown = value;
        while (shown.getBytes(StandardCharsets.UTF_8).length > BoardEntry.TEXT_BYTES) {
            final int keep = shown.endsWith("…") ? shown.length() - 2 : Math.min(shown.length(), BoardEntry.TEXT_BYTES);
            shown = shown.substring(0, keep) + "…";
        }
        text = shown.getBytes(StandardCharsets.UTF_8);
        return this;
    }

    void publish() {
        entry.publish(figures, text);
    }
}
