package org.aegishydra.trader;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.aegishydra.core.command.Program;
import org.aegishydra.core.journal.Journal;
import org.aegishydra.core.journal.JournalFormat;
import org.aegishydra.core.run.FeedWriter;
import org.aegishydra.core.run.RunFolder;
import org.aegishydra.core.run.RunSummary;
import org.aegishydra.core.run.SwingingMarket;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** A warm-up leaves nothing behind but compiled code. */
class WarmUpTest {
    @TempDir
    Path directory;

    private Journal market(int messages) {
        final Journal market = Journal.create(directory.resolve("market"), JournalFormat.MARKET);
        try (FeedWriter feed = new FeedWriter(market).connect()) {
            if (messages > 0) {
                new SwingingMarket(feed, "BTC-USD", 1).snapshot().run(messages);
            }
        }
        return market;
    }

    private EngineRun trade(String run, String... options) {
        final List<String> arguments = new ArrayList<>(List.of(
                "--journal",
                directory.resolve("market").toString(),
                "--out",
                directory.resolve(run).toString(),
                "--until-idle",
                "100ms"));
        arguments.addAll(List.of(EngineRun.BUSY));
        arguments.addAll(List.of(options));
        final PrintStream standardOutput = System.out;
        final PrintStream standardError = System.err;
        System.setOut(new PrintStream(new ByteArrayOutputStream(), true, StandardCharsets.UTF_8));
        System.setErr(new PrintStream(new ByteArrayOutputStream(), true, StandardCharsets.UTF_8));
        try {
            assertEquals(Program.DONE, Program.run(new TradeMain(), arguments.toArray(String[]::new)));
        } finally {
            System.setOut(standardOutput);
            System.setErr(standardError);
        }
        final RunFolder folder = RunFolder.open(directory.resolve(run));
        return new EngineRun(folder, RunSummary.read(folder.summary()));
    }

    @ParameterizedTest
    @ValueSource(strings = {"order-flow", "ising"})
    void shouldDecideByteForByteWhatItDecidesWithout(String strategy) {
        market(700);
        final String[] options = strategy.equals("ising")
                ? new String[] {
                    "--strategy=ising",
                    "--set=depth-weight=1",
                    "--set=max-field=1",
                    "--set=entry-sigmas=0",
                    "--set=order-value=50"
                }
                : new String[0];
        final EngineRun without = trade("without", options);
        final List<String> warm = new ArrayList<>(List.of(options));
        warm.add("--warm-up=7000");
        final EngineRun with = trade("with", warm.toArray(String[]::new));
        assertTrue(without.decisionBytes().size() > 20, "something to agree on");
        assertEquals(without.decisionBytes(), with.decisionBytes());
        assertEquals(without.controls(), with.controls());
        assertEquals(without.summary().digest(), with.summary().digest());
        assertEquals(without.summary().products(), with.summary().products());
        assertEquals(without.summary().steps(), with.summary().steps());
        assertEquals(0, without.summary().tradingThread().warmUpRecords());
        assertEquals(7_000, with.summary().tradingThread().warmUpRecords());
    }

    /** From a journal without a message, with little, and with more than is asked for. */
    @ParameterizedTest
    @CsvSource({"0, 6000", "300, 6000", "6000, 5500", "6000, 100"})
    void shouldHandleAsManyRecordsAsItIsToldWithDecisions(int messages, long records) throws IOException {
        final Journal market = market(messages);
        final WarmUp.Outcome outcome = WarmUp.run(EngineRun.settings(EngineRun.BUSY), market, records);
        assertTrue(outcome.records() >= records && outcome.records() < records + 64, outcome::toString);
        assertTrue(outcome.decisions() > 10, outcome::toString);
    }

    @Test
    void shouldLeaveNoFolderBehind() throws IOException {
        final long before = folders();
        WarmUp.run(EngineRun.settings("--product", "ETH-USD"), market(10), 6_000);
        assertEquals(before, folders());
    }

    private static long folders() throws IOException {
        try (Stream<Path> files = Files.list(Path.of(System.getProperty("java.io.tmpdir")))) {
            return files.filter(file -> file.getFileName().toString().startsWith("aegis-warm-up-"))
                    .count();
        }
    }
}
