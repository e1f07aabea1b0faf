package org.aegishydra.replayer.fixes;

import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import org.aegishydra.core.coinbase.MessageKind;
import org.aegishydra.core.journal.Journal;
import org.aegishydra.core.run.DecisionRecord;
import org.aegishydra.core.run.RunFolder;
import org.aegishydra.core.run.RunSummary;
import org.aegishydra.core.run.StepOperation;
import org.aegishydra.core.run.StepRecord;
import org.aegishydra.replayer.Pace;
import org.aegishydra.replayer.ReplayRange;
import org.aegishydra.replayer.ReplaySession;
import org.aegishydra.replayer.Waiting;
import org.aegishydra.trader.ControlSource;
import org.aegishydra.trader.DecisionJournal;
import org.aegishydra.trader.EngineSeams;
import org.aegishydra.trader.StepObserver;
import org.aegishydra.trader.TradingEngine;
import org.aegishydra.trader.TradingSettings;
import org.aegishydra.trader.paper.RiskSettings;

/**
 * What came of a journal that was played through the engine with a variant's forms.
 *
 * @param kinds how many messages there were of each kind.
 * @param operations what each step reported to have run in it, as bits.
 * @param console what was printed.
 * @param backlog what was left to write when the run was closed.
 */
record FormRun(
        String digest,
        RunSummary.Decisions decisions,
        long steps,
        long spikes,
        Map<MessageKind, Long> kinds,
        List<Long> operations,
        String console,
        RunFolder folder,
        long backlog) {
    static final double SPIKES_OVER_MS = 5;

    /** With these, the market of the tests is traded all the time. */
    static TradingSettings settings(double spikeThresholdMs) {
        return new TradingSettings(
                "order-flow",
                Map.of("order-value", "1500", "hold-ms", "50"),
                1,
                100_000,
                0,
                3,
                new RiskSettings(6, 5, 10_000),
                List.of(),
                1,
                spikeThresholdMs,
                false);
    }

    static FormRun of(Journal journal, String variant, Path directory) {
        return of(journal, variant, directory, settings(SPIKES_OVER_MS));
    }

    static FormRun of(Journal journal, String variant, Path directory, TradingSettings settings) {
        final RunFolder folder = RunFolder.create(directory);
        final ByteArrayOutputStream printed = new ByteArrayOutputStream();
        final PrintStream console = new PrintStream(printed, false, StandardCharsets.UTF_8);
        final VariantSeams seams =
                new VariantSeams(Variant.parse(variant), settings, folder, FixPeriods.DEFAULT, console);
        final OperationsKeeper operations = new OperationsKeeper(seams.engine().observer());
        final FormRun run;
        try (seams;
                DecisionJournal decisions = new DecisionJournal(folder.newDecisions());
                ReplaySession session = new ReplaySession(
                        journal.tailer(),
                        new ReplayRange(1, Long.MAX_VALUE / 2),
                        Pace.MAX,
                        Waiting.SPIN,
                        () -> false)) {
            final TradingEngine engine = new TradingEngine(
                    settings,
                    session,
                    ControlSource.NONE,
                    decisions,
                    new EngineSeams(seams.engine().decoders(), seams.engine().books(), operations),
                    trace -> {});
            while (session.state() != ReplaySession.State.ENDED) {
                engine.doWork();
            }
            engine.stop("end of range");
            final Map<MessageKind, Long> kinds = new EnumMap<>(MessageKind.class);
            for (final MessageKind kind : MessageKind.values()) {
                kinds.put(kind, engine.messages(kind));
            }
            run = new FormRun(
                    HexFormat.of()
                            .toHexDigits(decisions.digest().with(engine.market().digest())),
                    decisions.counts(),
                    engine.steps(),
                    engine.spikes(),
                    kinds,
                    operations.bits,
                    "",
                    folder,
                    0);
        }
        return run.closed(printed.toString(StandardCharsets.UTF_8), seams.backlog());
    }

    private FormRun closed(String allPrinted, long left) {
        return new FormRun(digest, decisions, steps, spikes, kinds, operations, allPrinted, folder, left);
    }

    /** The steps in which an operation ran, from 1. */
    List<Integer> stepsWith(StepOperation operation) {
        return IntStream.rangeClosed(1, operations.size())
                .filter(step -> (operations.get(step - 1) & operation.bit()) != 0)
                .boxed()
                .toList();
    }

    /** Passes everything on, and keeps what each step reported. */
    private static final class OperationsKeeper implements StepObserver {
        private final StepObserver observer;
        private final List<Long> bits = new ArrayList<>();

        private OperationsKeeper(StepObserver observer) {
            this.observer = observer;
        }

        @Override
        public void onDecision(DecisionRecord decision) {
            observer.onDecision(decision);
        }

        @Override
        public boolean follows(long step) {
            bits.add(0L);
            return observer.follows(step);
        }

        @Override
        public long onStep(StepRecord step) {
            final long operations = observer.onStep(step);
            bits.set(bits.size() - 1, operations);
            return operations;
        }

        @Override
        public void onSpike(StepRecord step, long followNs) {
            observer.onSpike(step, followNs);
        }

        @Override
        public void onIdle() {
            observer.onIdle();
        }

        @Override
        public void close() {
            // The seams close what is theirs.
        }
    }
}
