package org.aegishydra.trader;

import java.io.PrintStream;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.HdrHistogram.Histogram;
import org.aegishydra.core.coinbase.Decimals;
import org.aegishydra.core.coinbase.MessageKind;
import org.aegishydra.core.coinbase.Product;
import org.aegishydra.core.journal.RecordSource;
import org.aegishydra.core.latency.LatencyFigures;
import org.aegishydra.core.latency.LatencyRecorder;
import org.aegishydra.core.latency.NoiseFloor;
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
    private final NoiseFloor noiseFloor = new NoiseFloor().start();
    private final TradingEngine engine;
    private Histogram lateness;
    private boolean closed;

    /**
     * Opens the run's journals and starts its scribe.
     *
     * @param console where status and spike lines go, or null for nowhere.
     */
    public TradingRun(
            RunFolder folder,
            TradingSettings settings,
            RecordSource records,
            ControlSource controls,
            PrintStream console) {
        this.folder = folder;
        this.settings = settings;
        this.decisions = new DecisionJournal(folder.newDecisions());
        this.steps = new StepJournal(folder.newSteps(), settings.stepInterval());
        this.engine = new TradingEngine(settings, records, controls, decisions, EngineSeams.standard(steps), latency);
        this.scribe = new Scribe(folder, settings.capital(), settings.feeBps(), console).start();
    }

    public TradingEngine engine() {
        return engine;
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
        latency.writeLog(folder.latencyLog());
        final RunSummary summary = new RunSummary(
                mode,
                pace,
                journal,
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
                decisions.close();
                steps.close();
            } finally {
                noiseFloor.stop();
                scribe.close();
            }
        }
    }
}
