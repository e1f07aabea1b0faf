package org.aegishydra.trader.ising;

/** The model one spin and one binary place at a time, with the generators that {@link IsingLattice} has. For tests. */
final class NaiveLattice {
    private static final int SIDE = IsingLattice.SIDE;
    private static final int WORD_ROWS = 4;

    private final boolean[][] up = new boolean[SIDE][SIDE];
    private final FlipChances chances;
    private final RandomWords random;

    NaiveLattice(double temperature, long seed) {
        chances = new FlipChances(temperature);
        random = new RandomWords(seed, SIDE * SIDE / 128);
        for (int colour = 0; colour < 2; colour++) {
            for (int word = 0; word < SIDE * SIDE / 128; word++) {
                final long drawn = random.draw(word);
                for (int bit = 0; bit < 64; bit++) {
                    up[row(word, bit)][column(word, bit, colour)] = bit(drawn, bit);
                }
            }
        }
    }

    private static int row(int word, int bit) {
        return bit * WORD_ROWS + word / (SIDE / 2);
    }

    private static int column(int word, int bit, int colour) {
        return 2 * (word % (SIDE / 2)) + (row(word, bit) + colour) % 2;
    }

    private static boolean bit(long word, int bit) {
        return ((word >>> bit) & 1) != 0;
    }

    void sweep(double field) {
        chances.setField(field);
        for (int colour = 0; colour < 2; colour++) {
            for (int word = 0; word < SIDE * SIDE / 128; word++) {
                sweep(word, colour, field);
            }
        }
    }

    private void sweep(int word, int colour, double field) {
        final long[] numbers = new long[64];
        final boolean[] decided = new boolean[64];
        final boolean[] flips = new boolean[64];
        for (int bit = 0; bit < 64; bit++) {
            final int n = neighboursUp(row(word, bit), column(word, bit, colour));
            final boolean along = up[row(word, bit)][column(word, bit, colour)] == (2 * n - 4 + field >= 0);
            decided[bit] = !along;
            flips[bit] = !along;
        }
        for (int place = 0; place < 63; place++) {
            boolean all = true;
            for (final boolean one : decided) {
                all &= one;
            }
            if (all && place >= FlipDraw.COMMON_PLACES) {
                break;
            }
            final long drawn = random.draw(word);
            for (int bit = 0; bit < 64; bit++) {
                if (decided[bit]) {
                    continue;
                }
                final long chance = chances.chance(neighboursUp(row(word, bit), column(word, bit, colour)));
                numbers[bit] = 2 * numbers[bit] + (bit(drawn, bit) ? 1 : 0);
                decided[bit] = numbers[bit] != chance >>> (62 - place);
                flips[bit] = numbers[bit] < chance >>> (62 - place);
            }
        }
        for (int bit = 0; bit < 64; bit++) {
            up[row(word, bit)][column(word, bit, colour)] ^= flips[bit];
        }
    }

    int neighboursUp(int y, int x) {
        return one(y + 1, x) + one(y - 1, x) + one(y, x + 1) + one(y, x - 1);
    }

    private int one(int y, int x) {
        return isUp(Math.floorMod(y, SIDE), Math.floorMod(x, SIDE)) ? 1 : 0;
    }

    boolean isUp(int y, int x) {
        return up[y][x];
    }
}
