package org.aegishydra.trader.ising;

import org.aegishydra.core.checkpoint.Checkpointed;
import org.aegishydra.core.checkpoint.StateInput;
import org.aegishydra.core.checkpoint.StateOutput;
import org.aegishydra.core.latency.HotPath;

/**
 * Decides which spins flip: a spin flips if a random number is below its probability. Both are compared place by place
 * from the highest, 64 spins at a time; the first place at which they differ decides, so a place is needed for half of
 * the spins that the one before has left. The first places are drawn for all words in a few loops over arrays, which a
 * compiler turns into vector instructions; then few words are left with spins undecided, and those go on one by one.
 * Used by one thread.
 */
@HotPath
final class FlipDraw implements Checkpointed {
    /** Measured: with fewer, more words are left to the slow way than a place for all costs. */
    static final int COMMON_PLACES = 11;

    private final RandomWords random;
    private final long[] drawn = new long[Lanes.padded(Sublattice.WORDS)];
    private final long[] chance = new long[Lanes.padded(Sublattice.WORDS)];
    private final long[] undecided = new long[Lanes.padded(Sublattice.WORDS)];
    private final long[] flips = new long[Lanes.padded(Sublattice.WORDS)];

    /** The draws of a seed. */
    FlipDraw(long seed) {
        random = new RandomWords(seed, Sublattice.WORDS);
    }

    RandomWords random() {
        return random;
    }

    /** Decides for the spins of one colour. Returns them by the word, set for a flip; valid until the next call. */
    long[] flips(Neighbours sorted, FlipChances chances) {
        begin(sorted.ofClass(0), sorted.ofClass(1), sorted.ofClass(2), sorted.ofClass(3), sorted.ofClass(4));
        for (int place = 0; place < COMMON_PLACES; place++) {
            random.draw(drawn);
            chance(
                    sorted.ofClass(0),
                    chances.place(0, place),
                    sorted.ofClass(1),
                    chances.place(1, place),
                    sorted.ofClass(2),
                    chances.place(2, place),
                    sorted.ofClass(3),
                    chances.place(3, place),
                    sorted.ofClass(4),
                    chances.place(4, place));
            compare();
        }
        for (int word = 0; word < Sublattice.WORDS; word++) {
            if (undecided[word] != 0) {
                decideRest(word, sorted, chances);
            }
        }
        return flips;
    }

    private void begin(long[] none, long[] one, long[] two, long[] three, long[] four) {
        for (int i = 0; i < Sublattice.WORDS; i++) {
            undecided[i] = none[i] | one[i] | two[i] | three[i] | four[i];
            flips[i] = ~undecided[i];
        }
    }

    /** One place of every spin's probability. */
    private void chance(
            long[] none,
            long noneBit,
            long[] one,
            long oneBit,
            long[] two,
            long twoBit,
            long[] three,
            long threeBit,
            long[] four,
            long fourBit) {
        final long[] probabilities = chance;
        for (int i = 0; i < Sublattice.WORDS; i++) {
            probabilities[i] = (none[i] & noneBit)
                    | (one[i] & oneBit)
                    | (two[i] & twoBit)
                    | (three[i] & threeBit)
                    | (four[i] & fourBit);
        }
    }

    private void compare() {
        // A compiler does better with arrays in local variables.
        final long[] opens = undecided;
        final long[] flipping = flips;
        final long[] probabilities = chance;
        final long[] numbers = drawn;
        for (int i = 0; i < Sublattice.WORDS; i++) {
            final long open = opens[i];
            final long probability = probabilities[i];
            final long number = numbers[i];
            flipping[i] |= open & probability & ~number;
            opens[i] = open & ~(probability ^ number);
        }
    }

    private void decideRest(int word, Neighbours sorted, FlipChances chances) {
        long open = undecided[word];
        long flipping = flips[word];
        for (int place = COMMON_PLACES; place < FlipChances.PLACES && open != 0; place++) {
            final long number = random.draw(word);
            long probability = 0;
            for (int n = 0; n < FlipChances.CLASSES; n++) {
                probability |= sorted.ofClass(n)[word] & chances.place(n, place);
            }
            flipping |= open & probability & ~number;
            open &= ~(probability ^ number);
        }
        flips[word] = flipping;
    }

    @Override
    public void writeState(StateOutput output) {
        random.writeState(output);
    }

    @Override
    public void readState(StateInput input) {
        random.readState(input);
    }
}
