package org.aegishydra.trader.ising;

import org.aegishydra.core.checkpoint.Checkpointed;
import org.aegishydra.core.checkpoint.StateInput;
import org.aegishydra.core.checkpoint.StateOutput;
import org.aegishydra.core.latency.HotPath;

/**
 * The spins of one colour of the checkerboard, 64 of them in a word, 1 for up. A word holds a column of one row of each
 * of 64 bands, so that a neighbour's spin is in the same bit of another word, and only the bands' outer rows need a
 * rotation:
 *
 * <pre>
 *   row y of the lattice = 4 · bit + row of the band          row of the band 0..3, bit 0..63
 *   column x             = 2 · column of the colour + ((y + colour) mod 2)          column of the colour 0..127
 *
 *   words of a row of the band:  [last column] [column 0] ... [column 127] [first column]
 * </pre>
 *
 * Both ends of a row repeat the column at the other end: the torus closes there. Used by one thread.
 */
@HotPath
final class Sublattice implements Checkpointed {
    static final int ROWS = 4;
    static final int COLUMNS = 128;

    /** Words without the repeated columns. */
    static final int WORDS = ROWS * COLUMNS;

    private static final int STRIDE = COLUMNS + 2;

    /**
     * The band's rows; then row 3 as seen from row 0 of the next band, and row 0 as seen from row 3 of the one before.
     */
    private final long[] words = new long[(ROWS + 2) * STRIDE];

    private final int colour;
    private int up;

    /** All spins down. */
    Sublattice(int colour) {
        this.colour = colour;
    }

    long[] words() {
        return words;
    }

    /** The index of a row's column 0. */
    int row(int row) {
        return row * STRIDE + 1;
    }

    /** The index of column 0 of the row above a row. */
    int rowAbove(int row) {
        return row(row == 0 ? ROWS : row - 1);
    }

    /** The index of column 0 of the row below a row. */
    int rowBelow(int row) {
        return row(row == ROWS - 1 ? ROWS + 1 : row + 1);
    }

    /** The index, in the other colour's words, of the neighbour beside column 0 that has not its own column. */
    int rowBeside(int row) {
        return ((row + colour) & 1) == 0 ? row(row) - 1 : row(row) + 1;
    }

    /** How many spins are up. */
    int up() {
        return up;
    }

    /** Flips the spins whose bit is set, given without the repeated columns. */
    void flip(long[] flips) {
        int count = 0;
        for (int row = 0; row < ROWS; row++) {
            final int start = row(row);
            for (int i = 0; i < COLUMNS; i++) {
                final long flipped = words[start + i] ^ flips[row * COLUMNS + i];
                words[start + i] = flipped;
                count += Long.bitCount(flipped);
            }
        }
        up = count;
        closeTorus();
    }

    private void closeTorus() {
        for (int row = 0; row < ROWS; row++) {
            final int start = row(row);
            words[start - 1] = words[start + COLUMNS - 1];
            words[start + COLUMNS] = words[start];
        }
        final int above = row(ROWS) - 1;
        final int last = row(ROWS - 1) - 1;
        final int below = row(ROWS + 1) - 1;
        for (int i = 0; i < STRIDE; i++) {
            words[above + i] = Long.rotateLeft(words[last + i], 1);
            words[below + i] = Long.rotateRight(words[i], 1);
        }
    }

    /** The spin of a row of the lattice, by its column within the colour. */
    boolean isUp(int y, int column) {
        return ((words[row(y % ROWS) + column] >>> (y / ROWS)) & 1) != 0;
    }

    @Override
    public void writeState(StateOutput output) {
        output.putInt(up);
        output.putLongs(words, words.length);
    }

    @Override
    public void readState(StateInput input) {
        up = input.getInt();
        input.getLongs(words, words.length);
    }
}
