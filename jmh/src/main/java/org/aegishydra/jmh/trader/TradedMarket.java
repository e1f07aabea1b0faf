package org.aegishydra.jmh.trader;

import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.aegishydra.core.journal.Journal;
import org.aegishydra.core.journal.JournalAppender;
import org.aegishydra.core.latency.LatencyRecorder;
import org.aegishydra.core.run.RunFolder;
import org.aegishydra.jmh.journal.RecordedMarket;
import org.aegishydra.trader.ControlSource;
import org.aegishydra.trader.DecisionJournal;
import org.aegishydra.trader.EngineSeams;
import org.aegishydra.trader.StepJournal;
import org.aegishydra.trader.StepObserver;
import org.aegishydra.trader.TradingEngine;
import org.aegishydra.trader.TradingSettings;
import org.aegishydra.trader.paper.RiskSettings;
import org.openjdk.jmh.annotations.Level;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.TearDown;

/** A new engine with journals of its own for each replay; making and deleting them is not measured. Used by one thread. */
@State(Scope.Thread)
public class TradedMarket {
    private final int stepInterval;
    private final StepForm stepForm;
    private Path directory;
    private DecisionJournal decisions;
    private StepObserver steps;
    private TradingEngine engine;

    /** An engine that records no steps. */
    public TradedMarket() {
        this(0, StepForm.SHARED_RECORD);
    }

    TradedMarket(int stepInterval, StepForm stepForm) {
        this.stepInterval = stepInterval;
        this.stepForm = stepForm;
    }

    /** As far as {@link StepJournal} does. */
    private static final long PEERS_AHEAD_BYTES = 16L << 20;

    /** How steps are recorded. */
    enum StepForm {
        /** As in a run: {@link StepJournal}. */
        SHARED_RECORD,
        SINGLE_RECORD,
        RING;

        private StepObserver open(Journal journal, int interval) {
            return switch (this) {
                case SHARED_RECORD -> {
                    final StepJournal recorded = new StepJournal(journal, interval);
                    recorded.populateAhead(System.err::println);
                    yield recorded;
                }
                case SINGLE_RECORD -> new SingleStepJournal(populated(journal));
                case RING -> new StepRing(populated(journal));
            };
        }

        private static JournalAppender populated(Journal journal) {
            final JournalAppender appender = journal.appender();
            appender.populateAhead(PEERS_AHEAD_BYTES, RunFolder.KEEP_FREE_BYTES, System.err::println);
            return appender;
        }
    }

    /** An engine that records each step by itself. */
    @State(Scope.Thread)
    public static class WithSingleSteps extends TradedMarket {
        /** Made by JMH. */
        public WithSingleSteps() {
            super(1, StepForm.SINGLE_RECORD);
        }
    }

    /** An engine that hands each step to another thread, which records it. */
    @State(Scope.Thread)
    public static class WithStepRing extends TradedMarket {
        /** Made by JMH. */
        public WithStepRing() {
            super(1, StepForm.RING);
        }
    }

    /** An engine that records every step. */
    @State(Scope.Thread)
    public static class WithSteps extends TradedMarket {
        /** Made by JMH. */
        public WithSteps() {
            super(1, StepForm.SHARED_RECORD);
        }
    }

    /** Makes the engine. */
    @Setup(Level.Invocation)
    public void open(RecordedMarket recorded) throws IOException {
        directory = RecordedMarket.scratch();
        final RunFolder folder = new RunFolder(directory);
        decisions = new DecisionJournal(folder.newDecisions());
        decisions.populateAhead(System.err::println);
        steps = stepForm.open(folder.newSteps(), stepInterval);
        engine = new TradingEngine(
                settings(stepInterval),
                recorded.source(),
                ControlSource.NONE,
                decisions,
                EngineSeams.standard(steps),
                new LatencyRecorder());
    }

    /** Settings with which the captures' quiet markets bring orders, fills and refusals. */
    static TradingSettings settings(int stepInterval) {
        return new TradingSettings(
                "order-flow",
                Map.of("reach-bps", "2", "threshold-bps", "0.1", "exit-bps", "0.5", "hold-ms", "0"),
                1,
                100,
                0,
                5,
                new RiskSettings(10, 5, 100),
                List.of(),
                stepInterval,
                5,
                false);
    }

    TradingEngine engine() {
        return engine;
    }

    /** Deletes what the replay wrote. */
    @TearDown(Level.Invocation)
    public void close() throws IOException {
        final long decided = decisions.counts().total();
        decisions.close();
        steps.close();
        RecordedMarket.deleteAll(directory);
        if (decided == 0) {
            throw new IllegalStateException("nothing was decided: the figure would leave out the way of an order");
        }
    }
}
