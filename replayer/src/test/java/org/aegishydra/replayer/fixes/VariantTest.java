package org.aegishydra.replayer.fixes;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import org.aegishydra.core.command.UsageException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

class VariantTest {
    @ParameterizedTest
    @CsvSource({"legacy, BEFORE", "seed, SEED", "aegis, AEGIS"})
    void shouldGiveAllFixesOneForm(String name, FixForm form) {
        final Variant variant = Variant.parse(name);
        assertEquals(name, variant.name());
        for (final LatencyFix fix : LatencyFix.values()) {
            assertEquals(form, variant.form(fix));
        }
    }

    @ParameterizedTest
    @EnumSource
    void shouldSwitchOneFixOnTheLegacySide(LatencyFix fix) {
        final Variant variant = Variant.parse("legacy+" + fix.number());
        for (final LatencyFix each : LatencyFix.values()) {
            assertEquals(each == fix ? FixForm.AEGIS : FixForm.BEFORE, variant.form(each));
        }
    }

    @ParameterizedTest
    @EnumSource(mode = EnumSource.Mode.EXCLUDE, names = "STAGGERING")
    void shouldPutOneFixBackOnTheAegisSide(LatencyFix fix) {
        assertTrue(fix.isApplicableAlone());
        final Variant variant = Variant.parse("aegis-" + fix.number());
        for (final LatencyFix each : LatencyFix.values()) {
            assertEquals(each == fix ? FixForm.BEFORE : FixForm.AEGIS, variant.form(each));
        }
    }

    @Test
    void shouldSayWhyNothingIsLeftOfStaggeringOnTheAegisSide() {
        assertFalse(LatencyFix.STAGGERING.isApplicableAlone());
        assertEquals(
                "variant aegis-5: not applicable, since nothing periodic runs inline there that could be staggered;"
                        + " try legacy+5, or aegis-1, which dumps the state inline again",
                assertThrows(UsageException.class, () -> Variant.parse("aegis-5"))
                        .getMessage());
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "Legacy", "legacy+", "legacy-1", "aegis+4", "seed+1", "legacy+44", "fast"})
    void shouldSayWhichVariantsThereAre(String name) {
        assertEquals(
                "variant " + name + ": must be legacy, seed, aegis, legacy+N or aegis-N with a fix's number",
                assertThrows(UsageException.class, () -> Variant.parse(name)).getMessage());
    }

    @ParameterizedTest
    @CsvSource({"legacy+0, 0", "aegis-9, 9"})
    void shouldSayWhichFixesThereAre(String name, String number) {
        assertEquals(
                "variant " + name + ": there is no fix " + number + ", only 1, 2, 3, 4, 5, 6, 7, 8",
                assertThrows(UsageException.class, () -> Variant.parse(name)).getMessage());
    }
}
