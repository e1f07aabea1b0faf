package org.aegishydra.core.book;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.Random;
import org.aegishydra.core.coinbase.Side;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Where the window lies, which decides about speed alone: {@link LadderOrderBookTest} has what is in the book. */
class LadderSideTest {
    private static final int LEVELS = 20_000;
    private static final long TOUCH = 6_500_000;

    /** Changes after which a window of any width has arrived, 64 words at a time. */
    private static final int CHANGES = 100_000;

    private final Random random = new Random(7);

    private static long price(Side side, int distance) {
        return side == Side.BID ? TOUCH - distance : TOUCH + distance;
    }

    private void load(LadderSide side, Side which) {
        for (int i = 0; i < LEVELS; i++) {
            side.set(price(which, 3 * i), 1 + i);
        }
    }

    private void change(LadderSide side, Side which) {
        for (int i = 0; i < CHANGES; i++) {
            side.set(price(which, 3 * (1 + random.nextInt(LEVELS - 1))), 1 + random.nextInt(1000));
        }
    }

    private void assertHasMostLevelsInItsWindow(LadderSide side) {
        assertTrue(
                side.nearCount() > LEVELS / 2,
                () -> side.nearCount() + " of " + side.count() + " levels are in the window");
    }

    @ParameterizedTest
    @EnumSource(Side.class)
    void shouldHaveTheLevelsThatChangeInItsWindowAfterEachSnapshot(Side which) {
        final LadderSide side = new LadderSide(which);
        for (int snapshot = 0; snapshot < 4; snapshot++) {
            load(side, which);
            change(side, which);
            assertEquals(LEVELS, side.count());
            assertHasMostLevelsInItsWindow(side);
            side.clear();
        }
    }

    @ParameterizedTest
    @EnumSource(Side.class)
    void shouldHaveThemThereAfterAPriceOffTheGrid(Side which) {
        final LadderSide side = new LadderSide(which);
        load(side, which);
        change(side, which);
        side.set(price(which, 3 * 700 + 1), 5);
        change(side, which);
        assertHasMostLevelsInItsWindow(side);
    }

    @ParameterizedTest
    @EnumSource(Side.class)
    void shouldForgetAFinerGridWithItsLevels(Side which) {
        final LadderSide side = new LadderSide(which);
        side.set(1, 1);
        side.clear();
        final long grid = 1_000_000;
        for (int i = 0; i < LEVELS; i++) {
            side.set(grid * (which == Side.BID ? 2 * LEVELS - i : LEVELS + i), 1);
        }
        for (int i = 0; i < CHANGES; i++) {
            final int distance = 1 + random.nextInt(LEVELS - 1);
            side.set(grid * (which == Side.BID ? 2 * LEVELS - distance : LEVELS + distance), 2);
        }
        assertHasMostLevelsInItsWindow(side);
    }
}
