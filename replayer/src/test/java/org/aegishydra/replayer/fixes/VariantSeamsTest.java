package org.aegishydra.replayer.fixes;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.io.OutputStream;
import java.io.PrintStream;
import java.io.RandomAccessFile;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.IntStream;
import org.aegishydra.core.journal.Journal;
import org.aegishydra.core.journal.JournalFormat;
import org.aegishydra.core.journal.JournalTailer;
import org.aegishydra.core.journal.RecordKind;
import org.aegishydra.core.run.FeedWriter;
import org.aegishydra.core.run.RunFolder;
import org.aegishydra.core.run.StepBatch;
import org.aegishydra.core.run.StepOperation;
import org.aegishydra.core.run.StepRecord;
import org.aegishydra.core.run.SwingingMarket;
import org.aegishydra.trader.StepObserver;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** What runs inline in a variant, and in which steps. */
class VariantSeamsTest {
    private static final int STEPS = 2_101;

    /** So low that every step is a spike. */
    private static final double ANY_STEP_MS = 0.000_001;

    @TempDir
    static Path directory;

    private static Journal journal;
    private static int runs;

    @BeforeAll
    static void record() {
        journal = Journal.create(directory.resolve("market"), JournalFormat.RUN);
        try (FeedWriter feed = new FeedWriter(journal).connect()) {
            new SwingingMarket(feed, "BTC-USD", 1).snapshot().run(STEPS - 1);
        }
    }

    private static FormRun run(String variant) {
        return FormRun.of(journal, variant, directory.resolve("run" + ++runs));
    }

    private static FormRun runOfSpikes(String variant) {
        return FormRun.of(journal, variant, directory.resolve("run" + ++runs), FormRun.settings(ANY_STEP_MS));
    }

    private static List<Integer> every(int steps) {
        return IntStream.rangeClosed(1, STEPS / steps)
                .map(i -> i * steps)
                .boxed()
                .toList();
    }

    @ParameterizedTest
    @CsvSource({
        "legacy,   500, 1000, 100,  10",
        "seed,     503, 0,    1000, 100",
        "aegis,    0,   0,    0,    0",
        "legacy+1, 0,   1000, 0,    10",
        "legacy+2, 500, 0,    100,  10",
        "legacy+5, 503, 1000, 100,  10",
        "legacy+6, 500, 1000, 100,  0",
        "aegis-1,  503, 0,    100,  0",
        "aegis-2,  0,   1000, 0,    0",
        "aegis-6,  0,   0,    0,    10"
    })
    void shouldRunPeriodicWorkInItsSteps(String variant, int dump, int collect, int flush, int status) {
        final FormRun run = run(variant);
        assertEquals(STEPS, run.steps());
        assertEquals(dump == 0 ? List.of() : every(dump), run.stepsWith(StepOperation.JSON_DUMP));
        assertEquals(collect == 0 ? List.of() : every(collect), run.stepsWith(StepOperation.GC_COLLECT));
        assertEquals(flush == 0 ? List.of() : every(flush), run.stepsWith(StepOperation.CSV_FLUSH));
        assertEquals(status == 0 ? List.of() : every(status), run.stepsWith(StepOperation.STATUS_LINE));
        assertEquals(
                status == 0 ? 0 : STEPS / status,
                run.console()
                        .lines()
                        .filter(line -> line.startsWith("Step ") && line.contains("Loop") == (status == 100))
                        .count());
    }

    @Test
    void shouldReportTradesThatWereWrittenInline() {
        assertFalse(run("legacy").stepsWith(StepOperation.TRADE_WRITE).isEmpty());
        assertFalse(run("seed").stepsWith(StepOperation.TRADE_WRITE).isEmpty());
        assertTrue(run("aegis").stepsWith(StepOperation.TRADE_WRITE).isEmpty());
    }

    @Test
    void shouldReportTheHeapsThatWereRebuilt() {
        assertFalse(run("seed").stepsWith(StepOperation.HEAP_CLEANUP).isEmpty());
        assertTrue(run("legacy").stepsWith(StepOperation.HEAP_CLEANUP).isEmpty());
        assertTrue(run("legacy+4").stepsWith(StepOperation.HEAP_CLEANUP).isEmpty());
    }

