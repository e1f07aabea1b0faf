package org.aegishydra.replayer.verify;

import java.nio.file.Path;
import java.util.function.Supplier;
import org.aegishydra.core.book.LadderOrderBook;
import org.aegishydra.core.book.OrderBook;
import org.aegishydra.core.coinbase.Decoders;
import org.aegishydra.core.journal.Recording;
import org.aegishydra.core.latency.LatencyFigures;
import org.aegishydra.core.latency.LatencyRecorder;
import org.aegishydra.core.latency.NoiseFloor;
import org.aegishydra.core.run.RunFolder;
import org.aegishydra.replayer.Pace;
import org.aegishydra.replayer.ReplayRange;
import org.aegishydra.replayer.ReplaySession;
import org.aegishydra.replayer.Waiting;
import org.aegishydra.trader.ControlSource;
import org.aegishydra.trader.DecisionJournal;
import org.aegishydra.trader.EngineSeams;
import org.aegishydra.trader.StepJournal;
import org.aegishydra.trader.StepObserver;
import org.aegishydra.trader.TradingEngine;
import org.aegishydra.trader.TradingSettings;
import org.aegishydra.trader.scribe.PaperFormat;
import org.aegishydra.trader.scribe.Scribe;

/** Runs the trader's engine once with a variant's forms plugged in at its seams. Stateless. */
final class VariantEngine {
    private VariantEngine() {}

    /** Plays a session through a new engine, which writes into an empty folder. */
    static Trial run(Variant variant, TradingSettings settings, ReplaySession session, Path directory) {
        final RunFolder folder = RunFolder.create(directory);
        final LatencyRecorder latency = new LatencyRecorder();
        final NoiseFloor noiseFloor = NoiseFloor.beside();
        final boolean scribes = variant.form(LatencyFix.DISK_IO) == FixForm.AEGIS;
        // Only the aegis form leaves the writing to the scribe; it is part of the machine's load then.
        final Scribe scribe =
                scribes ? new Scribe(folder, 0, settings.capital(), settings.feeBps(), null).start() : null;
        try (DecisionJournal decisions = new DecisionJournal(folder.newDecisions());
                StepObserver observer = observer(variant, settings, folder)) {
            final EngineSeams seams = new EngineSeams(Decoders::of, books(variant), observer);
            final TradingEngine engine =
                    new TradingEngine(settings, session, ControlSource.NONE, decisions, seams, latency);
            while (session.state() != ReplaySession.State.ENDED) {
                engine.doWork();
            }
            engine.stop("end of range");
            final LatencyFigures noise = noiseFloor.stop();
            latency.writeLog(folder.latencyLog());
            return new Trial(
                    variant.name(),
                    java.util.HexFormat.of()
                            .toHexDigits(decisions.digest().with(engine.market().digest())),
                    decisions.counts(),
                    LatencyFigures.of(latency.histogram(LatencyRecorder.Stage.LOOP)),
                    LatencyFigures.of(latency.histogram(LatencyRecorder.Stage.ENGINE)),
                    engine.spikes(),
                    noise);
        } finally {
            noiseFloor.close();
            if (scribe != null) {
                scribe.close();
            }
        }
    }

    private static Supplier<OrderBook> books(Variant variant) {
        return switch (variant.form(LatencyFix.HEAP_CLEANUP)) {
            case BEFORE -> () -> new HeapOrderBook(0);
            case SEED -> () -> new HeapOrderBook(HeapOrderBook.SEED_CLEANUP_INTERVAL);
            case AEGIS -> LadderOrderBook::new;
        };
    }

    private static StepObserver observer(Variant variant, TradingSettings settings, RunFolder folder) {
        final PaperFormat format = new PaperFormat(settings.capital(), settings.feeBps());
        return switch (variant.form(LatencyFix.DISK_IO)) {
            case BEFORE ->
                new InlineRows(folder, format, new SynchronousWrites(), InlineRows.BEFORE_LOG_INTERVAL_LINES);
            case SEED -> new InlineRows(folder, format, new BackgroundWrites(), InlineRows.SEED_LOG_INTERVAL_LINES);
            case AEGIS -> new StepJournal(folder.newSteps(), settings.stepInterval());
        };
    }

    /** A session over a plan's range. */
    static ReplaySession session(Recording recording, TrialPlan plan, Pace pace) {
        final ReplayRange range = new ReplayRange(plan.firstRecord(), plan.lastRecord());
        return new ReplaySession(recording.reader(), range, pace, Waiting.SPIN, () -> false);
    }
}
