package org.aegishydra.trader;

import java.io.PrintStream;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;
import org.HdrHistogram.Histogram;
import org.aegishydra.core.checkpoint.CheckpointException;
import org.aegishydra.core.checkpoint.CheckpointFile;
import org.aegishydra.core.checkpoint.StateInput;
import org.aegishydra.core.checkpoint.StateOutput;
import org.aegishydra.core.coinbase.Decimals;
import org.aegishydra.core.coinbase.MessageKind;
import org.aegishydra.core.coinbase.Product;
import org.aegishydra.core.command.Program;
import org.aegishydra.core.journal.RecordSource;
import org.aegishydra.core.latency.LatencyFigures;
import org.aegishydra.core.latency.LatencyRecorder;
import org.aegishydra.core.latency.NoiseFloor;
import org.aegishydra.core.latency.StallWindow;
import org.aegishydra.core.run.RunDigest;
import org.aegishydra.core.run.RunFolder;
import org.aegishydra.core.run.RunSummary;
import org.aegishydra.trader.scribe.Scribe;

/**
 * One run of the engine with everything around it: the run's journals, the scribe, the latencies, the summary. The thread
 * that makes it drives {@link #engine()} and then calls {@link #finish}.
 */
public final class TradingRun implements AutoCloseable {
    private static final double NS_PER_SECOND = 1e9;

    private final RunFolder folder;
    private final TradingSettings settings;
    private final DecisionJournal decisions;
    private final StepJournal steps;
    private final Scribe scribe;
    private final LatencyRecorder latency = new LatencyRecorder();
    private final NoiseFloor noiseFloor = NoiseFloor.beside();
    private final CheckpointWriter checkpoints;
    private final RecordedRun resumedFrom;
    private TradingEngine engine;
    private Histogram lateness;
    private RunSummary.TradingThread tradingThread;
    private TraderStatus status;
    private boolean closed;

    /**
     * Opens the journals of a new run and starts its scribe.
     *
     * @param console where status and spike lines go, or null for nowhere.
     */
    public TradingRun(
            RunFolder folder,
            TradingSettings settings,
            RecordSource records,
            ControlSource controls,
            PrintStream console) {
        this(folder, settings, new DecisionJournal(folder.newDecisions()), null, console);
        this.engine = engine(records, controls);
    }

    private TradingRun(
            RunFolder folder,
            TradingSettings settings,
            DecisionJournal decisions,
            RecordedRun resumedFrom,
            PrintStream console) {
        this.folder = folder;
        this.settings = settings;
        this.resumedFrom = resumedFrom;
        this.decisions = decisions;
        this.steps = new StepJournal(folder.newSteps(), settings.stepInterval());
        this.checkpoints = new CheckpointWriter(folder.checkpoint(), System.err::println);
        this.scribe = new Scribe(folder, steps.lastOldStep(), settings.capital(), settings.feeBps(), console).start();
    }

    private TradingEngine engine(RecordSource records, ControlSource controls) {
        return new TradingEngine(settings, records, controls, decisions, EngineSeams.standard(steps), latency);
    }

    /**
     * Goes on with a run that was killed or stopped: from its checkpoint, or, if that cannot be used, from its first record.
     * What it decided since is decided again, compared, and not written a second time. The tail then stands where the
     * engine goes on.
     *
     * @param log told from where it goes on.
     * @throws org.aegishydra.core.journal.JournalException if the journal is another one, or does not reach back so far.
     */
    static TradingRun resume(
            RunFolder folder, LiveTail tail, LiveControls live, PrintStream console, Consumer<String> log) {
        final DecisionJournal decisions = new DecisionJournal(folder.newDecisions());
        final RecordedRun run;
        try {
            // Not before this process is the only one that writes to the run.
            run = RecordedRun.readIfBegun(folder);
        } catch (final RuntimeException e) {
            decisions.close();
            throw e;
        }
        final TradingRun resumed = new TradingRun(folder, run.settings(), decisions, run, console);
        try {
            resumed.goOn(tail, live, log);
            return resumed;
        } catch (final RuntimeException e) {
            resumed.close();
            throw e;
        }
    }

