package org.aegishydra.jmh;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.file.Path;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import org.aegishydra.core.command.Program;
import org.aegishydra.core.command.UsageException;
import org.aegishydra.jmh.BenchReport.Figure;
import org.aegishydra.jmh.BenchSettings.Sampling;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class BenchMainTest {
    private static final Sampling ONCE = new Sampling(1, 0, 1, 1, true);
    private static final Set<String> BENCHMARKS = Set.of(
            "byteSummingTail",
            "decodeOnly",
            "decodeBytewise",
            "decodeAndBook",
            "decodeAndSortedArray",
            "decodeAndTreeMap",
            "engine",
            "engineWithSteps",
            "engineWithSingleSteps",
            "engineWithStepRing",
            "jacksonTreeAndTreeMap",
            "jacksonStreamingAndBook");

    @TempDir
    Path noCaptures;

    private BenchReport run(String include) {
        return BenchMain.run(new BenchSettings(include, 1_200, noCaptures, ONCE), noCaptures);
    }

    @Test
    void shouldRunEveryBenchmarkOnEveryFeed() {
        final BenchReport report = run(".*");
        final Set<String> found = new TreeSet<>();
        for (final Figure figure : report.figures()) {
            found.add(figure.benchmark());
            assertTrue(figure.messagesPerSecond() > 0, figure.toString());
            assertEquals(1e9 / figure.messagesPerSecond(), figure.nsPerMessage(), 1e-6);
            assertTrue(figure.cpuNsPerMessage() > 0, figure.toString());
            final boolean keepsBooks = figure.benchmark().startsWith("engine")
                    || figure.benchmark().startsWith("decodeAnd");
            assertEquals(keepsBooks, figure.levelUpdatesPerSecond() > 0, figure.toString());
            final boolean reference = figure.benchmark().equals("byteSummingTail");
            assertEquals(reference, figure.timesByteSummingTail() == 1.0, figure.toString());
        }
        assertEquals(new TreeSet<>(BENCHMARKS), found);
        assertEquals(2 * BENCHMARKS.size(), report.figures().size());
        assertEquals(2, report.dataSets().size());
        final String table = report.table();
        assertTrue(table.contains("synthetic updates"), table);
        assertTrue(table.contains("jacksonStreamingAndBook"), table);
    }

    @Test
    void shouldGiveNoRatioToABenchmarkThatDidNotRun() {
        final BenchReport report = run("decodeOnly|jacksonTreeAndTreeMap");
        assertEquals(4, report.figures().size());
        for (final Figure figure : report.figures()) {
            assertNull(figure.timesByteSummingTail());
            assertTrue(figure.timesJacksonTreeAndTreeMap() > 0);
        }
        assertTrue(Program.toJson(report).contains("\"times_byte_summing_tail\" : null"));
    }

    @Test
    void shouldRefuseAPatternThatFindsNothing() {
        final UsageException refused = assertThrows(UsageException.class, () -> run("noSuchBenchmark"));
        assertTrue(refused.getMessage().contains("--include noSuchBenchmark"), refused.getMessage());
    }

    @ParameterizedTest
    @CsvSource({
        "--include, (",
        "--messages, 0",
        "--messages, 10000001",
        "--messages, many",
        "--captures, no/such/folder"
    })
    void shouldRefuseWhatItCannotRun(String option, String value) {
        assertEquals(
                Program.WRONG_USAGE,
                Program.run(new BenchMain(), List.of(option, value).toArray(String[]::new)));
    }
}
