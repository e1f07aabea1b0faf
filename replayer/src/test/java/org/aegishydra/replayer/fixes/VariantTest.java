package org.aegishydra.replayer.fixes;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import org.aegishydra.core.command.UsageException;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class VariantTest {
    @ParameterizedTest
    @CsvSource({
        "legacy, before, before",
        "seed, seed, seed",
        "aegis, aegis, aegis",
        "legacy+1, aegis, before",
        "legacy+4, before, aegis",
        "aegis-1, before, aegis",
        "aegis-4, aegis, before"
    })
    void shouldGiveEachFixItsForm(String name, String diskIo, String heapCleanup) {
        final Variant variant = Variant.parse(name);
        assertEquals(name, variant.name());
        assertEquals(diskIo, variant.form(LatencyFix.DISK_IO).toString());
        assertEquals(heapCleanup, variant.form(LatencyFix.HEAP_CLEANUP).toString());
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "Legacy", "legacy+", "legacy-1", "aegis+4", "seed+1", "legacy+44", "fast"})
    void shouldSayWhichVariantsThereAre(String name) {
        assertEquals(
                "variant " + name + ": must be legacy, seed, aegis, legacy+N or aegis-N with a fix's number",
                assertThrows(UsageException.class, () -> Variant.parse(name)).getMessage());
    }

    @ParameterizedTest
    @ValueSource(strings = {"legacy+2", "aegis-9", "aegis-0"})
    void shouldSayWhichFixesThereAre(String name) {
        final String message =
                assertThrows(UsageException.class, () -> Variant.parse(name)).getMessage();
        assertTrue(message.startsWith("variant " + name + ": this version knows the fixes 1 and 4"), message);
    }
}