    private void goOn(LiveTail tail, LiveControls live, Consumer<String> log) {
        final long lastRecord = decisions.lastRecord();
        long firstRepeated = restore(tail, live, lastRecord, log);
        if (firstRepeated == 0) {
            firstRepeated = 1;
            engine = resumedEngine(tail, live, 0);
            live.resume(resumedFrom, tail.beginAt(resumedFrom.firstSequence()));
            log.accept("resuming the run from its first record, " + resumedFrom.firstSequence());
        }
        // Only now, since a journal that is refused has resumed nothing.
        decisions.resumed(resumedFrom.lastSequence());
        folder.deleteSummary();
        decisions.repeat(firstRepeated, lastRecord);
    }

    private TradingEngine resumedEngine(LiveTail tail, LiveControls live, int controlCount) {
        return engine(
                tail, new ResumedControls(resumedFrom.controlSource(controlCount), resumedFrom.lastSequence(), live));
    }

    /** Takes the checkpoint over. Returns the first record of the decisions that is repeated; 0 if there is no checkpoint. */
    private long restore(LiveTail tail, LiveControls live, long lastRecord, Consumer<String> log) {
        final CheckpointFile file = folder.checkpoint();
        if (!file.exists()) {
            return 0;
        }
        try {
            final StateInput state = file.read();
            state.section(Program.version());
            state.section(settings.decisionKey());
            final long decisionsSoFar = state.getLong();
            final int controlCount = state.getInt();
            if (decisionsSoFar > lastRecord) {
                throw new CheckpointException("it is of a later time than the decisions that are on the disk");
            }
            engine = resumedEngine(tail, live, controlCount);
            decisions.goOnFrom(readState(state));
            live.resume(
                    resumedFrom,
                    tail.beginBehind(engine.lastSequence(), engine.lastEventTimeNs(), engine.lastCrc32c()));
            log.accept("resuming the run from its checkpoint at record " + engine.lastSequence());
            return decisionsSoFar + 1;
        } catch (final CheckpointException e) {
            log.accept("checkpoint " + file.path() + " is not used: " + e.getMessage());
            return 0;
        }
    }

    /** Fills the engine. Nothing of a state that cannot be read to its end may be left behind, whoever wrote it. */
    private DecisionTally readState(StateInput state) {
        try {
            final DecisionTally tally = new DecisionTally();
            engine.readState(state);
            tally.readState(state);
            state.end();
            return tally;
        } catch (final CheckpointException e) {
            throw e;
        } catch (final RuntimeException e) {
            throw new CheckpointException("its state cannot be taken over: " + e);
        }
    }

    /** Whether the run was resumed, and has not yet come to where it was. */
    boolean isBehind() {
        return resumedFrom != null && engine.lastSequence() < resumedFrom.lastSequence();
    }

    /**
     * Has a checkpoint written, between two records. Takes the time that copying the books takes.
     *
     * @return false if there was nothing to be written, or the last one is still being written.
     */
    boolean checkpoint() {
        if (engine.recordCount() == 0 || isBehind() || !engine.canBeCheckpointed()) {
            return false;
        }
        // Those that are written already, and would be missing in the state.
        engine.applyDueControls();
        // A checkpoint would hide from every later resumption that this one has decided otherwise.
        decisions.requireAllRepeated();
        // Nobody comes to a step again that is behind a checkpoint.
        steps.onIdle();
        return checkpoints.write(this::writeState);
    }

    private void writeState(StateOutput output) {
        // Another release may decide otherwise: it goes through all of the run again.
        output.section(Program.version());
        output.section(settings.decisionKey());
        output.putLong(decisions.lastRecord());
        output.putInt(engine.controlCount());
        engine.writeState(output);
        decisions.tally().writeState(output);
    }

    /**
     * Shows the run on the status board that the journal's recorder keeps, until it is closed.
     *
     * @param backlogLimit by how much the scribe may be behind before that is an alarm.
     */
    void showOn(Path journal, Duration backlogLimit) {
        status = new TraderStatus(
                        journal,
                        folder.directory() + ", " + settings.strategy(),
                        engine.progress(),
                        decisions,
                        steps,
                        scribe,
                        backlogLimit)
                .start();
    }

    /** How many decisions were taken so far. */
    long decisionCount() {
        return decisions.counts().total();
    }

    TradingSettings settings() {
        return settings;
    }

    public TradingEngine engine() {
        return engine;
    }

    /**
     * Has threads bring in the pages of the run's journals before the trading thread writes to them: a page that it is the
     * first to touch costs it a fault, the search for room on the disk and what the device reads ahead of holes.
     *
     * @param log told, on one of those threads, if that cannot be done.
     */
    public void populateAhead(Consumer<String> log) {
        decisions.populateAhead(log);
        steps.populateAhead(log);
    }