    private static long spikeLines(FormRun run) {
        return run.console()
                .lines()
                .filter(line -> line.startsWith("⚠️  SPIKE: {'step': "))
                .count();
    }

    private static long records(RunFolder folder, RecordKind kind) {
        if (!folder.hasSteps()) {
            return 0;
        }
        final long[] count = new long[1];
        try (JournalTailer steps = folder.steps().tailer()) {
            while (steps.poll((header, buffer, offset, length) -> count[0] += header.kind() == kind ? 1 : 0, 100) > 0) {
                // Until there are no more.
            }
        }
        return count[0];
    }

    @Test
    void shouldPrintALineForEachSpikeInSeed() {
        final FormRun seed = runOfSpikes("seed");
        assertTrue(seed.spikes() > STEPS / 2);
        assertEquals(seed.spikes(), spikeLines(seed));
        assertFalse(seed.folder().hasSteps());
    }

    @ParameterizedTest
    @ValueSource(strings = {"aegis", "aegis-2"})
    void shouldRecordEachSpikeForTheScribe(String variant) throws IOException {
        final FormRun run = runOfSpikes(variant);
        assertEquals(run.spikes(), records(run.folder(), RecordKind.SPIKE));
        assertEquals(run.spikes(), Files.readAllLines(run.folder().spikes()).size());
    }

    @ParameterizedTest
    @ValueSource(strings = {"legacy+7", "aegis-1"})
    void shouldRecordSpikesAndNoStepsWhereRowsAreMadeInline(String variant) {
        final FormRun run = runOfSpikes(variant);
        assertEquals(run.spikes(), records(run.folder(), RecordKind.SPIKE));
        assertEquals(0, records(run.folder(), RecordKind.STEP));
        assertEquals(0, spikeLines(run));
    }

    @ParameterizedTest
    @ValueSource(strings = {"legacy", "legacy+1", "aegis-7"})
    void shouldDetectNothingBefore(String variant) {
        final FormRun run = runOfSpikes(variant);
        assertTrue(run.spikes() > STEPS / 2);
        assertEquals(0, records(run.folder(), RecordKind.SPIKE));
        assertFalse(Files.exists(run.folder().spikes()));
        assertEquals(0, spikeLines(run));
    }

    private static void follow(VariantSeams seams, int steps) {
        final StepObserver observer = seams.engine().observer();
        for (int i = 1; i <= steps; i++) {
            observer.onStep(new StepRecord()
                    .at(i, i, FeedWriter.START_NS)
                    .product("BTC-USD", 2, 1)
                    .top(99, 5, 101, 5));
        }
        observer.onIdle();
    }

    /** A named pipe that nobody reads keeps the scribe from opening its file. */
    @Test
    void shouldTellHowManyRecordsTheScribeHasNotHandled() throws IOException, InterruptedException {
        final RunFolder folder = RunFolder.create(directory.resolve("run" + ++runs));
        final VariantSeams seams = seams("aegis", folder);
        assertEquals(0, seams.backlog());
        final Path pipe = Files.createDirectories(folder.product("BTC-USD")).resolve("paper_log.csv");
        assumeTrue(new ProcessBuilder("mkfifo", pipe.toString()).start().waitFor() == 0);
        follow(seams, 3 * StepBatch.CAPACITY + 1);
        assertEquals(4, seams.backlog());
        try (RandomAccessFile reader = new RandomAccessFile(pipe.toFile(), "rw")) {
            seams.close();
            assertTrue(reader.readLine().contains(",1,1,"));
        }
        assertEquals(0, seams.backlog());
    }

    @Test
    void shouldHaveNothingWaitingWhereTheTradingThreadWrites() {
        try (VariantSeams seams = seams("legacy", RunFolder.create(directory.resolve("run" + ++runs)))) {
            follow(seams, STEPS);
            assertEquals(0, seams.backlog());
        }
    }

    private static VariantSeams seams(String variant, RunFolder folder) {
        final PrintStream nowhere = new PrintStream(OutputStream.nullOutputStream(), false, StandardCharsets.UTF_8);
        return new VariantSeams(
                Variant.parse(variant), FormRun.settings(FormRun.SPIKES_OVER_MS), folder, FixPeriods.DEFAULT, nowhere);
    }
}
