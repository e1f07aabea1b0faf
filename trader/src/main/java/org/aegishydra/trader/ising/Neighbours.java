package org.aegishydra.trader.ising;

import org.aegishydra.core.latency.HotPath;

/**
 * Sorts the spins of one colour by what their flip costs: those of class n are along their local field and have n
 * neighbours up. The spins that are in no class flip for certain. The number n is kept in three planes of bits, so that
 * each operation handles 64 spins. The loops are short because a compiler turns only short ones into vector
 * instructions. Used by one thread.
 */
@HotPath
final class Neighbours {
    private final long[] ones = new long[Lanes.padded(Sublattice.WORDS)];
    private final long[] twos = new long[Lanes.padded(Sublattice.WORDS)];
    private final long[] fours = new long[Lanes.padded(Sublattice.WORDS)];
    private final long[] besideOdd = new long[Lanes.padded(Sublattice.COLUMNS)];
    private final long[] besideBoth = new long[Lanes.padded(Sublattice.COLUMNS)];
    private final long[] spins = new long[Lanes.padded(Sublattice.WORDS)];
    private final long[][] classes = new long[FlipChances.CLASSES][Lanes.padded(Sublattice.WORDS)];

    /** The spins of a class, by the word; valid until the next {@link #sort}. */
    long[] ofClass(int n) {
        return classes[n];
    }

    /** Sorts the spins of one colour, whose neighbours are those of the other. */
    void sort(Sublattice own, Sublattice other, FlipChances chances) {
        for (int row = 0; row < Sublattice.ROWS; row++) {
            final int start = row * Sublattice.COLUMNS;
            countAboveAndBelow(other.words(), other.rowAbove(row), other.rowBelow(row), start);
            countBeside(other.words(), other.row(row), own.rowBeside(row));
            add(start);
            System.arraycopy(own.words(), own.row(row), spins, start, Sublattice.COLUMNS);
        }
        none(chances.downwards(0));
        odd(classes[1], 0, chances.downwards(1));
        two(chances.downwards(2));
        odd(classes[3], -1, chances.downwards(3));
        four(chances.downwards(4));
    }

    private void countAboveAndBelow(long[] words, int above, int below, int start) {
        for (int i = 0; i < Sublattice.COLUMNS; i++) {
            ones[start + i] = words[above + i] ^ words[below + i];
            twos[start + i] = words[above + i] & words[below + i];
        }
    }

    private void countBeside(long[] words, int same, int next) {
        for (int i = 0; i < Sublattice.COLUMNS; i++) {
            besideOdd[i] = words[same + i] ^ words[next + i];
            besideBoth[i] = words[same + i] & words[next + i];
        }
    }

    private void add(int start) {
        for (int i = 0; i < Sublattice.COLUMNS; i++) {
            final long odd = ones[start + i];
            final long both = twos[start + i];
            ones[start + i] = odd ^ besideOdd[i];
            twos[start + i] = both ^ besideBoth[i] ^ (odd & besideOdd[i]);
            fours[start + i] = both & besideBoth[i];
        }
    }

    private void none(long downwards) {
        final long[] found = classes[0];
        for (int i = 0; i < Sublattice.WORDS; i++) {
            found[i] = ~(ones[i] | twos[i] | fours[i]) & (spins[i] ^ downwards);
        }
    }

    /** One neighbour up, or, with all ones, three. */
    private void odd(long[] found, long three, long downwards) {
        for (int i = 0; i < Sublattice.WORDS; i++) {
            found[i] = ones[i] & ~(twos[i] ^ three) & (spins[i] ^ downwards);
        }
    }

    private void two(long downwards) {
        final long[] found = classes[2];
        for (int i = 0; i < Sublattice.WORDS; i++) {
            found[i] = twos[i] & ~ones[i] & (spins[i] ^ downwards);
        }
    }

    private void four(long downwards) {
        final long[] found = classes[4];
        for (int i = 0; i < Sublattice.WORDS; i++) {
            found[i] = fours[i] & (spins[i] ^ downwards);
        }
    }
}
