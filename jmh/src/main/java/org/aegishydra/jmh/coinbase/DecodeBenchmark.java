package org.aegishydra.jmh.coinbase;

import java.util.concurrent.TimeUnit;
import org.aegishydra.core.coinbase.Decoders;
import org.aegishydra.core.coinbase.MarketDataListener;
import org.aegishydra.core.coinbase.MessageDecoder;
import org.aegishydra.core.coinbase.MessageKind;
import org.aegishydra.core.coinbase.ProductTable;
import org.aegishydra.jmh.journal.RecordedMarket;
import org.aegishydra.jmh.journal.ReplayedMessages;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OutputTimeUnit;

/** A replay that checks and decodes every message, and does nothing with what it says. */
@BenchmarkMode(Mode.Throughput)
@OutputTimeUnit(TimeUnit.SECONDS)
public class DecodeBenchmark {
    /** Receives everything and keeps nothing. */
    private static final class EmptyListener implements MarketDataListener {}

    /** Decodes and delivers to a listener of empty methods. Fails on a malformed message: the data has none. */
    @Benchmark
    public ProductTable decodeOnly(RecordedMarket market, ReplayedMessages counted) {
        final ProductTable products = new ProductTable();
        final MessageDecoder decoder = Decoders.of(products).apply(market.dialect());
        final MarketDataListener listener = new EmptyListener();
        market.replay(
                (header, buffer, offset, length) -> {
                    if (decoder.parse(buffer, offset, length) == MessageKind.MALFORMED) {
                        throw new IllegalStateException(decoder.malformedReason());
                    }
                    decoder.deliver(listener);
                },
                counted);
        return products;
    }
}
