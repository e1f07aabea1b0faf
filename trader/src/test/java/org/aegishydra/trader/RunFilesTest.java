package org.aegishydra.trader;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.io.OutputStream;
import java.io.PrintStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.function.BooleanSupplier;
import org.aegishydra.core.journal.Journal;
import org.aegishydra.core.journal.JournalFormat;
import org.aegishydra.core.journal.JournalTailer;
import org.aegishydra.core.run.FeedWriter;
import org.aegishydra.core.run.RunFolder;
import org.aegishydra.core.run.SwingingMarket;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** The files of a run that people and their scripts read. */
class RunFilesTest {
    private static final String BTC = "BTC-USD";
    private static final ObjectMapper JSON = new ObjectMapper();
    private static final String[] BUSY = {"--fee-bps", "0", "--set", "hold-ms=50"};
    private static final String[] SLOW = {"--strategy", SlowStrategy.class.getName()};

    @TempDir
    Path directory;

    private Journal swinging(int messages) {
        final Journal market = Journal.create(directory.resolve("market"), JournalFormat.RUN);
        try (FeedWriter feed = new FeedWriter(market).connect()) {
            new SwingingMarket(feed, BTC, 1).snapshot().run(messages);
        }
        return market;
    }

    private EngineRun run(int messages, String... options) {
        return EngineRun.over(swinging(messages), directory.resolve("run"), EngineRun.settings(options));
    }

    private static String column(String row, int number) {
        return row.split(",", -1)[number - 1];
    }

    private List<String> bash(String script) throws IOException, InterruptedException {
        final Process process = new ProcessBuilder("bash", "-c", script)
                .directory(directory.resolve("run").resolve(BTC).toFile())
                .redirectError(ProcessBuilder.Redirect.INHERIT)
                .start();
        final String output = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        assertTrue(process.waitFor(20, TimeUnit.SECONDS));
        return output.lines().toList();
    }

    @Test
    void shouldWriteARowForEveryStepAndEveryFill() throws IOException {
        final EngineRun run = run(1500, BUSY);
        final List<String> log = run.lines("BTC-USD/paper_log.csv");
        assertEquals(1501, log.size());
        for (int i = 0; i < log.size(); i++) {
            assertTrue(
                    log.get(i)
                            .matches(
                                    "2026-08-09T12:00:[0-5]\\d\\.\\d{6}Z," + (i + 1)
                                            + ",(99|100|101)(\\.\\d{1,3})?,\\d+\\.\\d{4},-?\\d+\\.\\d{6},-?[\\d.]+,\\d+\\.\\d{6}"),
                    log.get(i));
        }
        final List<String> trades = run.lines("BTC-USD/paper_trades.csv");
        assertEquals(run.summary().decisions().fills(), trades.size());
        assertTrue(trades.get(0).matches("2026-[^,]*Z,[\\d.]+,(BUY|SELL),[\\d.]+,\\d+\\.\\d{4}"), trades.get(0));
    }

    @Test
    void shouldKeepTheLastThousandRowsAsJson() throws IOException {
        final EngineRun run = run(1500, BUSY);
        final JsonNode state =
                JSON.readTree(directory.resolve("run/BTC-USD/paper_state.json").toFile());
        final List<String> log = run.lines("BTC-USD/paper_log.csv");
        assertEquals(1000, state.size());
        for (int i = 0; i < 1000; i++) {
            final String row = log.get(log.size() - 1000 + i);
            final JsonNode object = state.get(i);
            assertEquals(column(row, 1), object.get("time").textValue());
            assertEquals(column(row, 2), object.get("step").asText());
            assertEquals(Double.parseDouble(column(row, 3)), object.get("price").doubleValue());
            assertEquals(
                    Double.parseDouble(column(row, 6)), object.get("position").doubleValue());
            assertEquals(
                    Double.parseDouble(column(row, 7)), object.get("latency").doubleValue());
        }
    }

