package org.aegishydra.replayer.trial;

import java.io.IOException;
import java.io.PrintStream;
import java.io.UncheckedIOException;
import java.lang.management.ManagementFactory;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Base64;
import java.util.HexFormat;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.HdrHistogram.Histogram;
import org.aegishydra.core.journal.Recording;
import org.aegishydra.core.latency.LatencyFigures;
import org.aegishydra.core.latency.LatencyRecorder;
import org.aegishydra.core.latency.NoiseFloor;
import org.aegishydra.core.latency.Safepoint;
import org.aegishydra.core.latency.StallWitnesses;
import org.aegishydra.core.run.RunFolder;
import org.aegishydra.replayer.Pace;
import org.aegishydra.replayer.ReplayRange;
import org.aegishydra.replayer.ReplaySession;
import org.aegishydra.replayer.Waiting;
import org.aegishydra.replayer.fixes.Variant;
import org.aegishydra.replayer.fixes.VariantSeams;
import org.aegishydra.trader.ControlSource;
import org.aegishydra.trader.DecisionJournal;
import org.aegishydra.trader.EngineSeams;
import org.aegishydra.trader.StepObserver;
import org.aegishydra.trader.TradingEngine;

/** Runs the trader's engine with a variant's forms plugged in at its seams, and measures it from outside. Stateless. */
final class VariantEngine {
    private static final double NS_PER_SECOND = 1e9;

    private VariantEngine() {}

    /**
     * Plays a plan's range through a new engine, which writes into an empty folder.
     *
     * @param pace the plan's, or another one to warm up.
     */
    static Trial run(TrialPlan plan, Pace pace, Path directory) {
        final Variant variant = Variant.parse(plan.forms());
        final RunFolder folder = RunFolder.create(directory);
        final Recording recording = Recording.open(Path.of(plan.journal()));
        try (NoiseFloor noiseFloor = NoiseFloor.besideBusyThread();
                PrintStream console = console(directory);
                VariantSeams seams = new VariantSeams(variant, plan.settings(), folder, plan.periods(), console);
                DecisionJournal decisions = new DecisionJournal(folder.newDecisions());
                ReplaySession session = session(recording, plan, pace);
                MemoryWatch memory = MemoryWatch.start(seams::backlog)) {
            decisions.populateAhead(System.err::println);
            final StepObserver own = seams.engine().observer();
            final SpikeKeeper spikes = new SpikeKeeper(
                    plan.injection() == null ? own : new InjectingObserver(own, plan.injection(), directory));
            final TrialTimes times = new TrialTimes(plan.settings().spikeThresholdNs(), spikes, session::nextSequence);
            final TradingEngine engine = new TradingEngine(
                    plan.settings(),
                    session,
                    ControlSource.NONE,
                    decisions,
                    new EngineSeams(seams.engine().decoders(), seams.engine().books(), spikes),
                    times);
            while (session.state() != ReplaySession.State.ENDED && session.nextSequence() <= plan.runUpRecord()) {
                engine.doWork();
            }
            times.begin();
            final long startNs = System.nanoTime();
            playToTheEnd(session, engine, plan.injection());
            final long measuredNs = System.nanoTime() - startNs;
            engine.stop("end of range");
            final LatencyFigures noise = noiseFloor.stop();
            return new Trial(
                    plan.variant(),
                    plan.forms(),
                    plan.round(),
                    HexFormat.of()
                            .toHexDigits(decisions.digest().with(engine.market().digest())),
                    decisions.counts(),
                    times.steps(),
                    measuredNs / NS_PER_SECOND,
                    1 - (double) session.waitedNs() / measuredNs,
                    LatencyFigures.of(times.service()),
                    pace.isMax() ? null : LatencyFigures.of(times.response()),
                    parts(times),
                    spikes.count(),
                    explained(spikes, startNs, noiseFloor, directory.resolveSibling(TrialPlan.SAFEPOINTS)),
                    times.timeline(),
                    noise,
                    memory.stop(startNs),
                    histograms(times, pace, noiseFloor),
                    flags(),
                    0);
        }
    }

    private static void playToTheEnd(ReplaySession session, TradingEngine engine, Injection injection) {
        final boolean competes = injection != null && injection.kind() == Injection.Kind.BUSY_PROCESS;
        final BusyProcess busy =
                competes ? BusyProcess.onThisThreadsCpu(injection.amount(), injection.everySteps()) : null;
        try {
            while (session.state() != ReplaySession.State.ENDED) {
                engine.doWork();
            }
        } finally {
            if (busy != null) {
                busy.close();
            }
        }
    }

    private static PrintStream console(Path directory) {
        try {
            return new PrintStream(
                    Files.newOutputStream(directory.resolve("console.txt")), true, StandardCharsets.UTF_8);
        } catch (final IOException e) {
            throw new UncheckedIOException("cannot write to " + directory, e);
        }
    }

    private static ReplaySession session(Recording recording, TrialPlan plan, Pace pace) {
        final ReplayRange range = new ReplayRange(plan.firstRecord(), plan.lastRecord());
        return new ReplaySession(recording.reader(), range, plan.runUpRecord() + 1, pace, Waiting.SPIN, () -> false);
    }

    private static Map<String, LatencyFigures> parts(TrialTimes times) {
        final Map<String, LatencyFigures> parts = new LinkedHashMap<>();
        for (final LatencyRecorder.Stage part : times.parts()) {
            parts.put(part.displayName(), LatencyFigures.of(times.part(part)));
        }
        return parts;
    }

    /** What the platform did is read only now, when everything is over. */
    private static List<Spike> explained(SpikeKeeper spikes, long startNs, NoiseFloor noiseFloor, Path safepointLog) {
        final StallWitnesses witnesses = new StallWitnesses(
                Files.exists(safepointLog) ? Safepoint.read(safepointLog) : List.of(), noiseFloor.windows());
        final long watchedFromNs = noiseFloor.forgottenWindows() == 0
                ? startNs
                : noiseFloor.windows().get(0).beginNs();
        return spikes.kept().stream()
                .map(kept -> Spike.of(kept, startNs, witnesses, watchedFromNs))
                .toList();
    }

    /** But the log of safepoints, which each trial has somewhere else. */
    private static List<String> flags() {
        return ManagementFactory.getRuntimeMXBean().getInputArguments().stream()
                .filter(flag -> !flag.startsWith("-Xlog:safepoint"))
                .toList();
    }

    private static Map<String, String> histograms(TrialTimes times, Pace pace, NoiseFloor noiseFloor) {
        final Map<String, String> histograms = new LinkedHashMap<>();
        histograms.put("service", encoded(times.service()));
        if (!pace.isMax()) {
            histograms.put("response", encoded(times.response()));
        }
        histograms.put("noise", encoded(noiseFloor.lateness()));
        return histograms;
    }

    private static String encoded(Histogram histogram) {
        final ByteBuffer bytes = ByteBuffer.allocate(histogram.getNeededByteBufferCapacity());
        final int length = histogram.encodeIntoCompressedByteBuffer(bytes);
        return Base64.getEncoder().encodeToString(java.util.Arrays.copyOf(bytes.array(), length));
    }
}
