package org.aegishydra.trader;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.function.Function;
import org.aegishydra.core.coinbase.Decimals;
import org.aegishydra.core.journal.Journal;
import org.aegishydra.core.journal.JournalTailer;
import org.aegishydra.core.journal.RecordHandler;
import org.aegishydra.core.journal.RecordKind;
import org.aegishydra.core.run.ControlRecord;
import org.aegishydra.core.run.DecisionRecord;
import org.aegishydra.core.run.RunFolder;
import org.aegishydra.core.run.RunSummary;
import org.aegishydra.core.run.StepBatch;
import org.aegishydra.core.run.StepRecord;
import org.agrona.DirectBuffer;
import picocli.CommandLine;

/**
 * A run of the engine in this process over all that a journal holds, and what it left in its folder.
 *
 * @param folder the run's.
 * @param summary the run's.
 */
record EngineRun(RunFolder folder, RunSummary summary) {
    /** Orders larger than a level, more of them than are allowed, and a feed that is late now and then. */
    static final String[] BUSY = {
        "--fee-bps",
        "0",
        "--slippage-bps",
        "3",
        "--max-orders-per-second",
        "6",
        "--capital",
        "100000",
        "--max-position-value",
        "10000",
        "--set",
        "order-value=1500",
        "--set",
        "hold-ms=50"
    };

    /** The settings that these options say. */
    static TradingSettings settings(String... options) {
        final TradingOptions parsed = new TradingOptions();
        new CommandLine(parsed).setOverwrittenOptionsAllowed(true).parseArgs(options);
        return parsed.settings();
    }

    static EngineRun over(Journal market, Path directory, TradingSettings settings) {
        return over(market, directory, settings, ControlSource.NONE);
    }

    static EngineRun over(Journal market, Path directory, TradingSettings settings, ControlSource controls) {
        final RunFolder folder = RunFolder.create(directory);
        try (JournalTailer records = market.tailer();
                TradingRun run = new TradingRun(folder, settings, records, controls, null)) {
            int handled;
            do {
                handled = run.engine().doWork();
            } while (handled > 0);
            return new EngineRun(
                    folder, run.finish("replay", "max", market.directory().toString(), "end of test"));
        }
    }

    /** A reader of one kind of record of a journal of the run. */
    private static <T> List<T> read(Journal journal, RecordKind kind, Reader<T> reader) {
        final List<T> found = new ArrayList<>();
        final RecordHandler handler = (header, buffer, offset, length) -> {
            if (header.kind() == kind) {
                found.add(reader.read(buffer, offset, length));
            }
        };
        try (JournalTailer tailer = journal.tailer()) {
            int records;
            do {
                records = tailer.poll(handler, 1024);
            } while (records > 0);
        }
        return found;
    }

    /** Reads a record's payload. */
    private interface Reader<T> {
        T read(DirectBuffer buffer, int offset, int length);
    }

    /** The payloads of all decisions, byte for byte. */
    List<String> decisionBytes() {
        return read(folder.decisions(), RecordKind.DECISION, (buffer, offset, length) -> {
            final byte[] bytes = new byte[length];
            buffer.getBytes(offset, bytes);
            return HexFormat.of().formatHex(bytes);
        });
    }

    <T> List<T> decisions(Function<DecisionRecord, T> field) {
        final DecisionRecord decision = new DecisionRecord();
        return read(
                folder.decisions(),
                RecordKind.DECISION,
                (buffer, offset, length) -> field.apply(decision.wrap(buffer, offset)));
    }

    /** What was decided, apart from where in the run it was. */
    List<String> trades() {
        return decisions(decision -> decision.type() + " " + decision.productId() + " " + decision.side() + " "
                + Decimals.plain(decision.size(), decision.sizeScale()) + " at "
                + Decimals.plain(decision.price(), decision.priceScale()) + " " + decision.reason());
    }

    List<ControlRecord> controls() {
        return read(folder.decisions(), RecordKind.CONTROL, ControlRecord::decode);
    }

    long records(Journal journal, RecordKind kind) {
        return read(journal, kind, (buffer, offset, length) -> kind).size();
    }

    /** The numbers of the steps that were recorded. */
    List<Long> recordedSteps() {
        final List<Long> found = new ArrayList<>();
        final StepRecord view = new StepRecord();
        read(folder.steps(), RecordKind.STEP, (buffer, offset, length) -> {
            StepBatch.forEach(buffer, offset, length, view, step -> found.add(step.step()));
            return length;
        });
        return found;
    }

    /** The lines of a file of the run. */
    List<String> lines(String file) throws IOException {
        return Files.readAllLines(folder.directory().resolve(file));
    }
}