    @Test
    void shouldKeepTheScriptsWorkingThatPeopleHave() throws IOException, InterruptedException {
        final EngineRun run = run(99, SLOW);
        final List<String> log = run.lines("BTC-USD/paper_log.csv");
        assertEquals(
                log.stream()
                        .map(row -> Double.parseDouble(column(row, 7)))
                        .sorted()
                        .skip(80)
                        .toList(),
                bash("tail -1000 paper_log.csv | awk -F',' '{print $7}' | sort -n | tail -20").stream()
                        .map(Double::parseDouble)
                        .toList());
        final List<String> spikes = new ArrayList<>();
        for (final String row : log.subList(90, 100)) {
            if (Double.parseDouble(column(row, 7)) > 5) {
                spikes.add("SPIKE: " + column(row, 7) + " ms at step " + column(row, 2));
            }
        }
        assertFalse(spikes.isEmpty());
        assertEquals(
                spikes,
                bash(
                        "timeout 2 tail -f paper_log.csv | awk -F',' '{if ($7 > 5) print \"SPIKE:\", $7, \"ms at step\", $2}'"));
    }

    @Test
    void shouldWriteSpikesWithTheTimesThatTheLogShows() throws IOException {
        final EngineRun run = run(99, SLOW);
        final List<String> log = run.lines("BTC-USD/paper_log.csv");
        final List<String> spikes = run.lines("spikes.jsonl");
        assertEquals(run.summary().spikes(), spikes.size());
        int slow = 0;
        for (final String line : spikes) {
            final JsonNode spike = JSON.readTree(line);
            final int step = spike.get("step").intValue();
            final long totalNs = spike.get("total_ns").longValue();
            assertEquals(totalNs / 1e6, Double.parseDouble(column(log.get(step - 1), 7)), 1e-9);
            assertTrue(totalNs > 5_000_000, line);
            if (step % SlowStrategy.SLOW_EVERY == 0) {
                slow++;
                assertTrue(spike.get("engine_ns").longValue() >= SlowStrategy.SLOW_NS, line);
            }
        }
        assertEquals(10, slow);
    }

    @Test
    void shouldIncludeWhatFollowsAStepInTheTimesOfASpike() throws IOException {
        final EngineRun run = run(200, "--spike-threshold-ms", "0.000001", "--fee-bps", "0");
        final List<String> spikes = run.lines("spikes.jsonl");
        assertEquals(201, spikes.size());
        int told = 0;
        for (final String line : spikes) {
            final JsonNode spike = JSON.readTree(line);
            assertEquals(spike.get("decode_ns").isNull(), spike.get("book_ns").isNull(), line);
            if (spike.get("decode_ns").isNull()) {
                continue;
            }
            told++;
            long stagesNs = 0;
            for (final String stage : List.of("decode_ns", "book_ns", "engine_ns", "order_ns", "follow_ns")) {
                stagesNs += spike.get(stage).longValue();
            }
            assertEquals(stagesNs, spike.get("total_ns").longValue(), line);
        }
        assertTrue(told > 0, "some steps tell decoding from the book");
        final long loopNs = run.summary().latency().get("Loop").maxNs();
        final long largestNs =
                spikes.stream().mapToLong(RunFilesTest::totalNs).max().orElseThrow();
        assertTrue(Math.abs(largestNs - loopNs) <= largestNs / 500 + 1, largestNs + " and " + loopNs);
    }

