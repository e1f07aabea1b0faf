package org.aegishydra.trader.ising;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;

import org.aegishydra.core.checkpoint.StateInput;
import org.aegishydra.core.checkpoint.StateOutput;
import org.junit.jupiter.api.Test;

class RandomWordsTest {
    private static StateInput input(StateOutput output) {
        return new StateInput(output.buffer(), 0, output.lengthBytes());
    }

    /** The numbers that the authors' own program gives for the state 1, 2. */
    @Test
    void shouldDrawWhatXoroshiroDraws() {
        final StateOutput state = new StateOutput();
        state.putLong(1);
        state.putLong(2);
        final RandomWords random = new RandomWords(0, 1);
        random.readState(input(state));
        final long[] drawn = new long[1];
        final long[] expected = {
            393_217L, 669_327_710_093_319L, 1_732_421_326_133_921_491L, Long.parseUnsignedLong("11394790081659126983")
        };
        for (final long number : expected) {
            random.draw(drawn);
            assertEquals(number, drawn[0]);
        }
    }

    /** Published numbers of SplitMix64 for this seed. */
    @Test
    void shouldSeedWithSplitMix() {
        final StateOutput state = new StateOutput();
        new RandomWords(1_234_567, 2).writeState(state);
        final StateInput input = input(state);
        final long firstLow = input.getLong();
        final long secondLow = input.getLong();
        final long firstHigh = input.getLong();
        assertEquals(6_457_827_717_110_365_317L, firstLow);
        assertEquals(3_203_168_211_198_807_973L, firstHigh);
        assertEquals(Long.parseUnsignedLong("9817491932198370423"), secondLow);
    }

    @Test
    void shouldDrawTheSameOneByOneAsAtOnce() {
        final RandomWords atOnce = new RandomWords(7, 100);
        final RandomWords oneByOne = new RandomWords(7, 100);
        final long[] expected = new long[100];
        final long[] found = new long[100];
        for (int draw = 0; draw < 50; draw++) {
            atOnce.draw(expected);
            for (int i = 0; i < found.length; i++) {
                found[i] = oneByOne.draw(i);
            }
            assertArrayEquals(expected, found);
        }
    }
}