    /** Whether pages of both journals were brought in. */
    boolean isPopulatedAhead() {
        return decisions.populatedBytes() > 0 && steps.populatedBytes() > 0;
    }

    /** Takes how a live run's thread uses its machine into the summary. */
    void tradingThread(RunSummary.TradingThread how) {
        tradingThread = how;
    }

    /** Takes how late its records were handed over into the run's summary and log; null if nothing paced them. */
    public void lateness(Histogram handedOver) {
        lateness = handedOver;
        if (handedOver != null) {
            latency.log("Lateness", handedOver);
        }
    }

    /**
     * Ends the run: waits for the scribe, and writes histograms and summary.
     *
     * @param mode {@code live} or {@code replay}.
     * @param reason why it ends.
     */
    public RunSummary finish(String mode, String pace, String journal, String reason) {
        engine.stop(reason);
        final var noise = noiseFloor.stop();
        close();
        latency.log("Noise", noiseFloor.lateness());
        latency.writeLog(folder.latencyLog());
        StallWindow.write(folder.stalls(), noiseFloor.windows());
        if (noiseFloor.forgottenWindows() > 0) {
            System.err.println(folder.stalls() + " holds the latest; " + noiseFloor.forgottenWindows()
                    + " earlier stretches were forgotten");
        }
        final RunSummary summary = new RunSummary(
                mode,
                pace,
                journal,
                resumedFrom == null ? 0 : resumedFrom.resumptions() + 1,
                settings.toJson(),
                range(),
                messages(),
                engine.steps(),
                decisions.counts(),
                digest(),
                latency.figures(),
                lateness == null ? null : LatencyFigures.of(lateness),
                engine.spikes(),
                settings.spikeThresholdMs(),
                noise,
                productResults(),
                tradingThread,
                RunSummary.Machine.here());
        summary.write(folder.summary());
        return summary;
    }

    private RunSummary.Range range() {
        return new RunSummary.Range(
                engine.firstSequence(),
                engine.lastSequence(),
                engine.recordCount(),
                instant(engine.firstEventTimeNs()),
                instant(engine.lastEventTimeNs()),
                (engine.lastEventTimeNs() - engine.firstEventTimeNs()) / NS_PER_SECOND);
    }

    private static String instant(long ns) {
        return Instant.ofEpochSecond(0, ns).toString();
    }

    private Map<String, Long> messages() {
        final Map<String, Long> messages = new LinkedHashMap<>();
        for (final MessageKind kind : MessageKind.values()) {
            if (engine.messages(kind) > 0) {
                messages.put(kind.wireName(), engine.messages(kind));
            }
        }
        return messages;
    }

    private RunSummary.Digest digest() {
        final RunDigest digest = decisions.digest();
        final long books = engine.market().digest();
        return new RunSummary.Digest(
                hex(digest.with(books)),
                hex(digest.decisions()),
                hex(books),
                engine.firstSequence(),
                engine.lastSequence(),
                settings.decisionKey(),
                settings.seed());
    }

    private static String hex(long value) {
        return java.util.HexFormat.of().toHexDigits(value);
    }

    private List<RunSummary.ProductResult> productResults() {
        final List<RunSummary.ProductResult> results = new ArrayList<>();
        for (final ProductTrader trader : engine.traders()) {
            final Product product = trader.product().product();
            results.add(new RunSummary.ProductResult(
                    product.id(),
                    trader.product().isLive(),
                    engine.market().blindNs(trader.product()) / NS_PER_SECOND,
                    trader.product().blindPeriods(),
                    trader.product().levelUpdates(),
                    trader.product().trades(),
                    product.widenings(),
                    Decimals.plain(trader.account().position(), product.sizeScale()),
                    trader.capital(),
                    trader.account().exactCash().stripTrailingZeros().toPlainString()));
        }
        return results;
    }

    /** Closes journals and scribe; without {@link #finish} before, the run has no summary. */
    @Override
    public void close() {
        if (!closed) {
            closed = true;
            try {
                checkpoints.close();
                decisions.close();
                steps.close();
            } finally {
                noiseFloor.close();
                try {
                    scribe.close();
                } finally {
                    if (status != null) {
                        status.close();
                    }
                }
            }
        }
    }
}
