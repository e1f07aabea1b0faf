package org.aegishydra.trader.ising;

import org.aegishydra.core.checkpoint.Checkpointed;
import org.aegishydra.core.checkpoint.StateInput;
import org.aegishydra.core.checkpoint.StateOutput;
import org.aegishydra.core.latency.HotPath;

/**
 * Random words from as many generators as words are drawn at a time, so that a compiler can draw several at once:
 * xoroshiro128++ 1.0 (Blackman and Vigna 2021, "Scrambled linear pseudorandom number generators"), each seeded with two
 * numbers of SplitMix64 (Steele, Lea and Flood 2014) as its authors advise. Integers only: the same everywhere. Used by
 * one thread.
 */
@HotPath
final class RandomWords implements Checkpointed {
    private static final long GOLDEN_GAMMA = 0x9E3779B97F4A7C15L;

    private final int count;
    private final long[] low;
    private final long[] high;

    /** The generators of a seed, as many as words are drawn at a time. */
    RandomWords(long seed, int count) {
        this.count = count;
        low = new long[Lanes.padded(count)];
        high = new long[Lanes.padded(count)];
        long state = seed;
        for (int i = 0; i < count; i++) {
            state += GOLDEN_GAMMA;
            low[i] = splitMix(state);
            state += GOLDEN_GAMMA;
            high[i] = splitMix(state);
        }
    }

    private static long splitMix(long state) {
        final long first = (state ^ (state >>> 30)) * 0xBF58476D1CE4E5B9L;
        final long second = (first ^ (first >>> 27)) * 0x94D049BB133111EBL;
        return second ^ (second >>> 31);
    }

    /** Draws one word of each generator. */
    void draw(long[] drawn) {
        // A compiler does better with arrays in local variables.
        final long[] lows = low;
        final long[] highs = high;
        for (int i = 0; i < count; i++) {
            final long first = lows[i];
            final long second = highs[i];
            final long mixed = first ^ second;
            drawn[i] = Long.rotateLeft(first + second, 17) + first;
            lows[i] = Long.rotateLeft(first, 49) ^ mixed ^ (mixed << 21);
            highs[i] = Long.rotateLeft(mixed, 28);
        }
    }

    /** Draws a word of one generator. */
    long draw(int generator) {
        final long first = low[generator];
        final long mixed = first ^ high[generator];
        final long drawn = Long.rotateLeft(first + high[generator], 17) + first;
        low[generator] = Long.rotateLeft(first, 49) ^ mixed ^ (mixed << 21);
        high[generator] = Long.rotateLeft(mixed, 28);
        return drawn;
    }

    @Override
    public void writeState(StateOutput output) {
        output.putLongs(low, count);
        output.putLongs(high, count);
    }

    @Override
    public void readState(StateInput input) {
        input.getLongs(low, count);
        input.getLongs(high, count);
    }
}