    private static long totalNs(String spike) {
        try {
            return JSON.readTree(spike).get("total_ns").longValue();
        } catch (final IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    @ParameterizedTest
    @CsvSource({"all, 201", "none, 0", "1, 201", "10, 20", "500, 0"})
    void shouldRecordTheStepsThatAreAskedFor(String steps, int expected) throws IOException {
        final EngineRun run = run(200, "--steps", steps, "--spike-threshold-ms", "60000");
        if (expected > 0) {
            assertEquals(expected, run.recordedSteps().size());
            assertEquals(expected, run.lines("BTC-USD/paper_log.csv").size());
        } else {
            assertFalse(run.folder().hasSteps());
        }
        assertEquals(201, run.summary().steps());
    }

    @Test
    void shouldShowSpikesWhileTheRunGoesOn() throws InterruptedException {
        final Path spikes = directory.resolve("run/spikes.jsonl");
        try (JournalTailer records = swinging(30).tailer();
                TradingRun run = new TradingRun(
                        RunFolder.create(directory.resolve("run")),
                        EngineRun.settings(SLOW),
                        records,
                        ControlSource.NONE,
                        null)) {
            while (run.engine().doWork() > 0) {
                Thread.onSpinWait();
            }
            await(() -> size(spikes) > 0);
            run.finish("live", "live", "market", "end of test");
        }
    }

    private static long size(Path file) {
        try {
            return Files.exists(file) ? Files.size(file) : 0;
        } catch (final IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static void await(BooleanSupplier condition) throws InterruptedException {
        final long deadlineNs = System.nanoTime() + 20_000_000_000L;
        while (!condition.getAsBoolean()) {
            assertTrue(System.nanoTime() < deadlineNs, "waited too long");
            Thread.sleep(5);
        }
    }

    @Test
    void shouldFailARunWhoseFilesCannotBeWritten() throws IOException {
        final Path folder = Files.createDirectories(directory.resolve("run"));
        Files.writeString(folder.resolve(BTC), "in the way");
        try (JournalTailer records = swinging(30).tailer();
                TradingRun run = new TradingRun(
                        new RunFolder(folder), EngineRun.settings(BUSY), records, ControlSource.NONE, null)) {
            while (run.engine().doWork() > 0) {
                Thread.onSpinWait();
            }
            final UncheckedIOException failure =
                    assertThrows(UncheckedIOException.class, () -> run.finish("live", "live", "market", "end"));
            assertTrue(failure.getMessage().contains(BTC), failure.getMessage());
        }
        assertFalse(Files.exists(folder.resolve("summary.json")));
    }

    @Test
    void shouldFailARunWhoseScribeEndedByAnError() {
        final PrintStream broken = new PrintStream(OutputStream.nullOutputStream(), true, StandardCharsets.UTF_8) {
            @Override
            public void println(Object line) {
                throw new InternalError("a fault in mapped memory");
            }
        };
        try (JournalTailer records = swinging(30).tailer();
                TradingRun run = new TradingRun(
                        RunFolder.create(directory.resolve("run")),
                        EngineRun.settings(BUSY),
                        records,
                        ControlSource.NONE,
                        broken)) {
            while (run.engine().doWork() > 0) {
                Thread.onSpinWait();
            }
            assertThrows(InternalError.class, () -> run.finish("live", "live", "market", "end"));
        }
    }

    @ParameterizedTest
    @CsvSource({"../escape", "decisions", "KILL", "summary.json", "..", "A/B-USD", "C%D"})
    void shouldKeepAProductsFilesInAFolderOfItsOwn(String product) throws IOException {
        final Journal market = Journal.create(directory.resolve("market"), JournalFormat.RUN);
        try (FeedWriter feed = new FeedWriter(market).connect()) {
            feed.snapshot(product, "bid 100.01 1.5", "offer 100.03 5.5");
        }
        final EngineRun run = EngineRun.over(market, directory.resolve("run"), EngineRun.settings(BUSY));
        assertEquals(1, run.summary().steps());
        final List<Path> logs;
        try (var files = Files.walk(directory)) {
            logs = files.filter(file -> file.endsWith("paper_log.csv")).toList();
        }
        assertEquals(1, logs.size());
        assertEquals(directory.resolve("run"), logs.get(0).getParent().getParent());
        assertFalse(Files.exists(directory.resolve("run/KILL")));
        assertTrue(Files.isRegularFile(directory.resolve("run/summary.json")));
    }
}
