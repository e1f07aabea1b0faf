package org.aegishydra.core.run;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertSame;

import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;

class ProductNamesTest {
    @Test
    void shouldNumberProductsAsTheyAppearInStepsAndDecisions() {
        final ProductNames names = new ProductNames();
        final List<String> appeared = new ArrayList<>();
        final SplittableRandom random = new SplittableRandom(1);
        for (int i = 0; i < 5_000; i++) {
            final String name = "P".repeat(1 + random.nextInt(31)) + (random.nextInt(9) == 0 ? "" : "-USD");
            // A record holds the first 31 characters.
            final String held = name.substring(0, Math.min(31, name.length()));
            final int index = random.nextBoolean()
                    ? names.indexOf(new StepRecord().product(name, 2, 8))
                    : names.indexOf(new DecisionRecord().product(name, 2, 8));
            if (!appeared.contains(held)) {
                appeared.add(held);
            }
            assertEquals(appeared.indexOf(held), index);
            assertEquals(held, names.name(index));
            assertSame(names.name(index), names.name(index));
        }
        assertEquals(appeared.size(), names.count());
    }
}
