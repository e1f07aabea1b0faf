package org.aegishydra.replayer.statistics;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.util.List;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import net.jqwik.api.constraints.Size;
import org.junit.jupiter.api.Test;

class SignFlipTestTest {
    /** One by one, in whole numbers, so that ties are exact. */
    private static double naive(int[] differences) {
        long observed = 0;
        for (final int difference : differences) {
            observed += difference;
        }
        long asFar = 0;
        for (int signs = 0; signs < 1 << differences.length; signs++) {
            long sum = 0;
            for (int i = 0; i < differences.length; i++) {
                sum += (signs >> i & 1) == 0 ? differences[i] : -differences[i];
            }
            asFar += Math.abs(sum) >= Math.abs(observed) ? 1 : 0;
        }
        return asFar / Math.scalb(1.0, differences.length);
    }

    @Property
    void shouldCountTheChoicesOfSignsAsOneWouldByHand(
            @ForAll @Size(min = 1, max = 12) List<@IntRange(min = -9, max = 9) Integer> drawn) {
        final int[] differences = drawn.stream().mapToInt(Integer::intValue).toArray();
        final double[] scaled = new double[differences.length];
        for (int i = 0; i < scaled.length; i++) {
            scaled[i] = differences[i] * 0.1;
        }
        assertEquals(naive(differences), SignFlipTest.pValue(scaled), 1e-12);
    }

    @Test
    void shouldGiveTheLeastPValueWhenAllRoundsAgree() {
        for (final int rounds : new int[] {1, 6, 10, 30, 40}) {
            final double[] differences = new double[rounds];
            for (int i = 0; i < rounds; i++) {
                differences[i] = -1 - i * 0.013;
            }
            assertEquals(SignFlipTest.leastPValue(rounds), SignFlipTest.pValue(differences), 1e-15);
        }
        assertEquals(2.0 / 64, SignFlipTest.leastPValue(6));
    }

    @Test
    void shouldRefuseMoreRoundsThanItCanCount() {
        assertThrows(IllegalArgumentException.class, () -> SignFlipTest.pValue(new double[41]));
        assertThrows(IllegalArgumentException.class, () -> SignFlipTest.pValue(new double[0]));
    }
}
