package org.aegishydra.replayer;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.aegishydra.core.command.Program;
import org.aegishydra.core.journal.Journal;
import org.aegishydra.core.journal.JournalFormat;
import org.aegishydra.core.run.ControlRecord;
import org.aegishydra.core.run.FeedWriter;
import org.aegishydra.core.run.RunFolder;
import org.aegishydra.core.run.RunSummary;
import org.aegishydra.core.run.SwingingMarket;
import org.aegishydra.trader.RecordedRun;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A range that begins in the middle of a day, with the books that the day had by then. */
class WholeBooksTest {
    @TempDir
    Path directory;

    @BeforeEach
    void record() {
        try (FeedWriter feed = new FeedWriter(Journal.create(directory.resolve("market"), JournalFormat.MARKET))) {
            new SwingingMarket(feed.connect(), "BTC-USD", 1).snapshot().run(600);
        }
    }

    private ProgramRun replay(String... options) {
        final List<String> arguments =
                new ArrayList<>(List.of("--journal", directory.resolve("market").toString()));
        arguments.addAll(List.of(options));
        return ProgramRun.of(new ReplayMain(), arguments.toArray(String[]::new));
    }

    private RunSummary range(String name, String... more) {
        final List<String> options = new ArrayList<>(List.of(
                "--out",
                directory.resolve(name).toString(),
                "--records",
                "304-503",
                "--fee-bps",
                "0",
                "--set",
                "hold-ms=50"));
        options.addAll(List.of(more));
        final ProgramRun run = replay(options.toArray(String[]::new));
        assertEquals(Program.DONE, run.exitCode(), run.errors());
        return RunSummary.read(directory.resolve(name).resolve("summary.json"));
    }

    @Test
    void shouldBeginWithoutBooksUnlessItIsToldToMakeThem() {
        final RunSummary without = range("without");
        assertEquals(0, without.decisions().total());
        assertEquals(304, without.range().firstRecord());
        assertTrue(without.products().get(0).blindSeconds() > 1.9, without.products()::toString);

        final RunSummary with = range("with", "--whole-books");
        assertEquals(1, with.range().firstRecord());
        assertEquals(503, with.range().lastRecord());
        assertEquals(0, with.products().get(0).blindSeconds());
        assertTrue(with.decisions().entries() > 3 && with.decisions().exits() > 3, with.decisions()::toString);
    }

    @Test
    void shouldTradeNothingBeforeTheRangeAndBeRepeatable() {
        range("with", "--whole-books");
        final RecordedRun run = RecordedRun.read(RunFolder.open(directory.resolve("with")));
        assertEquals(
                List.of(
                        new ControlRecord(ControlRecord.Type.TRADING_DISABLED, 0, "making the books whole"),
                        new ControlRecord(ControlRecord.Type.TRADING_ENABLED, 303, "the range begins")),
                run.controls());
        final ProgramRun repeated = replay("--run", directory.resolve("with").toString());
        assertEquals(Program.DONE, repeated.exitCode(), repeated.errors());
        assertTrue(repeated.errors().contains("same digest as"), repeated.errors());
    }

    @Test
    void shouldPaceTheRangeOnly() {
        final RunSummary paced = range("paced", "--whole-books", "--pace", "20x");
        assertEquals(200, paced.lateness().count());
        assertEquals(range("max", "--whole-books").digest(), paced.digest());
    }

    @Test
    void shouldRefuseItWhereThereIsNothingToMake() {
        final ProgramRun into =
                replay("--whole-books", "--into", directory.resolve("into").toString());
        assertEquals(Program.WRONG_USAGE, into.exitCode());
        assertTrue(into.errors().contains("nothing is traded here; leave out --whole-books"), into.errors());
    }
}
