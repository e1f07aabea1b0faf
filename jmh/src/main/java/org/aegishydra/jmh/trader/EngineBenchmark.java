package org.aegishydra.jmh.trader;

import java.util.concurrent.TimeUnit;
import org.aegishydra.jmh.book.BookBenchmark;
import org.aegishydra.jmh.journal.RecordedMarket;
import org.aegishydra.jmh.journal.ReplayedMessages;
import org.aegishydra.trader.TradingEngine;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OutputTimeUnit;

/**
 * A replay through the whole engine: decode, books, the order-flow strategy, risk, paper orders, decision journal and the
 * times of all stages. The scribe, which runs on a thread of its own, is left out.
 */
@BenchmarkMode(Mode.Throughput)
@OutputTimeUnit(TimeUnit.SECONDS)
public class EngineBenchmark {
    /** Without a record of the steps. */
    @Benchmark
    public TradingEngine engine(RecordedMarket recorded, TradedMarket traded, ReplayedMessages counted) {
        return replay(recorded, traded, counted);
    }

    /** Every step recorded: what {@code aegis trade} and {@code replay} do unless told otherwise. */
    @Benchmark
    public TradingEngine engineWithSteps(
            RecordedMarket recorded, TradedMarket.WithSteps traded, ReplayedMessages counted) {
        return replay(recorded, traded, counted);
    }

    /** Every step a record of its own: the peer that {@link #engineWithSteps} was measured against. */
    @Benchmark
    public TradingEngine engineWithSingleSteps(
            RecordedMarket recorded, TradedMarket.WithSingleSteps traded, ReplayedMessages counted) {
        return replay(recorded, traded, counted);
    }

    /** Every step through a ring to another thread, whose CPU time is not counted: the other peer. */
    @Benchmark
    public TradingEngine engineWithStepRing(
            RecordedMarket recorded, TradedMarket.WithStepRing traded, ReplayedMessages counted) {
        return replay(recorded, traded, counted);
    }

    private static TradingEngine replay(RecordedMarket recorded, TradedMarket traded, ReplayedMessages counted) {
        final TradingEngine engine = traded.engine();
        recorded.replay(engine::doWork, counted);
        counted.levels += BookBenchmark.levelUpdates(engine.market());
        return engine;
    }
}
