package org.aegishydra.analysis;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.aegishydra.core.journal.Dialect;
import org.aegishydra.core.journal.RecordKind;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class InspectDumpTest {
    /** 311 characters, 611 bytes. */
    private static final String LONG_TEXT = "{\"text\":\"" + "ä".repeat(300) + "\"}";

    @TempDir
    Path directory;

    @BeforeEach
    void record() {
        try (Recording recording = new Recording(directory)) {
            recording
                    .on(0)
                    .fact(RecordKind.RECORDER_STOPPED, Map.of("reason", "asked to"))
                    .on(3)
                    .exchange("{\"type\":\n\"\u001b\"}")
                    .advancedTrade(LONG_TEXT)
                    .append(RecordKind.STEP, Dialect.NONE, new byte[] {0, 1, (byte) 0xFE})
                    .append(RecordKind.MARK, Dialect.NONE, new byte[150]);
        }
    }

    private List<String> dump(String... options) {
        final String[] all =
                Stream.concat(Stream.of("--dump"), Stream.of(options)).toArray(String[]::new);
        final Inspection inspection = Inspection.of(directory, all);
        assertEquals(0, inspection.exitCode(), inspection.err());
        return inspection.out().lines().toList();
    }

    @Test
    void shouldPrintEachRecordOnALine() {
        final List<String> lines = dump();
        assertEquals(5, lines.size());
        assertEquals(
                "1 2026-08-09T12:00:00.000000000Z RECORDER_STOPPED advanced-trade 0 21 {\"reason\":\"asked to\"}",
                lines.get(0));
        assertEquals("2 2026-08-09T12:00:00.001000000Z MESSAGE exchange 3 13 {\"type\":\\n\"\\u001b\"}", lines.get(1));
        assertEquals(
                "3 2026-08-09T12:00:00.002000000Z MESSAGE advanced-trade 3 611 " + LONG_TEXT.substring(0, 200) + "…",
                lines.get(2));
        assertEquals("4 2026-08-09T12:00:00.003000000Z STEP none 3 3 0001fe", lines.get(3));
        assertTrue(lines.get(4).endsWith(" 150 " + "00".repeat(100) + "…"), lines.get(4));
    }

    @Test
    void shouldPrintWholePayloadsOfARange() {
        final List<String> lines = dump("--from", "3", "--limit", "2", "--full");
        assertEquals(2, lines.size());
        assertTrue(lines.get(0).startsWith("3 ") && lines.get(0).endsWith(" 611 " + LONG_TEXT), lines.get(0));
        assertTrue(lines.get(1).startsWith("4 "), lines.get(1));
        assertTrue(dump("--from", "5", "--full").get(0).endsWith(" 150 " + "00".repeat(150)));
    }

    @Test
    void shouldRefuseWhatDoesNotGoTogether() {
        assertRefused("--from 6: the journal ends before that record", "--dump", "--from", "6");
        assertRefused("--from 0: must be a record sequence, 1 or more", "--dump", "--from", "0");
        assertRefused("--limit 0: must be 1 or more", "--dump", "--limit", "0");
        assertRefused("leave --json away", "--dump", "--json");
        assertRefused("leave --books away", "--dump", "--books");
        assertRefused("--limit says which records to print: give --dump too", "--limit", "4");
    }

    private void assertRefused(String reason, String... options) {
        final Inspection inspection = Inspection.of(directory, options);
        assertEquals(2, inspection.exitCode());
        assertEquals("", inspection.out());
        assertEquals(1, inspection.err().lines().count(), inspection.err());
        assertTrue(inspection.err().contains(reason), inspection.err());
    }
}
